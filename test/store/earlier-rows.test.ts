import { expect, it } from 'vitest';
import { Database } from '../../src/store/database.js';
import { InboxRows } from '../../src/store/inbox-rows.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { pglitePool } from '../../src/store/pglite-pool.js';
import { Seal } from '../../src/store/seal.js';
import { done, world } from '../desk/support.js';
import { openEmptyEngine } from './empty-engine.js';

// Rows as the first released shape wrote them, as literal JSON: a renamed field would no longer be read.
const answer =
  '{"id":"a1","thread":"slack:T1:C1:100.1","tenant":"T1","at":"2026-06-08T20:00:00.000Z","answer":{"title":"Old","summary":"Old.","parts":[{"kind":"text","id":"fix","keep":"fold","text":"The stored fix."}],"actions":[{"id":"fix","label":"Fix","case":"a1","part":"fix"}],"sources":[]},"message":"slack:T1:C1:100.1","topic":"impersonation-right-missing"}';
const thread = '{"joined":true,"muted":false,"topic":"impersonation-right-missing","asked":"U1"}';
const caseRow =
  '{"tenant":"T1","number":7,"thread":"slack:T1:C1:100.1","failure":"f","openedAt":"2026-06-08T20:00:00.000Z","seenAt":"2026-06-08T20:00:00.000Z","cause":"impersonation-right-missing","confidence":"likely","evidence":[{"kind":"freb-log","print":"p","at":"2026-06-08T20:00:00.000Z","message":"m","shows":{"verdict":"failure","cause":"impersonation-right-missing","status":"500"}}],"pressed":[],"outcome":"open","notes":[],"version":0}';
const store = JSON.stringify({
  answers: [['a1', answer]],
  threads: [['slack:T1:C1:100.1', thread]],
  cases: [['T1 7', caseRow]],
  files: [],
  spent: [],
});
const press = (key: string, action: string) =>
  `{"key":"${key}","door":"slack","tenant":"T1","who":"U1","where":{"channel":"C1","thread":"100.1"},"thread":"slack:T1:C1:100.1","text":"","files":[],"addressed":true,"unreachable":[{"name":null,"reason":"a-code-of-old"}],"press":{"action":"${action}","case":"a1","parts":["fix"]}}`;

it('an answer, a thread and a case of an earlier version are read, and its button opens the stored fix', async () => {
  const old = memoryStore(store);
  expect(await old.answer('a1')).toEqual(JSON.parse(answer));
  expect(await old.thread('slack:T1:C1:100.1')).toEqual(JSON.parse(thread));
  expect(await old.caseOf('slack:T1:C1:100.1')).toEqual(JSON.parse(caseRow));
  const w = world({ store });
  await w.desk.receive(JSON.parse(press('k1', 'fix')));
  await done(w.inbox);
  expect(JSON.stringify(w.door.answers[0])).toContain('The stored fix.');
});

it('a message that an earlier version sealed is handed over as it was', async () => {
  const engine = await openEmptyEngine();
  const db = new Database(pglitePool(engine));
  const seal = new Seal(Buffer.alloc(32, 1));
  await db.migrate();
  await db.query('insert into frebot.inbox (key, door, addressed, sealed) values ($1, $2, true, $3)', [
    'k1',
    'slack',
    seal.close(press('k1', 'fix'), 'k1'),
  ]);
  const row = await new InboxRows(db, seal, 15).take('me');
  expect(row?.message).toEqual(JSON.parse(press('k1', 'fix')));
  await engine.close();
});
