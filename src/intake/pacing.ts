/** Milliseconds that long work on the main thread takes before the event loop runs again. */
const turnMs = 8;

/** Resolves after everything else that waits for the event loop. */
export function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Runs work in small steps, lets the event loop run after each turn, and returns the result. */
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
 * Runs callbacks in order, a turn at a time. Busy threads send messages faster than these are handled, and Node delivers all of
 * them without a break.
 */
export class PacedQueue {
  #callbacks: (() => void)[] = [];
  #next = 0;
  #scheduled = false;

  push(callback: () => void): void {
    this.#callbacks.push(callback);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    const until = performance.now() + turnMs;
    try {
      while (this.#next < this.#callbacks.length && performance.now() < until) this.#callbacks[this.#next++]?.();
    } finally {
      if (this.#next === this.#callbacks.length) {
        this.#callbacks = [];
        this.#next = 0;
        this.#scheduled = false;
      } else setImmediate(() => this.#turn());
    }
  }
}

const turns = new PacedQueue();

/** Works on this thread when the turn has come, because a thousand small files must not delay other work. */
export function runInTurn<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    turns.push(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error as Error);
      }
    });
  });
}
