import { createHash, randomBytes } from 'node:crypto';
import { link, readdir, realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join, relative } from 'node:path';
import { EngineError } from './errors.js';

/** Holds a directory for one process. */
export interface DirectoryLock {
  release(): Promise<void>;
}

/** Characters of a local socket's address at most, on every system. */
const mostCharacters = 100;

/**
 * Locks the data directory by listening on a local socket in it. A listener always ends with its process, so nothing must be
 * guessed from times or process numbers. On Windows it is a named pipe.
 * @param dir an existing directory
 * @throws EngineError when another process holds it
 */
export async function lockDirectory(dir: string): Promise<DirectoryLock> {
  return process.platform === 'win32' ? lockByPipe(dir) : lockBySocket(dir);
}

async function lockByPipe(dir: string): Promise<DirectoryLock> {
  const name = createHash('sha256')
    .update((await realpath(dir)).toLowerCase())
    .digest('hex')
    .slice(0, 32);
  const server = await listen(`\\\\.\\pipe\\frebot-${name}`).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? inUseError(dir) : error;
  });
  return { release: () => close(server) };
}

/**
 * Listens under a unique name, then links that name to the next numbered lock. A link is created or refused, never replaced, so
 * only one of the processes that saw the same last lock dead gets the next number. A lock with a listener is never moved or
 * removed. The process with a number checks once more, because a slow starter may have counted from a lock long gone.
 */
async function lockBySocket(dir: string): Promise<DirectoryLock> {
  const own = address(dir, `own-${randomBytes(4).toString('hex')}`);
  const server = await listen(own);
  let lock: string | undefined;
  const release = async () => {
    if (lock) await rm(lock, { force: true });
    await close(server);
  };
  try {
    for (let tries = 0; !lock; tries++) {
      // Another process was quicker in each round.
      if (tries === 10) throw inUseError(dir);
      const last = (await listLocks(dir)).at(-1) ?? 0;
      if (last > 0 && (await isAnswered(address(dir, `lock-${last}`)))) throw inUseError(dir);
      const next = address(dir, `lock-${last + 1}`);
      if (await createLink(own, next)) lock = next;
    }
    for (const number of await listLocks(dir)) {
      const other = address(dir, `lock-${number}`);
      if (other !== lock && (await isAnswered(other))) throw inUseError(dir);
    }
  } catch (error) {
    await release();
    throw error;
  }
  await removeDeadLocks(dir, [own, lock]);
  return { release };
}

/** Lists the numbers of the locks in the directory, lowest first. */
async function listLocks(dir: string): Promise<number[]> {
  const numbers = (await readdir(dir)).flatMap((name) => /^lock-([0-9]{1,15})$/.exec(name)?.[1] ?? []);
  return numbers.map(Number).sort((a, b) => a - b);
}

/** Removes the locks of killed processes. */
async function removeDeadLocks(dir: string, mine: string[]): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!/^(lock-[0-9]{1,15}|own-[0-9a-f]{8})$/.test(name)) continue;
    const path = address(dir, name);
    if (!mine.includes(path) && !(await isAnswered(path))) await rm(path, { force: true });
  }
}

function inUseError(dir: string): EngineError {
  return new EngineError(
    `FREBOT_DATA ${dir} is in use by another Frebot on this machine; stop that one, or give this one a directory of its own, for example: FREBOT_DATA=/var/lib/frebot2`,
  );
}

/** Returns the shorter of the absolute and the relative path, because addresses of sockets have a limit. */
function address(dir: string, name: string): string {
  const absolute = join(dir, name);
  const fromHere = relative(process.cwd(), absolute);
  const path = fromHere.length < absolute.length ? fromHere : absolute;
  if (path.length <= mostCharacters) return path;
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

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function createLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    // ENOENT: another process removed our name before we listened behind it.
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
