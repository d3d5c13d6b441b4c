import type { Check } from '../desk/ports/door.js';
import type { Clock, Events, Vault } from '../desk/ports/environment.js';
import type { Inbox } from '../desk/ports/inbox.js';
import type { Store } from '../desk/ports/store.js';
import { findObstacle, prepareDirectory, unusableDirectory } from './data-directory.js';
import { Database } from './database.js';
import { checkDatabase, checkKey, readQueue } from './database-checks.js';
import { loadEmbedded, openEmbedded } from './embedded-postgres.js';
import { EngineError } from './errors.js';
import { PostgresInbox } from './postgres-inbox.js';
import { connectServer, unreachable } from './postgres-server.js';
import { postgresStore } from './postgres-store.js';
import { scheduleRetention } from './retention.js';
import { readKeyFile, Seal } from './seal.js';
import { postgresVault } from './vault.js';
import { bullQueue, migrateQueue, queueSchema } from './wake-queue.js';

export { EngineError } from './errors.js';

export interface EngineSettings {
  /** Directory of the embedded engine and the key file. */
  dataDir: string;
  /** Address of a Postgres server, which replaces the embedded engine. */
  databaseUrl?: string;
  /** 32 bytes; the key file in `dataDir` when absent. */
  key?: Buffer;
  retentionDays: number;
}

export interface EngineDeps {
  events: Events;
  clock: Clock;
  /** Called with a sentence before work that takes seconds. */
  notice(sentence: string): void;
}

/** The store and the inbox over one Postgres. */
export interface Engine {
  store: Store;
  inbox: Inbox;
  vault: Vault;
  check(): Promise<Check>;
  /** Returns the number of messages without an outcome, and the age of the oldest. */
  queue(): Promise<{ waiting: number; oldestSeconds: number }>;
  /** Closes the engine, after the inbox was drained. */
  close(): Promise<void>;
}

/**
 * Opens the engine, brings its tables up to date, and checks that its rows were sealed with this key.
 * @throws EngineError with a sentence for the operator
 */
export async function openEngine(settings: EngineSettings, deps: EngineDeps): Promise<Engine> {
  const { events, clock } = deps;
  const { dataDir } = settings;
  if (!settings.databaseUrl || !settings.key) await prepareDirectory(dataDir);
  const opened = settings.databaseUrl
    ? await connectServer(settings.databaseUrl, events)
    : await openEmbedded(await loadEmbedded(), dataDir, deps.notice).catch((error: unknown) =>
        Promise.reject(unusableDirectory(dataDir, error)),
      );
  const { pool } = opened;
  const db = new Database(pool);
  const stopped = new AbortController();
  try {
    await db.migrate();
    await migrateQueue(pool);
    // For the one connection of the embedded engine; a server's connections have it from the start.
    if (opened.isEmbedded) await pool.query(`set search_path to ${queueSchema}`);
    const seal = new Seal(settings.key ?? readKeyFile(dataDir));
    await checkKey(db, seal, opened.isEmbedded);
    const queue = await bullQueue(pool, (error) => events.emit({ name: 'queue-error', reason: error.name }));
    const { isEmbedded, durable } = opened;
    const inbox = new PostgresInbox(db, { queue, seal, events, clock, isEmbedded, durable });
    const retention = scheduleRetention(db, settings.retentionDays, {
      clock,
      events,
      signal: stopped.signal,
      isEmbedded,
    });
    return {
      store: postgresStore(db, clock, seal),
      inbox,
      vault: durableVault(postgresVault(db, seal), durable),
      check: () =>
        checkDatabase(db, opened.description, () => (isEmbedded ? findObstacle(dataDir) : Promise.resolve(undefined))),
      queue: () => readQueue(db),
      async close() {
        stopped.abort();
        await retention;
        await inbox.close();
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close().catch(() => undefined);
    if (error instanceof EngineError) throw error;
    throw settings.databaseUrl ? unreachable(error) : unusableDirectory(dataDir, error);
  }
}

/** Returns a vault whose writes survive a power cut, because an installer was told that the token is stored. */
function durableVault(vault: Vault, durable: () => Promise<void>): Vault {
  return {
    ...vault,
    async put(name, value) {
      await vault.put(name, value);
      await durable();
    },
  };
}
