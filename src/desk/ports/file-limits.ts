import { sizeLimits } from '../../intake/limits.js';

/** Limits of one download, for every door: bytes of a file, and milliseconds until it is here. */
export const doorFileLimits = { limitBytes: sizeLimits.fileBytes, timeoutMs: sizeLimits.downloadMs } as const;
