import { resolve } from 'node:path';
import type { Events } from '../desk/ports/environment.js';
import { systemClock } from '../service/clock.js';
import type { Config } from '../service/config.js';
import { loadPart } from '../service/optional-parts.js';
import type { Engine } from '../store/engine.js';

/** Opens the database when a chat door is open or a server is named; page and terminal keep everything in memory. */
export function openConfiguredEngine(config: Config, chatDoors: boolean, events: Events): Promise<Engine> | undefined {
  if (!chatDoors && !config.databaseUrl) return undefined;
  const { databaseUrl, key, retentionDays } = config;
  const settings = { dataDir: resolve(config.dataDir), databaseUrl, key, retentionDays };
  const notice = (sentence: string) => void process.stdout.write(`${sentence}\n`);
  return loadPart('The database', async () => {
    const store = await import('../store/engine.js');
    return store.openEngine(settings, { events, clock: systemClock, notice });
  });
}
