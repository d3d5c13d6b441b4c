import { randomBytes } from 'node:crypto';
import type { Events } from '../../src/desk/ports/environment.js';
import type { ErrorCode } from '../../src/desk/ports/errors.js';
import type { WorkOutcome } from '../../src/desk/ports/inbox.js';
import { systemClock } from '../../src/service/clock.js';
import { Database } from '../../src/store/database.js';
import { type PoolLike, pglitePool } from '../../src/store/pglite-pool.js';
import { type Pace, PostgresInbox } from '../../src/store/postgres-inbox.js';
import { postgresStore } from '../../src/store/postgres-store.js';
import { Seal } from '../../src/store/seal.js';
import { bullQueue, migrateQueue, queueSchema, type WakeQueue } from '../../src/store/wake-queue.js';
import type { Keeper, Life } from './contract.js';
import { openEmptyEngine } from './empty-engine.js';

/** Everything as it is, only faster. */
const hurried: Pace = {
  leaseSeconds: 1,
  heartbeatMs: 300,
  sweepMs: 200,
  graceSeconds: 0,
  pauses: [30, 60, 120],
};

export interface EngineLife extends Life {
  inbox: PostgresInbox;
  events: { name: string; [fact: string]: unknown }[];
}

/** Lives over one Postgres, embedded or a server. */
export class EngineKeeper implements Keeper {
  readonly db: Database;
  readonly seal = new Seal(randomBytes(32));
  readonly isEmbedded: boolean;
  /** Wake-ups the next life loses. */
  deaf = false;
  readonly #pool: PoolLike;
  #last: PostgresInbox | undefined;

  constructor(pool: PoolLike, isEmbedded: boolean) {
    this.#pool = pool;
    this.db = new Database(pool);
    this.isEmbedded = isEmbedded;
  }

  async prepare(): Promise<this> {
    await this.db.migrate();
    await migrateQueue(this.#pool);
    if (this.isEmbedded) await this.#pool.query(`set search_path to ${queueSchema}`);
    return this;
  }

  /** Another process beside those that run. */
  async beside(): Promise<EngineLife> {
    const events: EngineLife['events'] = [];
    const sink: Events = { emit: (event) => void events.push({ ...event }) };
    const queue = await this.#queue();
    const { db, seal, isEmbedded } = this;
    const inbox = new PostgresInbox(db, {
      queue,
      seal,
      events: sink,
      clock: systemClock,
      isEmbedded,
      durable: async () => undefined,
      pace: hurried,
    });
    return {
      store: postgresStore(db, systemClock, seal),
      inbox,
      events,
      outcome: (key) => this.outcome(key),
      everything: () => this.everything(),
    };
  }

  async begin(): Promise<EngineLife> {
    await this.kill();
    const life = await this.beside();
    this.#last = life.inbox;
    return life;
  }

  /** The process ends as it stands: nothing is finished, no lease is given back. */
  async kill(): Promise<void> {
    await this.#last?.close();
    this.#last = undefined;
  }

  async clear(): Promise<void> {
    this.deaf = false;
    await this.kill();
    await this.db.query('delete from frebot.inbox');
    await this.db.query('delete from frebot.answer');
    await this.db.query('delete from frebot.thread');
    await this.db.query('delete from frebot.case_file');
    await this.db.query('delete from frebot.case_count');
    await this.db.query('delete from frebot.thread_file');
    await this.db.query('delete from frebot.spent');
    await this.db.query(`delete from ${queueSchema}.job`);
  }

  async outcome(key: string): Promise<WorkOutcome | undefined> {
    const { rows } = await this.db.query<{ state: WorkOutcome['state']; posted: string | null; code: string | null }>(
      'select state, posted, code from frebot.inbox where key = $1 and done_at is not null',
      [key],
    );
    const row = rows[0];
    return (
      row && {
        state: row.state,
        ...(row.posted && { posted: JSON.parse(row.posted) }),
        ...(row.code && { code: row.code as ErrorCode }),
      }
    );
  }

  /** Every row of every table, ours and the queue's. */
  async everything(): Promise<string> {
    const { rows: tables } = await this.db.query<{ name: string }>(
      `select table_schema || '.' || table_name as name from information_schema.tables
       where table_schema in ('frebot', '${queueSchema}') and table_type = 'BASE TABLE'`,
    );
    const texts = await Promise.all(
      tables.map(({ name }) => this.db.query<{ row: string }>(`select t::text as row from ${name} t`)),
    );
    return texts.flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n');
  }

  async #queue(): Promise<WakeQueue> {
    const queue = await bullQueue(this.#pool, () => {});
    return this.deaf ? { ...queue, wake: async () => {} } : queue;
  }
}

/** An embedded engine in memory. */
export async function embeddedKeeper(): Promise<{ keeper: EngineKeeper; close(): Promise<void> }> {
  const engine = await openEmptyEngine();
  const keeper = await new EngineKeeper(pglitePool(engine), true).prepare();
  return { keeper, close: () => engine.close() };
}
