import { AsyncLocalStorage } from 'node:async_hooks';

const silenced = new AsyncLocalStorage<true>();
const guards = new WeakSet<typeof console.error>();

/**
 * Drops what the connector writes to the console while it checks a token. It writes a stack or the known keys for each
 * refused token, so strangers could fill the log. The door logs the refusal itself.
 */
export function guardConsole(): void {
  const write = console.error;
  if (guards.has(write)) return;
  const writeUnlessSilenced = (...words: unknown[]) => (silenced.getStore() ? undefined : write(...words));
  guards.add(writeUnlessSilenced);
  console.error = writeUnlessSilenced;
}

/** Runs `work` and drops what it writes with `console.error`. */
export function withoutConsole<T>(work: () => Promise<T>): Promise<T> {
  return silenced.run(true, work);
}
