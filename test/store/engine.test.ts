import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { systemClock } from '../../src/service/clock.js';
import { EngineError, openEngine } from '../../src/store/engine.js';
import { message } from '../desk/support.js';
import { until } from './contract.js';

const dataDir = mkdtempSync(join(tmpdir(), 'frebot-engine-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const notices: string[] = [];
const deps = {
  events: { emit: () => {} },
  clock: systemClock,
  notice: (sentence: string) => void notices.push(sentence),
};
const settings = { dataDir, retentionDays: 30 };

it('creates the engine once, keeps over a restart, refuses a second process and another key', async () => {
  // Left by a start that lost its power.
  mkdirSync(join(dataDir, 'pg.new'));
  writeFileSync(join(dataDir, 'pg.new', 'PG_VERSION'), '');
  const first = await openEngine(settings, deps);
  expect(readdirSync(dataDir)).not.toContain('pg.new');
  expect(notices).toEqual([expect.stringMatching(/^Creating the embedded database in .*, once\.$/)]);
  const asked = message({ text: 'hello' });
  expect(await first.inbox.claim(asked)).toBe(true);
  await first.store.saveThread('t', { joined: true, muted: false });
  await expect(openEngine(settings, deps)).rejects.toThrow(EngineError);
  await first.inbox.drain(1_000);
  await first.close();

  await expect(openEngine({ ...settings, key: randomBytes(32) }, deps)).rejects.toThrow(/^FREBOT_KEY is not the key/);

  // As a power cut leaves it.
  writeFileSync(join(dataDir, 'pg', 'postmaster.pid'), '');
  const second = await openEngine(settings, deps);
  expect(notices).toHaveLength(1);
  expect(await second.store.thread('t')).toEqual({ joined: true, muted: false });
  expect(await second.inbox.claim(asked)).toBe(false);
  const texts: string[] = [];
  second.inbox.start(async ({ text }) => {
    texts.push(text);
    return { state: 'silent' };
  });
  await until(() => texts.length > 0);
  expect(await second.check()).toMatchObject({ name: 'database', state: 'ok' });
  await second.inbox.drain(1_000);
  await second.close();
  expect(texts).toEqual(['hello']);
});

it('says in one sentence that a server cannot be reached, without its password', async () => {
  const unreachable = { ...settings, databaseUrl: 'postgres://frebot:hidden@127.0.0.1:1/frebot' };
  const error = await openEngine(unreachable, deps).catch((caught: unknown) => caught as Error);
  expect(error).toBeInstanceOf(EngineError);
  expect((error as Error).message).toMatch(/^DATABASE_URL leads to no Postgres .*\(ECONNREFUSED\).*for example: /);
  expect((error as Error).message).not.toContain('hidden');
});
