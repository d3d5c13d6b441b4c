import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'frebot-serve-'));
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** `frebot serve` with a chat door open, in a directory of its own. */
async function serve(env: Record<string, string> = {}) {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/main.ts'), 'serve'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: dir,
      FREBOT_PORT: String(port),
      FREBOT_DATA: join(dir, 'data'),
      TEAMS_DEV_WITHOUT_AUTH: 'true',
      FREBOT_LOG_LEVEL: 'error',
      ...env,
    },
  });
  running.push(child);
  const said = { out: '', error: '' };
  child.stdout.on('data', (data) => {
    said.out += data;
  });
  child.stderr.on('data', (data) => {
    said.error += data;
  });
  const exit = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  const open = async () => {
    while (!said.out.includes('Teams')) {
      if (child.exitCode !== null) throw new Error(said.error);
      await new Promise((wait) => setTimeout(wait, 25));
    }
    return (await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()) as {
      checks: { name: string; state: string }[];
    };
  };
  return { child, said, exit, open };
}

it('one process a directory; a stop in order and a kill are both survived', async () => {
  const first = await serve();
  expect((await first.open()).checks).toContainEqual(expect.objectContaining({ name: 'database', state: 'ok' }));
  expect(first.said.out).toMatch(/^Creating the embedded database in /);

  const second = await serve();
  expect(await second.exit).toBe(2);
  expect(second.said.error).toMatch(/^frebot: FREBOT_DATA .* is in use by another Frebot on this machine; .*\n$/);

  first.child.kill('SIGTERM');
  expect(await first.exit).toBe(0);
  expect(first.said.error).toBe('');

  const third = await serve();
  await third.open();
  expect(third.said.out).not.toMatch(/Creating/);
  third.child.kill('SIGKILL');
  await third.exit;

  const fourth = await serve();
  await fourth.open();
  fourth.child.kill('SIGINT');
  expect(await fourth.exit).toBe(0);
});

it('a database that is not there stops the start with one sentence, and without the password', async () => {
  const lost = await serve({ DATABASE_URL: 'postgres://frebot:hidden@127.0.0.1:1/frebot' });
  expect(await lost.exit).toBe(2);
  expect(lost.said.error).toMatch(/^frebot: DATABASE_URL leads to no Postgres .*\n$/);
  expect(lost.said.error).not.toContain('hidden');
});
