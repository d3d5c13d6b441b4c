/** How long one turn may hold up everybody else, milliseconds. */
const turnMs = 8;

/** Runs work that goes in small steps to its end, with a break for the event loop every few milliseconds. */
export async function runInTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const until = performance.now() + turnMs;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await new Promise(setImmediate);
  }
}
