import { dropOldest } from '../../../src/desk/drop-oldest.js';

/** How long a result is shared, and how many are kept. */
const sharedMs = 60_000;
const maxKept = 100;

/**
 * Shares the result of a call among those who ask within a minute: all files of a post cost one reading of the post, and one of
 * its team. A failure is not kept.
 */
export class RecentReads<T> {
  readonly #now: () => number;
  readonly #reads = new Map<string, { until: number; result: Promise<T> }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns the recent result under this key, or that of the call. */
  get(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#reads.get(key);
    if (known && known.until > this.#now()) return known.result;
    const result = read();
    this.#reads.delete(key);
    this.#reads.set(key, { until: this.#now() + sharedMs, result });
    dropOldest(this.#reads, maxKept);
    result.catch(() => this.#reads.delete(key));
    return result;
  }
}
