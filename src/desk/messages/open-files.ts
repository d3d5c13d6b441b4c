import { looksZipped } from '../../intake/bundle.js';
import { sizeLimits } from '../../intake/limits.js';
import type { ReadingMarks } from '../ports/inbox.js';

/** The files of one message while they are read, and those that an earlier attempt was reading when its process ended. */
export class OpenFiles {
  readonly #open = new Set<number>();
  readonly #dead: Set<number>;
  readonly #suspects: Set<number>;
  readonly #write: (marks: ReadingMarks) => Promise<void>;

  /** @param earlier the marks of an attempt that ended with its process */
  constructor(earlier: ReadingMarks | undefined, write: (marks: ReadingMarks) => Promise<void>) {
    const { open = [], dead = [] } = earlier ?? {};
    this.#dead = new Set(open.length === 1 ? [...dead, ...open] : dead);
    // One of several files ended the process; which one is unknown.
    this.#suspects = new Set(open.length === 1 ? [] : open);
    this.#write = write;
  }

  /** True for the file that ended the process: it is not read again. */
  isDead(file: number): boolean {
    return this.#dead.has(file);
  }

  /** True for one of several files that were open when the process ended: it is read alone, after the others. */
  isSuspect(file: number): boolean {
    return this.#suspects.has(file);
  }

  /** Passes the bytes on. Marks the file as open before bytes that may end the process: those of a zip, or more than a thread reads. */
  async *watch(file: number, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let seen = 0;
    for await (const chunk of bytes) {
      const risky = (seen === 0 && looksZipped(chunk)) || seen + chunk.length > sizeLimits.threadBytes;
      seen += chunk.length;
      if (risky && !this.#open.has(file)) await this.#mark(() => this.#open.add(file));
      yield chunk;
    }
  }

  /** Removes the mark of a file that was read or could not be fetched. */
  async close(file: number): Promise<void> {
    if (this.#open.has(file)) await this.#mark(() => this.#open.delete(file));
  }

  #mark(change: () => void): Promise<void> {
    change();
    return this.#write({ open: [...this.#open], dead: [...this.#dead] });
  }
}
