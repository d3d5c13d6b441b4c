import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { PoolLike } from '../../src/store/pglite-pool.js';
import { queueSchema } from '../../src/store/wake-queue.js';
import { EngineKeeper } from '../store/engines.js';

/** Its own database on the server the script started. */
export async function freshDatabase(): Promise<string> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run npm run test:engines');
  const name = `t${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

function poolOn(connectionString: string): PoolLike & { end(): Promise<void> } {
  const pool = new pg.Pool({ connectionString, max: 10, options: `-c search_path=${queueSchema}` });
  return pool.setMaxListeners(0) as unknown as PoolLike;
}

export async function serverKeeper(): Promise<{ keeper: EngineKeeper; url: string; close(): Promise<void> }> {
  const url = await freshDatabase();
  const pool = poolOn(url);
  const keeper = await new EngineKeeper(pool, false).prepare();
  return { keeper, url, close: () => pool.end() };
}
