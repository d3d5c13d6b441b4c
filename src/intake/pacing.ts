/** Milliseconds that long work on the main thread takes before the event loop runs again. */
const turnMs = 8;

/** Callbacks that wait for their turn. One list for the thread, because each further one would take its own turn. */
let waiting: (() => void)[] = [];
let next = 0;
let scheduled = false;

/**
 * Calls back in order, a turn at a time. Busy threads send messages faster than these are handled, and Node delivers all of
 * them without a break.
 */
export function callInTurn(callback: () => void): void {
  waiting.push(callback);
  if (scheduled) return;
  scheduled = true;
  setImmediate(takeTurn);
}

async function takeTurn(): Promise<void> {
  const until = performance.now() + turnMs;
  try {
    while (next < waiting.length && performance.now() < until) {
      waiting[next++]?.();
      // What waits for this callback runs now, so that its time counts too.
      await undefined;
    }
  } finally {
    if (next === waiting.length) {
      waiting = [];
      next = 0;
      scheduled = false;
    } else setImmediate(takeTurn);
  }
}

/** Works on this thread when the turn has come, because a thousand small files must not delay other work. */
export function runInTurn<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    callInTurn(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error as Error);
      }
    });
  });
}

/** Runs work in small steps, a turn at a time, and returns the result. */
export function runInTurns<T>(steps: Generator<void, T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const step = () => {
      try {
        const { done, value } = steps.next();
        if (done) resolve(value);
        else callInTurn(step);
      } catch (error) {
        reject(error as Error);
      }
    };
    callInTurn(step);
  });
}
