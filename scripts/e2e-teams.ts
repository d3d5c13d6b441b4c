// npm run e2e:teams: runs Frebot in Microsoft's local client for Teams apps, driven in Debian's Chromium. The client listens
// on every address of the machine, so it runs in its own network without access to others. A stand-in for SharePoint in
// that network has an address and a name as in the real one. Prints why when it cannot run here.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Name and address of the stand-in for SharePoint, inside of that network only. */
const sharePoint = { name: 'contoso-my.sharepoint.com', address: '13.107.136.10' };

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'frebot-e2e-'));
// A user without rights gets them in a user namespace, where the system allows that.
const enter = [...(process.getuid?.() === 0 ? [] : ['-r']), '-n', '-m'];
const runs = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

function obstacle(): string | undefined {
  if (!existsSync('/usr/bin/chromium')) return 'chromium is not installed';
  if (!existsSync(join(root, 'node_modules/.bin/agentsplayground'))) return 'the Playground is not installed';
  if (!runs('openssl', 'version')) return 'openssl is not installed';
  if (!runs('unshare', ...enter, 'ip', 'link', 'set', 'lo', 'up')) return 'no network of its own can be made here';
  return undefined;
}

const why = obstacle();
if (why) {
  console.log(`SKIPPED e2e:teams: ${why}`);
} else {
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, `127.0.0.1 localhost\n${sharePoint.address} ${sharePoint.name}\n`);
  const inside = `ip link set lo up && ip address add ${sharePoint.address}/32 dev lo && mount --bind "$1" /etc/hosts && shift && exec "$@"`;
  const vitest = [process.execPath, join(root, 'node_modules/vitest/vitest.mjs'), 'run'];
  const test = ['--config', 'vitest.browser.config.ts', 'test/browser/teams-playground.test.ts'];
  const env = { ...process.env, FREBOT_E2E_SHAREPOINT: `${sharePoint.address} ${sharePoint.name}` };
  const args = [...enter, 'sh', '-c', inside, 'sh', hosts, ...vitest, ...test, ...process.argv.slice(2)];
  process.exitCode = spawnSync('unshare', args, { cwd: root, env, stdio: 'inherit' }).status ?? 1;
}
rmSync(folder, { recursive: true });
