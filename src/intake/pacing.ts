/** Long work on the thread that serves everyone goes in turns: a few milliseconds, then the event loop runs. */
const turnMs = 8;

/** Resolves when everything else that waits for the event loop has had its turn. */
export function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Runs work that goes in small steps to its end, with a break for the event loop after each turn. Returns its result. */
export async function runInTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const until = performance.now() + turnMs;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await yieldToOthers();
  }
}

/**
 * Runs callbacks in the order they came in, a turn at a time. The messages of busy threads arrive faster than they are
 * dealt with, and Node hands out all that have arrived in one go.
 */
export class PacedQueue {
  #waiting: (() => void)[] = [];
  #next = 0;
  #scheduled = false;

  push(callback: () => void): void {
    this.#waiting.push(callback);
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
