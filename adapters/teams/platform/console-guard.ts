import { AsyncLocalStorage } from 'node:async_hooks';

const silenced = new AsyncLocalStorage<true>();
const guardMark = Symbol('guarded');

/**
 * Drops what the connector writes to the console while it checks a token. It writes a stack or the known keys for each
 * refused token, so strangers could fill the log. The door logs the refusal itself.
 */
export function guardConsole(): void {
  const write = console.error;
  if (guardMark in write) return;
  const guarded = (...words: unknown[]) => (silenced.getStore() ? undefined : write(...words));
  console.error = Object.assign(guarded, { [guardMark]: true });
}

/** Runs `work` and drops what it writes with `console.error`. */
export function withoutConsole<T>(work: () => Promise<T>): Promise<T> {
  return silenced.run(true, work);
}
