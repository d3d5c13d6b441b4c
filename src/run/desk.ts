import { join } from 'node:path';
import { createDesk } from '../desk/desk.js';
import type { Events, Vault } from '../desk/ports/environment.js';
import type { Inbox } from '../desk/ports/inbox.js';
import type { Store } from '../desk/ports/store.js';
import { createIntake } from '../intake/intake.js';
import { compiledFolder, readKnowledge } from '../knowledge/compiled.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { systemClock } from '../service/clock.js';
import type { Config } from '../service/config.js';
import { OperatorError } from '../service/operator-error.js';
import { packageRoot } from '../service/package-root.js';
import { MemoryInbox } from '../store/memory-inbox.js';
import { memoryStore } from '../store/memory-store.js';
import { memoryVault } from '../store/vault.js';

/** Returns storage that lasts until the process ends. */
const createMemoryStorage = (events: Events): Storage => ({
  store: memoryStore(),
  inbox: new MemoryInbox(events, systemClock),
  vault: memoryVault(),
});

interface Storage {
  store: Store;
  inbox: Inbox;
  vault: Vault;
}

/** Reads the operator's own compiled knowledge, or the package's. */
export function openKnowledge(own: string | undefined): Knowledge {
  try {
    return readKnowledge(own === undefined ? join(packageRoot(), 'dist') : join(own, compiledFolder));
  } catch (error) {
    throw own === undefined ? error : new OperatorError(`FREBOT_KNOWLEDGE: ${(error as Error).message}`);
  }
}

/** Returns a desk, its vault, and a function that closes the readers. */
export function composeDesk(
  { slowMs, knowledgeDir }: Pick<Config, 'slowMs' | 'knowledgeDir'>,
  events: Events,
  { vault, ...storage }: Storage = createMemoryStorage(events),
) {
  const intake = createIntake();
  const knowledge = openKnowledge(knowledgeDir);
  const desk = createDesk({
    knowledge,
    intake,
    ...storage,
    events,
    clock: systemClock,
    vault,
    slowMs,
  });
  return { desk, vault, knowledge, close: () => intake.close() };
}
