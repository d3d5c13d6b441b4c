/** Comparisons of snapshots, see `CaseSnapshot`. */

/** True for equal values, and where one side has none: an access log has no pool. */
export function mayBeSame(before: string | undefined, after: string | undefined): boolean {
  return before === undefined || after === undefined || before === after;
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
