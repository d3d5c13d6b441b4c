import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Check } from '../desk/ports/door.js';
import type { Clock, Events, Vault } from '../desk/ports/environment.js';
import type { Inbox } from '../desk/ports/inbox.js';
import type { Store } from '../desk/ports/store.js';
import { findObstacle, prepareDirectory, requireOwnFiles, unusableDirectory } from './data-directory.js';
import { Database } from './database.js';
import { lockDirectory } from './directory-lock.js';
import { Disk, diskSettings, fsyncDirectory, fsyncTree } from './disk.js';
import { EngineError } from './errors.js';
import { type PoolLike, pglitePool } from './pglite-pool.js';
import { PostgresInbox } from './postgres-inbox.js';
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

/** An open Postgres, embedded or a server. */
interface OpenPostgres {
  pool: PoolLike;
  /** Its kind and place, for the operator. */
  description: string;
  /** True when no other process can share it. */
  isEmbedded: boolean;
  /** Resolves when everything committed survives a power cut. */
  durable(): Promise<void>;
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

type PGliteClass = Awaited<ReturnType<typeof loadEmbedded>>;

/** Loads the embedded engine before the directory is touched, so that a missing package is not taken for an unusable directory. */
async function loadEmbedded() {
  return (await import('@electric-sql/pglite')).PGlite;
}

async function openEmbedded(PGlite: PGliteClass, dataDir: string, notice: EngineDeps['notice']): Promise<OpenPostgres> {
  const lock = await lockDirectory(dataDir);
  try {
    const dir = join(dataDir, 'pg');
    if (!existsSync(dir)) {
      notice(`Creating the embedded database in ${dir}. This takes a few seconds, once.`);
      await createWhole(dir, (folder) => PGlite.create(folder));
    }
    await requireOwnFiles(dir);
    // A power cut may leave it empty, which Postgres refuses. The lock on the directory is ours.
    await rm(join(dir, 'postmaster.pid'), { force: true });
    const engine = await PGlite.create(dir, { startParams: [...PGlite.defaultStartParams, ...diskSettings] });
    const disk = new Disk(dir);
    return {
      pool: pglitePool(engine),
      description: `embedded Postgres in ${dir}`,
      isEmbedded: true,
      durable: () => disk.log(),
      async close() {
        try {
          await disk.log();
          await engine.close();
          await fsyncTree(dir);
        } finally {
          await lock.release();
        }
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Creates the directory completely or not at all: a power cut leaves it under another name, and the next start begins again. */
async function createWhole(
  dir: string,
  create: (folder: string) => Promise<{ close(): Promise<void> }>,
): Promise<void> {
  const unfinished = `${dir}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await (await create(unfinished)).close();
  await fsyncTree(unfinished);
  await rename(unfinished, dir);
  await fsyncDirectory(dirname(dir));
}

async function connectServer(databaseUrl: string, events: Events): Promise<OpenPostgres> {
  const { Pool: PgPool } = (await import('pg')).default;
  const pool = new PgPool({
    connectionString: databaseUrl,
    max: 10,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    options: `-c search_path=${queueSchema}`,
  });
  // A connection that breaks while idle must not end the process.
  pool.on('error', (error: NodeJS.ErrnoException) => {
    events.emit({ name: 'database-connection-lost', reason: error.code ?? error.name });
  });
  return {
    pool,
    description: 'Postgres server',
    isEmbedded: false,
    // A server with its defaults confirms a commit only when it is durable.
    durable: async () => undefined,
    close: () => pool.end(),
  };
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

/** Returns the error without the URL, which holds a password. */
function unreachable(error: unknown): EngineError {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const reason = typeof code === 'string' ? code : String(name);
  return new EngineError(
    `DATABASE_URL leads to no Postgres that Frebot can use (${reason}); for example: postgres://frebot:secret@db.example.com/frebot, whose user owns that database`,
  );
}

/** Checks that rows of other replicas can be opened here. The first start stores a mark that only its key opens. */
async function checkKey(db: Database, seal: Seal, isEmbedded: boolean): Promise<void> {
  const name = 'key-check';
  await db.query('insert into frebot.setting (name, value) values ($1, $2) on conflict (name) do nothing', [
    name,
    seal.close(name, name),
  ]);
  const { rows } = await db.query<{ value: string }>('select value from frebot.setting where name = $1', [name]);
  if (rows[0] && seal.open(rows[0].value, name) === name) return;
  // A lost key of the embedded engine may be replaced while no row needs the old one.
  const sealed = await db.query(
    'select 1 from frebot.inbox where sealed is not null union all select 1 from frebot.vault limit 1',
  );
  if (isEmbedded && sealed.rows.length === 0) {
    await db.query('update frebot.setting set value = $2 where name = $1', [name, seal.close(name, name)]);
    return;
  }
  throw new EngineError(
    'FREBOT_KEY is not the key this database was created with; for example: set the same FREBOT_KEY on every replica, or put the old key file back',
  );
}

async function checkDatabase(
  db: Database,
  description: string,
  findObstacle: () => Promise<string | undefined>,
): Promise<Check> {
  const consequence = 'claimed messages are kept, new ones are refused until then';
  const obstacle = await findObstacle();
  if (obstacle) {
    const detail = `${description} cannot be written to: ${obstacle}; ${consequence}`;
    return { name: 'database', state: 'missing', detail, next: 'make room on the disk of FREBOT_DATA' };
  }
  try {
    // A write, because a full disk or a read-only server still answers queries.
    await db.query(
      `insert into frebot.setting (name, value) values ('last-check', now()::text)
       on conflict (name) do update set value = excluded.value`,
    );
    const { rows } = await db.query<{ open: number }>(
      'select count(*)::int as open from frebot.inbox where done_at is null',
    );
    return {
      name: 'database',
      state: 'ok',
      detail: `${description}; ${rows[0]?.open ?? 0} messages without an outcome`,
    };
  } catch (error) {
    const detail = `${description} accepts no writes (${(error as Error).message}); ${consequence}`;
    return { name: 'database', state: 'missing', detail, next: 'look at the log of the database, and at its disk' };
  }
}

async function readQueue(db: Database): Promise<{ waiting: number; oldestSeconds: number }> {
  const { rows } = await db.query<{ waiting: number; oldest: number | null }>(
    `select count(*)::int as waiting, extract(epoch from now() - min(claimed_at))::float8 as oldest
     from frebot.inbox where done_at is null`,
  );
  return { waiting: rows[0]?.waiting ?? 0, oldestSeconds: Math.max(0, rows[0]?.oldest ?? 0) };
}
