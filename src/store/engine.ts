import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Check } from '../desk/ports/door.js';
import type { Clock, Events, Vault } from '../desk/ports/environment.js';
import type { Inbox } from '../desk/ports/inbox.js';
import type { Store } from '../desk/ports/store.js';
import { obstacle, proveOwn, unusable, usableDirectory } from './data-directory.js';
import { Database } from './database.js';
import { lockDirectory } from './directory-lock.js';
import { Disk, diskSettings, fsyncDirectory, fsyncTree } from './disk.js';
import { EngineError } from './errors.js';
import { type PoolLike, pglitePool } from './pglite-pool.js';
import { postgresInbox } from './postgres-inbox.js';
import { postgresStore } from './postgres-store.js';
import { bullQueue, migrateQueue, queueSchema } from './queue.js';
import { scheduleRetention } from './retention.js';
import { keyFile, Seal } from './seal.js';
import { postgresVault } from './vault.js';

export { EngineError } from './errors.js';

export interface EngineSettings {
  /** Where the embedded engine and the key file live. */
  dataDir: string;
  /** A Postgres server instead of the embedded engine. */
  databaseUrl?: string;
  /** 32 bytes; the key file in `dataDir` when absent. */
  key?: Buffer;
  retentionDays: number;
}

export interface EngineDeps {
  events: Events;
  clock: Clock;
  /** Told what takes long, once, before it begins. */
  notice(sentence: string): void;
}

/** The store and the inbox over one Postgres. */
export interface Engine {
  store: Store;
  inbox: Inbox;
  vault: Vault;
  check(): Promise<Check>;
  /** Messages without an outcome, and the age of the oldest. */
  queue(): Promise<{ waiting: number; oldestSeconds: number }>;
  /** After the inbox was drained. */
  close(): Promise<void>;
}

