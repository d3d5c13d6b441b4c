import { createReadStream } from 'node:fs';
import type { Reading } from '../evidence/evidence.js';
import type { TraceComparison } from '../evidence/freb/compare.js';
import { collect, TooLarge } from './collect.js';
import type { IntakeInput } from './input.js';
import { type NamedChunks, refusalOf } from './jobs.js';
import { limits } from './limits.js';
import { JobFailed, type Pool } from './pool.js';
import { refused } from './refused.js';

export interface ComparedLogs {
  readings: [bad: Reading, good: Reading];
  comparison: TraceComparison;
}

/** Compares two logs in a worker thread. What cannot be had is a refused reading, and the comparison says so. */
export async function compareLogs(bad: IntakeInput, good: IntakeInput, pool: Pool): Promise<ComparedLogs> {
  const sides = await Promise.all([bad, good].map(side));
  const [left, right] = sides as [Side, Side];
  if ('refused' in left || 'refused' in right) {
    // The other side is of no use alone: the answer is about the file that could not be had.
    return { readings: [readingOf(left), readingOf(right)], comparison: unread('refused' in left, 'refused' in right) };
  }
  const readings: Reading[] = [];
  let comparison = unread(true, true);
  try {
    await pool.run({ kind: 'compare', files: [left, right] }, (found) => {
      if ('reading' in found) readings[found.index] = found.reading;
      if ('comparison' in found) comparison = found.comparison;
    });
  } catch (error) {
    if (!(error instanceof JobFailed)) throw error;
    const why = error.overtaxed ? 'too-large' : 'file-failed';
    return { readings: [refused(left.name, why), refused(right.name, why)], comparison };
  }
  return { readings: readings as [Reading, Reading], comparison };
}

type Side = NamedChunks | { refused: Reading };

async function side(input: IntakeInput): Promise<Side> {
  if ('text' in input) return { name: 'pasted text', chunks: [new TextEncoder().encode(input.text)] };
  const bytes = 'path' in input ? (createReadStream(input.path) as AsyncIterable<Uint8Array>) : input.bytes;
  try {
    return { name: input.name, chunks: (await collect(bytes, limits.fileBytes)).chunks };
  } catch (error) {
    if (error instanceof TooLarge) return { refused: refused(input.name, 'too-large') };
    if ('path' in input) return { refused: refused(input.name, refusalOf(error)) };
    throw error;
  }
}

function readingOf(one: Side): Reading {
  return 'refused' in one ? one.refused : refused(one.name, 'not-evidence');
}

function unread(bad: boolean, good: boolean): TraceComparison {
  return { readable: { bad: !bad, good: !good }, same: false, common: 0, before: null, parting: null, slower: [] };
}
