import { AsyncLocalStorage } from 'node:async_hooks';

const checking = new AsyncLocalStorage<true>();
const ours = Symbol('guarded');

/**
 * The connector writes to the console why it refuses a token, with a stack or the keys it knows, so that strangers could
 * fill the log. What it writes while it checks one is dropped: the refusal itself is told by the door.
 */
export function guardConsole(): void {
  const write = console.error;
  if (ours in write) return;
  const guarded = (...words: unknown[]) => (checking.getStore() ? undefined : write(...words));
  console.error = Object.assign(guarded, { [ours]: true });
}

/** Does a piece of work whose words to the console go nowhere. */
export function withoutConsole<T>(work: () => Promise<T>): Promise<T> {
  return checking.run(true, work);
}
