/** Milliseconds between two reports of one kind. */
const quietMs = 60_000;

/**
 * Reports events that strangers can cause at will: the first of a kind at once, then at most once a minute, with the count
 * since the last report.
 */
export class Tally {
  readonly #report: (kind: string, count: number) => void;
  readonly #now: () => number;
  readonly #kinds = new Map<string, { reportedAt: number; since: number }>();

  /**
   * @param report called with the kind and the count
   * @param now milliseconds of a monotonic clock
   */
  constructor(report: (kind: string, count: number) => void, now: () => number = () => performance.now()) {
    this.#report = report;
    this.#now = now;
  }

  /** @param kind one of a few fixed texts, never what a stranger wrote */
  note(kind: string): void {
    const known = this.#kinds.get(kind);
    const now = this.#now();
    const since = (known?.since ?? 0) + 1;
    if (known && now - known.reportedAt < quietMs) {
      known.since = since;
      return;
    }
    this.#kinds.set(kind, { reportedAt: now, since: 0 });
    this.#report(kind, since);
  }
}
