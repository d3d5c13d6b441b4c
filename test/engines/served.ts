import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { freePort } from '../free-port.js';

const root = resolve(import.meta.dirname, '../..');
const running: ChildProcess[] = [];
const folders: string[] = [];
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Creates a folder that is removed after the test file. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'frebot-serve-'));
  folders.push(folder);
  return folder;
}

/** A process that runs `frebot serve`, with a chat door open. */
export interface Served {
  child: ChildProcess;
  /** The address of the page and of `/api/messages`. */
  address: string;
  said: { out: string; error: string };
  /** Exit code, or the signal that ended it. */
  exit: Promise<number | string>;
  /** Resolves with the checks of `/readyz` when the doors are open. */
  open(): Promise<{ name: string; state: string }[]>;
}

/**
 * @param dataDir the data directory, inside a folder that exists
 * @param more `uid`: the user it runs as; `preload`: a module that is loaded before the program
 */
export async function serve(
  dataDir: string,
  env: Record<string, string> = {},
  more: { uid?: number; preload?: string } = {},
): Promise<Served> {
  const port = await freePort();
  const preload = more.preload ? ['--import', more.preload] : [];
  const child = spawn(process.execPath, ['--import', 'tsx', ...preload, join(root, 'src/main.ts'), 'serve'], {
    cwd: root,
    ...(more.uid !== undefined && { uid: more.uid, gid: more.uid }),
    env: {
      PATH: process.env.PATH,
      HOME: dataDir,
      FREBOT_PORT: String(port),
      FREBOT_DATA: dataDir,
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
  const address = `http://127.0.0.1:${port}`;
  return {
    child,
    address,
    said,
    exit,
    async open() {
      while (!said.out.includes('Teams')) {
        if (child.exitCode !== null) throw new Error(said.error);
        await new Promise((wait) => setTimeout(wait, 25));
      }
      return ((await (await fetch(`${address}/readyz`)).json()) as { checks: { name: string; state: string }[] })
        .checks;
    },
  };
}
