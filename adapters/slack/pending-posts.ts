import type { PostForm } from './post-metadata.js';

/** An answer whose posts are under way. */
export interface PendingPost {
  form: PostForm;
  parts: Set<number>;
  /** The first post. */
  ts?: string | undefined;
}

/** So many answers that failed halfway are remembered. */
const most = 1000;

/**
 * What this process has posted of answers that did not come to their end: where Slack does not let us look, a further
 * attempt goes on with the rest all the same.
 */
export class PendingPosts {
  readonly #known = new Map<string, PendingPost>();

  get(key: string): PendingPost | undefined {
    return this.#known.get(key);
  }

  /** Remembers it while it runs, and after that only when it failed with something posted. */
  async during<T>(key: string, begun: PendingPost, post: () => Promise<T>): Promise<T> {
    this.#known.set(key, begun);
    try {
      const done = await post();
      this.#known.delete(key);
      return done;
    } catch (error) {
      if (begun.parts.size === 0) this.#known.delete(key);
      const [oldest] = this.#known.keys();
      if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest);
      throw error;
    }
  }
}
