import type { Vault } from '../desk/ports/environment.js';
import type { Inbox } from '../desk/ports/inbox.js';
import type { Store } from '../desk/ports/store.js';
import type { Engine } from './engine.js';

/**
 * Returns the ports of an engine that is still opening. Calls wait for it, so that everything else can start meanwhile, and fail
 * when opening fails; the opener handles that failure.
 */
export function openLater(opening: Promise<Engine>): { store: Store; inbox: Inbox; vault: Vault } {
  opening.catch(() => undefined);
  return {
    store: portWhenReady(opening.then(({ store }) => store)),
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
    vault: portWhenReady(opening.then(({ vault }) => vault)),
  };
}

type Method = (...args: unknown[]) => Promise<unknown>;

/** Returns a port that waits for the real one. All of its methods return promises. */
function portWhenReady<T extends object>(ready: Promise<T>): T {
  ready.catch(() => undefined);
  return new Proxy({} as T, {
    get: (_, name) => {
      // Must not look like a promise, because awaiting it would never end.
      if (name === 'then') return undefined;
      return async (...args: unknown[]) => {
        const port = (await ready) as Record<string | symbol, Method>;
        return (port[name] as Method).apply(port, args);
      };
    },
  });
}
