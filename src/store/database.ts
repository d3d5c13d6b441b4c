import { StoreError } from '../desk/ports/errors.js';
import { type Migration, migrations } from './migrations.js';
import type { PooledClient, PoolLike, Rows } from './pglite-pool.js';

/** Runs our own SQL: one dialect, every name qualified with its schema, for each engine. */
export class Database {
  readonly pool: PoolLike;

  constructor(pool: PoolLike) {
    this.pool = pool;
  }

  /** @throws StoreError when the engine does not answer, or not as expected; it never quotes stored values */
  async query<R = Record<string, unknown>>(text: string, params: readonly unknown[] = []): Promise<Rows<R>> {
    try {
      return await this.pool.query<R>(text, params);
    } catch (error) {
      throw new StoreError(codeOf(error));
    }
  }

  /**
   * Brings the schema up to date: forward only, each step once. Replicas that start together wait for each other.
   * @throws the driver's error, because at the start the operator reads it
   */
  async migrate(steps: readonly Migration[] = migrations): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      try {
        await applySteps(client, steps);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    } finally {
      client.release();
    }
  }
}

/** A number that nothing else in the database locks. */
const lockNumber = 4_642_361;

async function applySteps(client: PooledClient, steps: readonly Migration[]): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(${lockNumber})`);
  await client.query('create schema if not exists frebot');
  await client.query(
    'create table if not exists frebot.migration (version integer primary key, at timestamptz not null default now())',
  );
  const { rows } = await client.query<{ version: number | null }>(
    'select max(version) as version from frebot.migration',
  );
  const current = rows[0]?.version ?? 0;
  for (const { version, sql } of steps) {
    if (version <= current) continue;
    await client.query(sql);
    await client.query('insert into frebot.migration (version) values ($1)', [version]);
  }
}

/** Returns SQLSTATE or system code, because a driver's message may quote values. */
function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name ?? 'unknown');
}
