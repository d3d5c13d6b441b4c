import type { CaseSnapshot } from '../ports/case-record.js';

/** Comparisons of snapshots, see `CaseSnapshot`. */

/** True for equal values, and where one side has none: an access log has no pool. */
export function mayBeSame<T extends string | number>(before: T | undefined, after: T | undefined): boolean {
  return before === undefined || after === undefined || before === after;
}

/** True when both came to the same site and port of a server, as far as both say. */
export function isSamePlace(before: CaseSnapshot, after: Pick<CaseSnapshot, 'site' | 'port'>): boolean {
  return mayBeSame(before.site, after.site) && mayBeSame(before.port, after.port);
}

/** True for the verdicts of a failure. */
export function isFailing(verdict: string): boolean {
  return verdict === 'failure' || verdict === 'slow' || verdict === 'aborted';
}

/** Returns the newest; the last one of those without a time. */
export function newestOf<T extends { time?: string | undefined }>(all: readonly T[]): T | undefined {
  return all.reduce<T | undefined>(
    (newest, one) => (newest && (one.time ?? '') < (newest.time ?? '') ? newest : one),
    undefined,
  );
}
