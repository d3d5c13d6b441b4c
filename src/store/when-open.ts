import type { Vault } from '../desk/ports/environment.js';
import type { Inbox } from '../desk/ports/inbox.js';
import type { Store } from '../desk/ports/store.js';
import type { Engine } from './engine.js';

/**
 * The ports of an engine that is still opening: calls wait for it, so that everything else can start meanwhile. They
 * fail when opening fails; who opened it deals with that.
 */
export function openLater(opening: Promise<Engine>): { store: Store; inbox: Inbox; vault: Vault } {
  opening.catch(() => undefined);
  return {
    store: awaiting(opening.then(({ store }) => store)),
    inbox: {
      claim: async (message) => (await opening).inbox.claim(message),
      withdraw: async (key) => (await opening).inbox.withdraw(key),
      start: (handler) => void opening.then((engine) => engine.inbox.start(handler)).catch(() => undefined),
      drain: (limitMs) =>
        opening.then(
          (engine) => engine.inbox.drain(limitMs),
          () => undefined,
        ),
    },
    vault: awaiting(opening.then(({ vault }) => vault)),
  };
}

type Method = (...args: unknown[]) => Promise<unknown>;

/** A port all of whose methods return promises, before it is there. */
function awaiting<T extends object>(ready: Promise<T>): T {
  ready.catch(() => undefined);
  return new Proxy({} as T, {
    get: (_, name) => {
      // Not a promise itself, because awaiting it would never end.
      if (name === 'then') return undefined;
      return async (...args: unknown[]) => {
        const port = (await ready) as Record<string | symbol, Method>;
        return (port[name] as Method).apply(port, args);
      };
    },
  });
}