/** An open Postgres, embedded or a server. */
interface Opened {
  pool: PoolLike;
  /** For the operator: what it is and where. */
  what: string;
  /** No other process can share it. */
  alone: boolean;
  /** Resolves when what was committed survives a power cut. */
  durable(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the engine, brings its tables up to date and checks that the key is the one its rows were sealed with.
 * @throws EngineError with a sentence for the operator
 */
export async function openEngine(settings: EngineSettings, deps: EngineDeps): Promise<Engine> {
  const { events, clock } = deps;
  const { dataDir } = settings;
  if (!settings.databaseUrl || !settings.key) await usableDirectory(dataDir);
  const opened = settings.databaseUrl
    ? await server(settings.databaseUrl, events)
    : await embedded(dataDir, deps.notice).catch((error: unknown) => Promise.reject(unusable(dataDir, error)));
  const { pool } = opened;
  const db = new Database(pool);
  const stopped = new AbortController();
  try {
    await db.migrate();
    await migrateQueue(pool);
    // The one connection of the embedded engine; a server's connections have it from the start.
    if (opened.alone) await pool.query(`set search_path to ${queueSchema}`);
    const seal = new Seal(settings.key ?? keyFile(dataDir));
    await sameKey(db, seal, opened.alone);
    const queue = await bullQueue(pool, (error) => events.emit({ name: 'queue-error', reason: error.name }));
    const { alone, durable } = opened;
    const inbox = postgresInbox(db, { queue, seal, events, clock, alone, durable });
    const retention = scheduleRetention(db, settings.retentionDays, { clock, events, signal: stopped.signal, alone });
    return {
      store: postgresStore(db, clock, seal),
      inbox,
      vault: lasting(postgresVault(db, seal), durable),
      check: () => check(db, opened.what, () => (alone ? obstacle(dataDir) : Promise.resolve(undefined))),
      queue: () => waiting(db),
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
    throw settings.databaseUrl ? unreachable(error) : unusable(dataDir, error);
  }
}

async function embedded(dataDir: string, notice: EngineDeps['notice']): Promise<Opened> {
  const lock = await lockDirectory(dataDir);
  try {
    const dir = join(dataDir, 'pg');
    const { PGlite } = await import('@electric-sql/pglite');
    if (!existsSync(dir)) {
      notice(`Creating the embedded database in ${dir}: a few seconds, this once.`);
      await created(dir, (folder) => PGlite.create(folder));
    }
    await proveOwn(dir);
    // After a power cut it may be there and empty, which Postgres refuses; the lock on the directory is ours.
    await rm(join(dir, 'postmaster.pid'), { force: true });
    const engine = await PGlite.create(dir, { startParams: [...PGlite.defaultStartParams, ...diskSettings] });
    const disk = new Disk(dir);
    return {
      pool: pglitePool(engine),
      what: `embedded Postgres in ${dir}`,
      alone: true,
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

/** Whole or not at all: what a power cut in between leaves behind has another name, and is begun anew. */
async function created(dir: string, create: (folder: string) => Promise<{ close(): Promise<void> }>): Promise<void> {
  const unfinished = `${dir}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await (await create(unfinished)).close();
  await fsyncTree(unfinished);
  await rename(unfinished, dir);
  await fsyncDirectory(dirname(dir));
}

async function server(databaseUrl: string, events: Events): Promise<Opened> {
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
    pool: pool as unknown as PoolLike,
    what: 'Postgres server',
    alone: false,
    // With its defaults a server confirms nothing else.
    durable: async () => undefined,
    close: () => pool.end(),
  };
}

/** A token that an installer was told is stored. */
function lasting(vault: Vault, durable: () => Promise<void>): Vault {
  return {
    ...vault,
    async put(name, value) {
      await vault.put(name, value);
      await durable();
    },
  };
}

/** Never the URL itself: it holds a password. */
function unreachable(error: unknown): EngineError {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const reason = typeof code === 'string' ? code : String(name);
  return new EngineError(
    `DATABASE_URL leads to no Postgres that Frebot can use (${reason}); for example: postgres://frebot:secret@db.example.com/frebot, whose user owns that database`,
  );
}

/** Rows another replica sealed must be readable here: the first start leaves a mark that only its key opens. */
async function sameKey(db: Database, seal: Seal, alone: boolean): Promise<void> {
  const name = 'key-check';
  await db.query('insert into frebot.setting (name, value) values ($1, $2) on conflict (name) do nothing', [
    name,
    seal.close(name, name),
  ]);
  const { rows } = await db.query<{ value: string }>('select value from frebot.setting where name = $1', [name]);
  if (rows[0] && seal.open(rows[0].value, name) === name) return;
  // A lost key of the embedded engine may be replaced while nothing lies there that only the old one opens.
  const sealed = await db.query(
    'select 1 from frebot.inbox where sealed is not null union all select 1 from frebot.vault limit 1',
  );
  if (alone && sealed.rows.length === 0) {
    await db.query('update frebot.setting set value = $2 where name = $1', [name, seal.close(name, name)]);
    return;
  }
  throw new EngineError(
    'FREBOT_KEY is not the key this database was begun with; for example: set the same FREBOT_KEY on every replica, or put the old key file back',
  );
}

async function check(db: Database, what: string, obstacle: () => Promise<string | undefined>): Promise<Check> {
  const kept = 'what was claimed is kept, new messages are refused until then';
  const inTheWay = await obstacle();
  if (inTheWay) {
    const detail = `${what} cannot be written to: ${inTheWay}; ${kept}`;
    return { name: 'database', state: 'missing', detail, next: 'make room on the disk of FREBOT_DATA' };
  }
  try {
    // A full disk, or a server that only reads, still answers a question.
    await db.query(
      `insert into frebot.setting (name, value) values ('last-check', now()::text)
       on conflict (name) do update set value = excluded.value`,
    );
    const { rows } = await db.query<{ open: number }>(
      'select count(*)::int as open from frebot.inbox where done_at is null',
    );
    return { name: 'database', state: 'ok', detail: `${what}; ${rows[0]?.open ?? 0} messages without an outcome` };
  } catch (error) {
    const detail = `${what} does not take anything in (${(error as Error).message}); ${kept}`;
    return { name: 'database', state: 'missing', detail, next: 'look at the log of the database, and at its disk' };
  }
}

async function waiting(db: Database): Promise<{ waiting: number; oldestSeconds: number }> {
  const { rows } = await db.query<{ waiting: number; oldest: number | null }>(
    `select count(*)::int as waiting, extract(epoch from now() - min(claimed_at))::float8 as oldest
     from frebot.inbox where done_at is null`,
  );
  return { waiting: rows[0]?.waiting ?? 0, oldestSeconds: Math.max(0, rows[0]?.oldest ?? 0) };
}
