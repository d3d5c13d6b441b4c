import { looksZipped } from '../../intake/bundle.js';
import { sizeLimits } from '../../intake/limits.js';
import type { ReadingMarks } from '../ports/inbox.js';

/** The files of one message while they are read, and what became of them in an attempt that ended with its process. */
export class OpenFiles {
  readonly #open = new Set<number>();
  readonly #dead: Set<number>;
  readonly #suspects: Set<number>;
  readonly #write: (marks: ReadingMarks) => Promise<void>;

  /** @param left what an attempt wrote down last that never came to an end */
  constructor(left: ReadingMarks | undefined, write: (marks: ReadingMarks) => Promise<void>) {
    const { open = [], dead = [] } = left ?? {};
    this.#dead = new Set(open.length === 1 ? [...dead, ...open] : dead);
    // Of several one is to blame, and nobody knows which.
    this.#suspects = new Set(open.length === 1 ? [] : open);
    this.#write = write;
  }

  /** The process ended over it: it is not read again. */
  isDead(file: number): boolean {
    return this.#dead.has(file);
  }

  /** It was one of several that were open when the process ended: to be read alone, after the others. */
  isSuspect(file: number): boolean {
    return this.#suspects.has(file);
  }

  /** Passes the bytes on, and writes down that the file is open before those that a reader may stumble over: of a zip, or beyond what a thread reads. */
  async *watched(file: number, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let seen = 0;
    for await (const chunk of bytes) {
      const risky = (seen === 0 && looksZipped(chunk)) || seen + chunk.length > sizeLimits.threadBytes;
      seen += chunk.length;
      if (risky && !this.#open.has(file)) await this.#note(() => this.#open.add(file));
      yield chunk;
    }
  }

  /** The file was read, or could not be had. */
  async close(file: number): Promise<void> {
    if (this.#open.has(file)) await this.#note(() => this.#open.delete(file));
  }

  #note(change: () => void): Promise<void> {
    change();
    return this.#write({ open: [...this.#open], dead: [...this.#dead] });
  }
}
