/**
 * Tests what the embedded engine keeps over a power cut: shuts a file system down in the middle of the work, as if the machine
 * had lost its power, and mounts it again. `npm run power-cut [-- --rounds 10] [--lives 2]`
 * Needs root, loop devices and xfs_io (Debian: apt-get install xfsprogs). A disk that reports "written" too early is not
 * simulated. Ends with 1 when the database did not open, or anything acknowledged was missing.
 */
import { execFileSync, type ForkOptions, fork } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { FromChild } from './power-cut/child.js';
import type { PostStates } from './power-cut/look.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '10' }, lives: { type: 'string', default: '2' } },
});
const folder = mkdtempSync(join(tmpdir(), 'frebot-power-'));
const [image, mounted] = [join(folder, 'disk'), join(folder, 'mounted')];
const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'pipe' });
const inTypeScript: ForkOptions = {
  execArgv: ['--import', 'tsx'],
  env: { ...process.env, NODE_NO_WARNINGS: '1' },
  stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
};
const mount = () => run('mount', '-o', 'loop', image, mounted);

if (!canRun()) {
  console.log('SKIPPED: a power cut needs root, loop devices and xfs_io (Debian: apt-get install xfsprogs)');
  process.exit(0);
}

const total = { cuts: 0, acknowledged: 0, unopened: 0, lost: 0, untraced: 0 };
for (let round = 1; round <= Number(values.rounds); round++) {
  formatDisk();
  try {
    const acknowledged = new Set<string>();
    const posting = new Set<string>();
    for (let life = 1; life <= Number(values.lives); life++) {
      await liveAndCut(acknowledged, posting);
      const rows = await readRows();
      total.cuts++;
      const lost = rows ? [...acknowledged].filter((key) => !rows.has(key)).length : acknowledged.size;
      const untraced = rows ? [...posting].filter((key) => rows.get(key) !== true).length : posting.size;
      console.log(
        `cut ${round}.${life}: ${acknowledged.size} acknowledged, ${rows ? `opened, ${lost} lost, ${untraced} posted without a trace` : 'DID NOT OPEN'}`,
      );
      total.lost += lost;
      total.untraced += untraced;
      if (!rows) {
        total.unopened++;
        break;
      }
    }
    total.acknowledged += acknowledged.size;
  } finally {
    run('umount', mounted);
  }
}
rmSync(folder, { recursive: true });
console.log(JSON.stringify(total));
process.exitCode = total.unopened + total.lost + total.untraced > 0 ? 1 : 0;

function canRun(): boolean {
  try {
    formatDisk();
    run('xfs_io', '-V');
    run('umount', mounted);
    return true;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return false;
  }
}

function formatDisk(): void {
  mkdirSync(mounted, { recursive: true });
  rmSync(image, { force: true });
  run('truncate', '-s', '600M', image);
  run('mkfs.ext4', '-q', '-F', image);
  mount();
}

/** Runs an engine for some seconds and takes its disk away; adds the keys that it printed before to the two sets. */
async function liveAndCut(acknowledged: Set<string>, posting: Set<string>): Promise<void> {
  const args = [join(mounted, 'data'), String(acknowledged.size)];
  const child = fork(resolve(import.meta.dirname, 'power-cut/child.ts'), args, inTypeScript);
  let isCut = false;
  const exited = new Promise((done) => child.once('exit', done));
  child.on('message', (message: FromChild) => {
    if (isCut) return;
    if ('claimed' in message) acknowledged.add(message.claimed);
    else posting.add(message.posting);
  });
  // Cuts sometimes while the database is created or recovered, sometimes in the middle of the work.
  if (Math.random() < 0.4) await sleep(500 + Math.random() * 4_500);
  else {
    await Promise.race([exited, new Promise((done) => child.once('message', done))]);
    await sleep(Math.random() * 6_000);
  }
  // Only the lines that have arrived by now count as printed before the cut.
  isCut = true;
  run('xfs_io', '-x', '-c', 'shutdown', mounted);
  child.kill('SIGKILL');
  await exited;
  run('umount', mounted);
  mount();
}

/** Returns the stored keys, and whether each row knows that a post was begun; undefined when the database does not open. */
async function readRows(): Promise<Map<string, boolean> | undefined> {
  const dir = join(mounted, 'data/pg');
  // The cut came before the database was created.
  if (!existsSync(dir)) return new Map();
  // Reading recovers the database and writes to it, so it gets a copy.
  const copy = join(folder, 'copy');
  rmSync(copy, { recursive: true, force: true });
  cpSync(dir, copy, { recursive: true });
  const reader = fork(resolve(import.meta.dirname, 'power-cut/look.ts'), [copy], inTypeScript);
  const exited = new Promise<undefined>((done) => reader.once('exit', () => done(undefined)));
  const seen = await Promise.race([
    exited,
    new Promise<PostStates>((done) => reader.once('message', (seen: PostStates) => done(seen))),
  ]);
  await exited;
  return seen && new Map(seen);
}
