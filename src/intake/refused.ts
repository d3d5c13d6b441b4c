import type { Reading, Refusal } from '../evidence/evidence.js';

/** A file that was never read: only its name and why. */
export function refused(file: string, refusal: Refusal, looksLike?: string): Reading {
  const reading: Reading = { file, kind: 'unknown', origin: null, damage: [], observations: [], withheld: 0, refusal };
  return looksLike === undefined ? reading : { ...reading, looksLike };
}
