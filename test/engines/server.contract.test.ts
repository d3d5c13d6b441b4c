import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/service/clock.js';
import { openEngine } from '../../src/store/engine.js';
import { contract } from '../store/contract.js';
import { engineContract } from '../store/engine-contract.js';
import { freshDatabase, serverKeeper } from './postgres.js';

const { keeper, close } = await serverKeeper();
afterAll(close);

describe('on a Postgres server', () => {
  contract(keeper);
  engineContract(keeper);
});

it('several replicas that start together on an empty database all come up', async () => {
  const databaseUrl = await freshDatabase();
  const settings = { dataDir: '.', databaseUrl, key: Buffer.alloc(32, 7), retentionDays: 30 };
  const deps = { events: { emit: () => {} }, clock: systemClock, notice: () => {} };
  const replicas = await Promise.all(Array.from({ length: 4 }, () => openEngine(settings, deps)));
  for (const replica of replicas) expect(await replica.check()).toMatchObject({ state: 'ok' });
  await expect(openEngine({ ...settings, key: Buffer.alloc(32, 8) }, deps)).rejects.toThrow(/^FREBOT_KEY is not/);
  for (const replica of replicas) await replica.close();
});
