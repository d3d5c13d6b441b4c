import type { Reading, Refusal } from '../evidence/evidence.js';
import { Scrubber } from '../evidence/scrub/scrubber.js';
import { ZipRefusedError } from './zip.js';

/** Returns the reading of a file that was not read: its name and the reason. */
export function refusedReading(name: string, refusal: Refusal, looksLike?: string): Reading {
  const file = new Scrubber().fileName(name);
  const reading: Reading = { file, kind: 'unknown', origin: null, damage: [], observations: [], withheld: 0, refusal };
  return looksLike === undefined ? reading : { ...reading, looksLike };
}

/** Returns the catalogue's code for an error of the system or the zip reader. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof ZipRefusedError) return error.refusal;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'path-not-found' : 'path-not-readable';
}
