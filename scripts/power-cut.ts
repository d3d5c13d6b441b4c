/**
 * What the embedded engine keeps over a power cut: a file system of its own is shut down in the middle of the work, as if the
 * machine had lost its power, and mounted again. `npm run power-cut [-- --rounds 10] [--lives 2]`
 * Needs root, loop devices and xfs_io (Debian: apt-get install xfsprogs); a disk that lies about what it has written is not
 * simulated. Ends with 1 when the database did not open, or anything acknowledged was missing.
 */
import { execFileSync, type ForkOptions, fork } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { FromChild } from './power-cut/child.js';
import type { Seen } from './power-cut/look.js';

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

if (!possible()) {
  console.log('SKIPPED: a power cut needs root, loop devices and xfs_io (Debian: apt-get install xfsprogs)');
  process.exit(0);
}

const total = { cuts: 0, acknowledged: 0, unopened: 0, lost: 0, untraced: 0 };
for (let round = 1; round <= Number(values.rounds); round++) {
  format();
  try {
    const acknowledged = new Set<string>();
    const posting = new Set<string>();
    for (let life = 1; life <= Number(values.lives); life++) {
      await liveAndCut(acknowledged, posting);
      const rows = await kept();
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

function possible(): boolean {
  try {
    format();
    run('xfs_io', '-V');
    run('umount', mounted);
    return true;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return false;
  }
}

function format(): void {
  mkdirSync(mounted, { recursive: true });
  rmSync(image, { force: true });
  run('truncate', '-s', '600M', image);
  run('mkfs.ext4', '-q', '-F', image);
  mount();
}

/** Runs a Frebot's engine for some seconds and takes its disk away; returns what it printed before. */
async function liveAndCut(acknowledged: Set<string>, posting: Set<string>): Promise<void> {
  const args = [join(mounted, 'data'), String(acknowledged.size)];
  const child = fork(resolve(import.meta.dirname, 'power-cut/child.ts'), args, inTypeScript);
  let cut = false;
  const gone = new Promise((exited) => child.once('exit', exited));
  child.on('message', (message: FromChild) => {
    if (cut) return;
    if ('claimed' in message) acknowledged.add(message.claimed);
    else posting.add(message.posting);
  });
  // By turns while the database is created or recovered, and in the middle of the work.
  if (Math.random() < 0.4) await sleep(500 + Math.random() * 4_500);
  else {
    await Promise.race([gone, new Promise((opened) => child.once('message', opened))]);
    await sleep(Math.random() * 6_000);
  }
  // A line of the child counts as printed before the cut only if it is here already.
  cut = true;
  run('xfs_io', '-x', '-c', 'shutdown', mounted);
  child.kill('SIGKILL');
  await gone;
  run('umount', mounted);
  mount();
}

/** The keys that are there, and whether the row knows that a post was begun; undefined when the database does not open. */
async function kept(): Promise<Map<string, boolean> | undefined> {
  const dir = join(mounted, 'data/pg');
  // Cut off before it was created: it will be.
  if (!existsSync(dir)) return new Map();
  // A look recovers and writes: it gets a copy.
  const copy = join(folder, 'copy');
  rmSync(copy, { recursive: true, force: true });
  cpSync(dir, copy, { recursive: true });
  const look = fork(resolve(import.meta.dirname, 'power-cut/look.ts'), [copy], inTypeScript);
  const gone = new Promise<undefined>((exited) => look.once('exit', () => exited(undefined)));
  const seen = await Promise.race([
    gone,
    new Promise<Seen>((told) => look.once('message', (seen: Seen) => told(seen))),
  ]);
  await gone;
  return seen && new Map(seen);
}
