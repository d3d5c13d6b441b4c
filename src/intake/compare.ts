import { createReadStream } from 'node:fs';
import type { Reading } from '../evidence/evidence.js';
import type { TraceComparison } from '../evidence/freb/compare.js';
import type { Readers } from './children.js';
import { collectBytes, TooLargeError, taken } from './collect.js';
import type { IntakeInput } from './input.js';
import { JobFailed } from './job-failed.js';
import type { JobResult } from './job-result.js';
import type { NamedChunks } from './jobs.js';
import { sizeLimits } from './limits.js';
import { refusalOf, refusedReading } from './refused.js';

export interface ComparedLogs {
  readings: [bad: Reading, good: Reading];
  comparison: TraceComparison;
}

/** Compares two logs in a worker thread, or in a process when they are large. What cannot be had is a refused reading, and the comparison says so. */
export async function compareLogs(bad: IntakeInput, good: IntakeInput, readers: Readers): Promise<ComparedLogs> {
  const sides = await Promise.all([bad, good].map(side));
  const [left, right] = sides as [Side, Side];
  if ('refused' in left || 'refused' in right) {
    // The other side is of no use alone: the answer is about the file that could not be had.
    return { readings: [readingOf(left), readingOf(right)], comparison: unread('refused' in left, 'refused' in right) };
  }
  const readings: Reading[] = [];
  let comparison = unread(true, true);
  const take = (found: JobResult) => {
    if ('reading' in found) readings[found.index] = found.reading;
    if ('comparison' in found) comparison = found.comparison;
  };
  try {
    for (const found of await comparedApart([left, right], readers)) take(found);
    if (readings.length === 0) await readers.pool.run({ kind: 'compare', files: [left, right] }, take);
  } catch (error) {
    if (!(error instanceof JobFailed)) throw error;
    return {
      readings: [refusedReading(left.name, error.refusal), refusedReading(right.name, error.refusal)],
      comparison,
    };
  }
  return { readings: readings as [Reading, Reading], comparison };
}

/** What a process found in two logs that are large together; nothing when they are not. */
async function comparedApart(files: NamedChunks[], { children }: Readers): Promise<JobResult[]> {
  const sizes = files.map(({ chunks }) => chunks.reduce((sum, { length }) => sum + length, 0));
  if (!children || sizes.reduce((sum, size) => sum + size, 0) <= sizeLimits.threadBytes) return [];
  const large = files.map(({ name }, i) => ({ name, timeline: true, from: { sent: sizes[i] as number } }));
  return children.run({ files: large, compare: true }, taken(files.flatMap(({ chunks }) => chunks.splice(0))));
}

type Side = NamedChunks | { refused: Reading };

async function side(input: IntakeInput): Promise<Side> {
  if ('text' in input) return { name: 'pasted text', chunks: [new TextEncoder().encode(input.text)] };
  const bytes = 'path' in input ? (createReadStream(input.path) as AsyncIterable<Uint8Array>) : input.bytes;
  try {
    return { name: input.name, chunks: (await collectBytes(bytes, sizeLimits.fileBytes)).chunks };
  } catch (error) {
    if (error instanceof TooLargeError) return { refused: refusedReading(input.name, 'too-large') };
    if ('path' in input) return { refused: refusedReading(input.name, refusalOf(error)) };
    throw error;
  }
}

function readingOf(one: Side): Reading {
  return 'refused' in one ? one.refused : refusedReading(one.name, 'not-evidence');
}

function unread(bad: boolean, good: boolean): TraceComparison {
  return { readable: { bad: !bad, good: !good }, same: false, common: 0, before: null, parting: null, slower: [] };
}
