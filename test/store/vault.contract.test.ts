import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/store/database.js';
import { pglitePool } from '../../src/store/pglite-pool.js';
import { Seal } from '../../src/store/seal.js';
import { memoryVault, postgresVault } from '../../src/store/vault.js';
import { openEmptyEngine } from './empty-engine.js';

const engine = await openEmptyEngine();
const db = new Database(pglitePool(engine));
await db.migrate();
const key = randomBytes(32);
const vaults = { memory: memoryVault(), Postgres: postgresVault(db, new Seal(key)) };
afterAll(() => engine.close());

describe.each(Object.entries(vaults))('the vault in %s', (_engine, vault) => {
  it('keeps, replaces and removes', async () => {
    expect(await vault.get('a')).toBeUndefined();
    await vault.put('a', { token: 'one' });
    await vault.put('a', { token: 'two' });
    await vault.put('b', [1]);
    expect(await vault.get('a')).toEqual({ token: 'two' });
    await vault.remove('a');
    expect(await vault.get('a')).toBeUndefined();
    expect(await vault.get('b')).toEqual([1]);
  });
});

it('in Postgres nothing is readable without the key, nor under another name', async () => {
  await vaults.Postgres.put('slack:T1', { token: 'xoxb-swordfish' });
  const { rows } = await db.query<{ sealed: string }>("select sealed from frebot.vault where name = 'slack:T1'");
  const sealed = rows[0]?.sealed as string;
  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('swordfish');
  expect(await postgresVault(db, new Seal(randomBytes(32))).get('slack:T1')).toBeUndefined();
  await db.query("insert into frebot.vault (name, sealed) values ('slack:T2', $1)", [sealed]);
  expect(await vaults.Postgres.get('slack:T2')).toBeUndefined();
  expect(await postgresVault(db, new Seal(key)).get('slack:T1')).toEqual({ token: 'xoxb-swordfish' });
});
