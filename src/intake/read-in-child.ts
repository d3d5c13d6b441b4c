import type { Reading } from '../evidence/evidence.js';
import type { Children } from './children.js';
import { JobError } from './job-error.js';
import type { LargeFile } from './job-result.js';
import { refusedReading } from './refused.js';

/** Reads one large file in a child process. */
export async function readInChild(children: Children, file: LargeFile, sent: Iterable<Uint8Array>): Promise<Reading> {
  try {
    const [result] = await children.run({ files: [file] }, sent);
    if (result && 'reading' in result) return result.reading;
    return refusedReading(file.name, 'file-failed');
  } catch (error) {
    if (!(error instanceof JobError)) throw error;
    return refusedReading(file.name, error.refusal);
  }
}
