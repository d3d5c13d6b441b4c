/** How long the event loop may be held up before others get their turn, milliseconds. */
const turnMs = 8;

/**
 * Does things in the order they came in, a few milliseconds at a time: the messages of busy threads arrive faster than
 * they are dealt with, and Node hands out all that have arrived in one go.
 */
export class PacedQueue {
  #waiting: (() => void)[] = [];
  #next = 0;
  #scheduled = false;

  push(thing: () => void): void {
    this.#waiting.push(thing);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    const until = performance.now() + turnMs;
    try {
      while (this.#next < this.#waiting.length && performance.now() < until) this.#waiting[this.#next++]?.();
    } finally {
      if (this.#next === this.#waiting.length) {
        this.#waiting = [];
        this.#next = 0;
        this.#scheduled = false;
      } else setImmediate(() => this.#turn());
    }
  }
}
