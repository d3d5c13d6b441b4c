import type { Reading } from '../evidence/evidence.js';
import type { TraceComparison } from '../evidence/freb/compare.js';
import type { Readers } from './children.js';
import { takeChunks } from './collect-bytes.js';
import { type CollectedInput, collectInput } from './collect-input.js';
import type { IntakeInput } from './input.js';
import { JobError } from './job-error.js';
import type { JobResult } from './job-result.js';
import type { NamedChunks } from './jobs.js';
import { sizeLimits } from './limits.js';
import { refusedReading } from './refused.js';

export interface ComparedLogs {
  readings: [bad: Reading, good: Reading];
  comparison: TraceComparison;
}

/** Compares two logs in a worker thread, or in a process when they are large. A log that cannot be read is a refused reading, and the comparison says so. */
export async function compareLogs(bad: IntakeInput, good: IntakeInput, readers: Readers): Promise<ComparedLogs> {
  const sides = await Promise.all([bad, good].map(collectInput));
  const [left, right] = sides as [CollectedInput, CollectedInput];
  if ('refused' in left || 'refused' in right) {
    // One log alone cannot be compared: the answer is about the file that could not be read.
    return {
      readings: [refusedSide(left), refusedSide(right)],
      comparison: createUnreadComparison('refused' in left, 'refused' in right),
    };
  }
  const readings: Reading[] = [];
  let comparison = createUnreadComparison(true, true);
  const addResult = (result: JobResult) => {
    if ('reading' in result) readings[result.index] = result.reading;
    if ('comparison' in result) comparison = result.comparison;
  };
  try {
    for (const result of await compareInChild([left, right], readers)) addResult(result);
    if (readings.length === 0) await readers.pool.run({ kind: 'compare', files: [left, right] }, addResult);
  } catch (error) {
    if (!(error instanceof JobError)) throw error;
    return {
      readings: [refusedReading(left.name, error.refusal), refusedReading(right.name, error.refusal)],
      comparison,
    };
  }
  const [first, second] = readings;
  return { readings: [first!, second!], comparison };
}

/** Compares two logs that are large together in a child process. Returns nothing when they are not large. */
async function compareInChild(files: NamedChunks[], { children }: Readers): Promise<JobResult[]> {
  const sizes = files.map(({ chunks }) => chunks.reduce((sum, { length }) => sum + length, 0));
  if (!children || sizes.reduce((sum, size) => sum + size, 0) <= sizeLimits.threadBytes) return [];
  const large = files.map(({ name }, i) => ({ name, timeline: true, from: { sent: sizes[i] as number } }));
  return children.run({ files: large, compare: true }, takeChunks(files.flatMap(({ chunks }) => chunks.splice(0))));
}

function refusedSide(one: CollectedInput): Reading {
  return 'refused' in one ? one.refused : refusedReading(one.name, 'not-evidence');
}

function createUnreadComparison(bad: boolean, good: boolean): TraceComparison {
  return { readable: { bad: !bad, good: !good }, same: false, common: 0, before: null, parting: null, slower: [] };
}
