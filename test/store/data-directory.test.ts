import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { systemClock } from '../../src/service/clock.js';
import { findObstacle, prepareDirectory, unusableDirectory } from '../../src/store/data-directory.js';
import { EngineError, openEngine } from '../../src/store/engine.js';

const dir = mkdtempSync(join(tmpdir(), 'frebot-data-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const file = join(dir, 'file');
writeFileSync(file, 'a file');

/** Returns the text an operator reads when starting with such a directory. */
async function readStartError(dataDir: string): Promise<string> {
  const deps = { events: { emit: () => undefined }, clock: systemClock, notice: () => undefined };
  const error = await openEngine({ dataDir, retentionDays: 30 }, deps).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EngineError);
  return (error as Error).message;
}

it.each([
  ['a file in its place', file],
  ['below a file', join(file, 'data')],
  ['far below a file', join(file, 'data', 'frebot')],
])('%s: one sentence', async (_name, path) => {
  expect(await readStartError(path)).toMatch(
    /^FREBOT_DATA .* cannot be used: there is a file in its place, or above it; for example: FREBOT_DATA=/,
  );
});

it.runIf(process.platform === 'linux').each(['/proc', '/proc/frebot', '/proc/frebot/data', '/sys/frebot'])(
  '%s: one sentence, and no waiting for ever',
  async (path) => {
    expect(await readStartError(path)).toMatch(/^FREBOT_DATA .* cannot be used: [^\n]*$/);
  },
);

it('is made with what is above it, for its owner alone, and nothing of the proof stays in it', async () => {
  const deep = join(dir, 'a', 'b');
  await prepareDirectory(deep);
  expect(statSync(deep).mode & 0o077).toBe(0);
  expect([readdirSync(deep), await findObstacle(deep)]).toEqual([[], undefined]);
});

it('one that is gone, or replaced by a file, is no longer ready', async () => {
  expect(await findObstacle(join(dir, 'gone'))).toBe('no directory can be created there');
  expect(await findObstacle(file)).toBe('there is a file in its place, or above it');
});

it.each([
  [{ code: 'ENOSPC' }, 'its disk is full'],
  [{ name: 'ErrnoError', errno: 51 }, 'its disk is full'],
  [{ code: '53100' }, 'its disk is full'],
  [{ code: '42501' }, 'may not write there'],
  [{ code: 'EROFS' }, 'read-only'],
  [{ name: 'ErrnoError', errno: 2 }, 'may not write there'],
  [{ name: 'RuntimeError' }, 'the database cannot be opened there (RuntimeError)'],
])('%j of the system or the embedded engine is said in words', (error, words) => {
  expect(unusableDirectory('/data', error).message).toContain(words);
});
