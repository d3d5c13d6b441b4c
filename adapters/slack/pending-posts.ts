import type { PostForm } from './post-metadata.js';

/** An answer whose posts are under way. */
export interface PendingPost {
  form: PostForm;
  parts: Set<number>;
  /** The first post. */
  ts?: string | undefined;
}

/** Unfinished answers that are remembered at most. */
const maxPending = 1000;

/**
 * Posts of answers that this process has not finished. A later attempt sends only the rest, even where Slack does not let
 * us look for posts.
 */
export class PendingPosts {
  readonly #known = new Map<string, PendingPost>();

  get(key: string): PendingPost | undefined {
    return this.#known.get(key);
  }

  /** Runs `post` and remembers it while it runs; afterwards only if it failed with something posted. */
  async during<T>(key: string, pending: PendingPost, post: () => Promise<T>): Promise<T> {
    this.#known.set(key, pending);
    try {
      const done = await post();
      this.#known.delete(key);
      return done;
    } catch (error) {
      if (pending.parts.size === 0) this.#known.delete(key);
      const [oldest] = this.#known.keys();
      if (this.#known.size > maxPending && oldest !== undefined) this.#known.delete(oldest);
      throw error;
    }
  }
}
