import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WatchPost } from '../../src/watch/ports.js';
import { frebLog } from '../scenarios/logs.js';

let root: string;
let written = 0;
let child: ChildProcess | undefined;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'frebot-watch-crash-'));
  mkdirSync(join(root, 'logs'));
  writeFileSync(join(root, 'posts.ndjson'), '');
});
afterEach(async () => {
  await kill();
  rmSync(root, { recursive: true, force: true });
});

function start(): ChildProcess {
  child = fork(resolve(import.meta.dirname, 'crash-child.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, FOLDER: join(root, 'logs'), STATE: join(root, 'state'), POSTS: join(root, 'posts.ndjson') },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return child;
}

async function kill(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Writes logs, some of each pool; every round brings a pool that was not there before. */
function writeLogs(count: number, round: number): void {
  for (let i = 0; i < count; i++) {
    const name = `fr${String(++written).padStart(6, '0')}.xml`;
    writeFileSync(join(root, 'logs', name), frebLog({ pool: `Pool ${'abcdefghij'[i % (round + 1)]}` }));
  }
}

/** Resolves once the watcher has counted this many logs or more, and sent its posts where `sent` asks for it. */
async function counted(watcher: ChildProcess, count: number, sent: boolean): Promise<number> {
  for (;;) {
    const [state] = (await once(watcher, 'message')) as [{ counted: number; waiting: number }];
    if (state.counted >= count && (!sent || state.waiting === 0)) return state.counted;
  }
}

it('a watcher that is killed again and again loses no log and repeats no post', async () => {
  await counted(start(), 0, true);
  for (let round = 0; round < 8; round++) {
    // Killed somewhere in the middle of these logs.
    const before = written;
    writeLogs(400, round);
    await counted(child as ChildProcess, before + 40 * (round + 1), false);
    await kill();
    writeLogs(20, round);
    start();
  }
  expect(await counted(child as ChildProcess, written, true)).toBe(written);
  const posts = readFileSync(join(root, 'posts.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as WatchPost);
  expect(new Set(posts.map(({ id }) => id)).size).toBe(posts.length);
  const told = posts.filter(({ kind }) => kind === 'new').map(({ group }) => group?.pool);
  expect(told.sort()).toEqual([...'abcdefgh'].map((letter) => `Pool ${letter}`));
});
