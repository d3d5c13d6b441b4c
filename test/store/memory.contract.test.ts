import { describe } from 'vitest';
import type { Clock } from '../../src/desk/ports/environment.js';
import type { WorkOutcome } from '../../src/desk/ports/inbox.js';
import { systemClock } from '../../src/service/clock.js';
import { MemoryInbox } from '../../src/store/memory-inbox.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { contract } from './contract.js';

/** In memory a new process starts from what the one before would have written down. */
const keeper = () => {
  let store = memoryStore();
  let inbox = new MemoryInbox({ emit: () => {} }, systemClock as Clock);
  return {
    async begin() {
      store = memoryStore(store.snapshot());
      inbox = new MemoryInbox({ emit: () => {} }, systemClock as Clock, inbox.snapshot());
      const rows = () => new Map(JSON.parse(inbox.snapshot()) as [string, { outcome?: WorkOutcome }][]);
      return {
        store,
        inbox,
        outcome: async (key: string) => rows().get(key)?.outcome,
        everything: async () => store.snapshot() + inbox.snapshot(),
      };
    },
    async clear() {
      store = memoryStore();
      inbox = new MemoryInbox({ emit: () => {} }, systemClock as Clock);
    },
  };
};

describe('in memory', () => contract(keeper()));
