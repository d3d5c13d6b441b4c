import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join, relative } from 'node:path';
import { EngineError } from './errors.js';

/** Holds a directory for one process. */
export interface DirectoryLock {
  release(): Promise<void>;
}

/** The longest address a local socket may have on every system. */
const longest = 100;

/**
 * Holds the data directory by listening on a local socket in it: a listener ends with its process, however that ends, so
 * nothing has to be guessed from times or process numbers. On Windows it is a named pipe.
 * @throws EngineError when another process holds it
 */
export async function lockDirectory(dir: string): Promise<DirectoryLock> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  return process.platform === 'win32' ? lockByPipe(dir) : lockBySocket(dir);
}

async function lockByPipe(dir: string): Promise<DirectoryLock> {
  const name = createHash('sha256')
    .update((await realpath(dir)).toLowerCase())
    .digest('hex')
    .slice(0, 32);
  const server = await listen(`\\\\.\\pipe\\frebot-${name}`).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? taken(dir) : error;
  });
  return { release: () => close(server) };
}

/**
 * Listens under a name of its own, then links it to the common one: a link is made or refused, never replaced, so two
 * starting together cannot both have it. A name nobody listens behind was left by a kill and is moved out of the way.
 */
async function lockBySocket(dir: string): Promise<DirectoryLock> {
  const mine = address(dir, `lock-${randomBytes(4).toString('hex')}`);
  const common = address(dir, 'lock');
  const server = await listen(mine);
  try {
    for (let tries = 0; !(await linked(mine, common)); tries++) {
      if (tries === 3 || (await answers(common))) throw taken(dir);
      const aside = address(dir, `left-${randomBytes(4).toString('hex')}`);
      if (!(await moved(common, aside))) continue;
      // Between look and move somebody may have taken over: what was moved is asked once more.
      const alive = await answers(aside);
      if (alive) await linked(aside, common);
      await rm(aside, { force: true });
      if (alive) throw taken(dir);
    }
  } catch (error) {
    await close(server);
    throw error;
  }
  await tidy(dir, mine);
  return {
    async release() {
      await rm(common, { force: true });
      await close(server);
    },
  };
}

/** Removes the names that killed processes left behind. */
async function tidy(dir: string, mine: string): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!/^(lock|left)-[0-9a-f]{8}$/.test(name)) continue;
    const path = address(dir, name);
    if (path !== mine && !(await answers(path))) await rm(path, { force: true });
  }
}

function taken(dir: string): EngineError {
  return new EngineError(
    `FREBOT_DATA ${dir} is in use by another Frebot on this machine; stop that one, or give this one a directory of its own, for example: FREBOT_DATA=/var/lib/frebot2`,
  );
}

/** The shorter of the absolute and the relative path: addresses of sockets have a limit. */
function address(dir: string, name: string): string {
  const absolute = join(dir, name);
  const fromHere = relative(process.cwd(), absolute);
  const path = fromHere.length < absolute.length ? fromHere : absolute;
  if (path.length <= longest) return path;
  throw new EngineError(`FREBOT_DATA is a path too long to hold a lock in; for example: FREBOT_DATA=/var/lib/frebot`);
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(path, () => resolve(server.unref()));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
