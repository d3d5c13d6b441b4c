import type { FileVerdict, Report } from '../../diagnosis/report.js';
import type { Reading } from '../../evidence/evidence.js';
import type { NewEvidence } from './case-comparison.js';
import { fingerprint } from './snapshot-hashes.js';
import { isFailing } from './snapshots.js';
import { nameRequest, type SnapshotContext, summarizeFile } from './summarize-file.js';

/** Bounds of what a case keeps: entries, and the characters of a note. */
export const caseLimits = { evidence: 100, presses: 50, notes: 5, noteLength: 500 } as const;

/**
 * Selects the evidence that a case records. Of thousands of logs it takes some, because they are alike; of an export of the
 * server there is one.
 */
export function selectForCase(fresh: readonly Reading[]): Reading[] {
  const known = fresh.filter(({ kind }) => kind !== 'unknown');
  if (known.length <= caseLimits.evidence) return known;
  const others = known.filter(({ kind }) => kind !== 'freb-log').slice(0, caseLimits.evidence / 2);
  const traces = known.filter(({ kind }) => kind === 'freb-log').slice(0, caseLimits.evidence - others.length);
  return [...traces, ...others];
}

/**
 * Finds the verdict of a reading in a report.
 * @param index the position of the reading, where the report is about just these readings
 */
export function verdictOfReading(reading: Reading, index: number | undefined, { files }: Report): FileVerdict {
  const file = index === undefined ? files.find(({ name }) => name === reading.file) : files[index];
  return file ?? files[0]!;
}

/**
 * Returns what a case keeps of each reading: its kind, hashes and verdict, no content. In steps, because an access log has
 * thousands of outcomes.
 */
export function* summarizeEvidence(
  readings: readonly Reading[],
  files: readonly FileVerdict[],
  context: SnapshotContext,
): Generator<void, NewEvidence[]> {
  const evidence: NewEvidence[] = [];
  for (const [index, reading] of readings.entries()) {
    const file = files[index]!;
    const shows = summarizeFile(file, reading, context);
    yield;
    const requestName = nameRequest(file, reading, shows, context.salt);
    yield;
    evidence.push({ file, print: fingerprint(reading), shows, requestName });
    yield;
  }
  return evidence;
}

/** True for a request that failed. */
export function showsFailedRequest({ shows }: NewEvidence): boolean {
  return shows?.status !== undefined && isFailing(shows.verdict);
}
