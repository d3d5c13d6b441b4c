import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockDirectory } from '../../src/store/directory-lock.js';
import { EngineError } from '../../src/store/errors.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'frebot-lock-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('holds a directory for one, with one sentence for the other', async () => {
  const lock = await lockDirectory(dir);
  const refused = await lockDirectory(dir).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(EngineError);
  expect((refused as Error).message).toMatch(/^FREBOT_DATA .* in use by another Frebot.*; .*for example: FREBOT_DATA=/);
  expect((refused as Error).message).not.toContain('\n');
  await lock.release();
  await (await lockDirectory(dir)).release();
  expect(readdirSync(dir)).toEqual([]);
});

it('lets one of many win that start at the same moment', async () => {
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => lockDirectory(dir)));
  const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(won).toHaveLength(1);
  await won[0]?.release();
});

it('is free again when its holder was killed, and leaves nothing behind', async () => {
  const child = fork(resolve(import.meta.dirname, 'lock-child.ts'), [dir], { execArgv: ['--import', 'tsx'] });
  await once(child, 'message');
  await expect(lockDirectory(dir)).rejects.toThrow(EngineError);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => lockDirectory(dir)));
  const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(won).toHaveLength(1);
  await won[0]?.release();
  expect(readdirSync(dir)).toEqual([]);
});

it('says so when the path is too long for a lock', async () => {
  const deep = join(dir, 'a'.repeat(120));
  await expect(lockDirectory(deep)).rejects.toThrow(/^FREBOT_DATA is a path too long/);
});
