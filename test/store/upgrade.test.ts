import { randomBytes } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import type { CaseRecord } from '../../src/desk/ports/case-record.js';
import { systemClock } from '../../src/service/clock.js';
import { Database } from '../../src/store/database.js';
import { InboxRows } from '../../src/store/inbox-rows.js';
import { migrations } from '../../src/store/migrations.js';
import { pglitePool } from '../../src/store/pglite-pool.js';
import { postgresStore } from '../../src/store/postgres-store.js';
import { Seal } from '../../src/store/seal.js';
import { postgresVault } from '../../src/store/vault.js';
import { message } from '../desk/support.js';
import { openEmptyEngine } from './empty-engine.js';

const engine = await openEmptyEngine();
afterAll(() => engine.close());

const opened = (thread: string): Omit<CaseRecord, 'number' | 'version'> => ({
  tenant: 'T1',
  thread,
  failure: 'f',
  openedAt: '2026-06-08T20:00:00.000Z',
  seenAt: '2026-06-08T20:00:00.000Z',
  cause: 'x',
  confidence: null,
  evidence: [],
  pressed: [],
  outcome: 'open',
  notes: [],
});

/** As the version before the fourth step wrote it. */
const insertCase = (db: Database, number: number, thread: string) =>
  db.query(
    `insert into frebot.case_file (tenant, number, thread, failure, at, record) values ('T1', $1, $2, 'f', now(), $3)`,
    [number, thread, JSON.stringify(opened(thread))],
  );

it('a database of an earlier version is brought forward with what it holds, while earlier replicas go on', async () => {
  const db = new Database(pglitePool(engine));
  const seal = new Seal(randomBytes(32));
  await db.migrate(migrations.slice(0, 3));
  const waiting = message({ text: 'waits since before the upgrade' });
  await db.query('insert into frebot.inbox (key, door, addressed, sealed) values ($1, $2, true, $3)', [
    waiting.key,
    waiting.door,
    seal.close(JSON.stringify(waiting), waiting.key),
  ]);
  await db.query(`insert into frebot.case_count (tenant, last) values ('T1', 4)`);
  for (const [number, thread] of [
    [1, 't'],
    [2, 'u'],
    [4, 't'],
  ] as const) {
    await insertCase(db, number, thread);
  }

  await db.migrate();
  await db.migrate();

  const leased = await new InboxRows(db, seal, 15).take('me');
  expect(leased?.message).toEqual(waiting);
  const store = postgresStore(db, systemClock, seal);
  expect((await store.caseOf('t'))?.number).toBe(4);
  expect(await store.openCase(opened('t'), 1)).toBeUndefined();
  expect((await store.openCase(opened('t'), 4))?.number).toBeGreaterThan(4);
  // A replica that was not restarted yet knows nothing of the new columns.
  await insertCase(db, 90, 'v');
  await insertCase(db, 91, 'v');
  expect((await store.caseOf('v'))?.number).toBe(91);
});

it('a database of the version before the fifth step keeps every table, and what waits in it is read', async () => {
  const own = await openEmptyEngine();
  try {
    const db = new Database(pglitePool(own));
    const seal = new Seal(randomBytes(32));
    await db.migrate(migrations.slice(0, 4));
    const waiting = message({ text: 'waits since before the upgrade' });
    await db.query('insert into frebot.inbox (key, door, tenant, addressed, sealed) values ($1, $2, $3, true, $4)', [
      waiting.key,
      waiting.door,
      'T1',
      seal.close(JSON.stringify(waiting), waiting.key),
    ]);
    const before = postgresStore(db, systemClock, seal);
    await before.keepFiles({
      thread: 't',
      message: 'm',
      files: [{ ref: { id: 'F1', name: 'a.xml' }, kinds: ['freb-log'] }],
    });
    await postgresVault(db, seal).put('installation T1', { token: 'kept' });
    await insertCase(db, 1, 't');

    await db.migrate();

    expect((await new InboxRows(db, seal, 15).take('me'))?.message).toEqual(waiting);
    const store = postgresStore(db, systemClock, seal);
    expect((await store.filesOf('t')).map(({ files }) => files[0]?.ref.name)).toEqual(['a.xml']);
    expect(await postgresVault(db, seal).get('installation T1')).toEqual({ token: 'kept' });
    expect((await store.caseOf('t'))?.number).toBe(1);
  } finally {
    await own.close();
  }
});
