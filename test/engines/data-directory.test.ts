import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ownFolder, serve } from './served.js';

const folder = ownFolder();
chmodSync(folder, 0o755);
const root = process.platform === 'linux' && process.getuid?.() === 0;
/** The user id of `nobody`, who has no rights on any Linux. */
const nobody = 65_534;
const mounted: string[] = [];
afterAll(() => {
  for (const place of mounted) execFileSync('umount', [place]);
});

/** Mounts a file system in memory; returns undefined where that is not permitted. */
function mount(name: string, options: string): string | undefined {
  const place = join(folder, name);
  mkdirSync(place);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place], { stdio: 'ignore' });
    mounted.push(place);
    return place;
  } catch {
    return undefined;
  }
}

function directory(name: string, mode: number, owner = 0): string {
  const path = join(folder, name);
  mkdirSync(path);
  chmodSync(path, mode);
  if (root) chownSync(path, owner, owner);
  return path;
}

const file = join(folder, 'file');
writeFileSync(file, 'a file');
const belongsToOther = directory('mixed', 0o777);
mkdirSync(join(belongsToOther, 'pg'));
writeFileSync(join(belongsToOther, 'pg', 'PG_VERSION'), '17\n', { mode: 0o600 });
const full = root ? mount('full', 'size=4k') : undefined;
const small = root ? mount('small', 'size=20m') : undefined;
const readOnly = root ? mount('read-only', 'ro') : undefined;

interface Bad {
  name: string;
  path: string | undefined;
  says: string;
  uid?: number;
}

const bad: Bad[] = [
  { name: 'a file in its place', path: file, says: 'there is a file in its place' },
  { name: 'below a file', path: join(file, 'data'), says: 'there is a file in its place, or above it' },
  { name: 'of the system', path: root ? '/proc' : undefined, says: 'no directory can be created there' },
  { name: 'below /proc', path: root ? '/proc/frebot' : undefined, says: 'no directory can be created there' },
  { name: 'full', path: full, says: 'its disk is full' },
  { name: 'with too little room', path: small, says: 'its disk is full' },
  { name: 'read-only', path: readOnly, says: 'a read-only file system' },
  { name: 'of another user', path: root ? directory('other', 0o755) : undefined, says: 'may not write', uid: nobody },
  { name: 'with a database of another user', path: belongsToOther, says: 'may not write', uid: nobody },
];

/** Root may start it as another user, where that user can read the checkout. */
const readable = `require('fs').accessSync(${JSON.stringify(import.meta.filename)})`;
const asOther = root && spawnSync(process.execPath, ['-e', readable], { uid: nobody, gid: nobody }).status === 0;
const possible = ({ path, uid }: Bad) => path !== undefined && (uid === undefined || asOther);

it.each(bad.filter(possible))(
  'a data directory $name stops the start with one sentence and exit code 2',
  async ({ path, says, uid }) => {
    const frebot = await serve(path as string, {}, uid === undefined ? {} : { uid });
    expect(await frebot.exit).toBe(2);
    expect(frebot.said.error).toMatch(/^frebot: FREBOT_DATA [^\n]* cannot be used: [^\n]*\n$/);
    expect(frebot.said.error).toContain(says);
  },
);
