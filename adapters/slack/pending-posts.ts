import { dropOldest } from '../../src/desk/drop-oldest.js';
import type { PostAttempt, PostProgress } from './post-series.js';

/** How many unfinished answers are remembered at most. */
const maxPending = 1000;

/**
 * Remembers the answers that this process has posted in part. A later attempt posts only the rest, even where Slack does not
 * let Frebot search for its posts.
 */
export class PendingPosts {
  readonly #progress = new Map<string, PostProgress>();

  /** Returns how much of an answer is posted; undefined when nothing is, or everything. */
  get(key: string): PostProgress | undefined {
    return this.#progress.get(key);
  }

  /** Remembers the progress of an attempt that failed with something posted, and forgets the answer otherwise. */
  record(key: string, { progress, error }: PostAttempt): void {
    this.#progress.delete(key);
    if (error === undefined || progress.parts.length === 0) return;
    this.#progress.set(key, progress);
    dropOldest(this.#progress, maxPending);
  }
}
