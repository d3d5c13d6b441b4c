import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PoolLike, pglitePool } from '../../src/store/pglite-pool.js';
import { openEmptyEngine } from './empty-engine.js';

let engine: PGlite;
let pool: PoolLike;
beforeAll(async () => {
  engine = await openEmptyEngine();
  pool = pglitePool(engine);
  await pool.query('create table t (n integer)');
});
beforeEach(async () => void (await pool.query('delete from t')));
afterAll(() => engine.close());

const count = async () => (await pool.query<{ n: number }>('select count(*)::int as n from t')).rows[0]?.n;

describe('a pool over the embedded engine', () => {
  it('answers as pg does: rows, and how many were touched', async () => {
    expect(await pool.query('insert into t values ($1), ($2)', [1, 2])).toMatchObject({ rows: [], rowCount: 2 });
    expect(await pool.query('select n from t order by n')).toMatchObject({ rows: [{ n: 1 }, { n: 2 }], rowCount: 2 });
    expect((await pool.query('select $1::int as n', [undefined])).rows).toEqual([{ n: null }]);
  });

  it('takes several statements without parameters, as migrations come', async () => {
    const { rows } = await pool.query('insert into t values (1); insert into t values (2); select 7 as n');
    expect(rows).toEqual([{ n: 7 }]);
  });

  it('passes errors on with their code, and goes on', async () => {
    await expect(pool.query('select * from missing')).rejects.toMatchObject({ code: '42P01' });
    expect(await count()).toBe(0);
  });

  it('keeps others out of a transaction until it has ended', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('insert into t values (1)');
    const beside = pool.query('insert into t values (2)').then(() => 'beside');
    const first = await Promise.race([beside, new Promise((resolve) => setTimeout(resolve, 50, 'waited'))]);
    expect(first).toBe('waited');
    await client.query('ROLLBACK');
    await beside;
    client.release();
    expect((await pool.query('select n from t')).rows).toEqual([{ n: 2 }]);
  });

  it('rolls back what a released client left open', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('insert into t values (1)');
    client.release();
    expect(await count()).toBe(0);
  });

  it('lets others in after a commit that failed', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('select * from missing').catch(() => undefined);
    await client.query('COMMIT').catch(() => undefined);
    client.release();
    expect(await count()).toBe(0);
  });

  it('delivers notifications to those who listen, until they are released', async () => {
    const client = await pool.connect();
    const heard: unknown[] = [];
    client.on('notification', (notification) => heard.push(notification));
    await client.query('listen door');
    await pool.query("notify door, 'knock'");
    expect(heard).toEqual([{ channel: 'door', payload: 'knock' }]);
    client.release();
    await pool.query("notify door, 'again'");
    expect(heard).toHaveLength(1);
  });

  it('does not starve timers, however busy it is', async () => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks++;
    }, 1);
    await Promise.all(Array.from({ length: 2000 }, (_, n) => pool.query('insert into t values ($1)', [n])));
    clearInterval(timer);
    expect(await count()).toBe(2000);
    // The engine alone leaves no room for a single one.
    expect(ticks).toBeGreaterThan(10);
  });
});
