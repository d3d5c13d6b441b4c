import { access, constants, mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EngineError } from './errors.js';

/** Below so many free bytes the engine may fail at its next write: its log grows by pieces of 16 MB. */
const roomBytes = 32 * 1024 * 1024;

/**
 * Makes the data directory where it is missing, and proves that it can be written to.
 * @throws EngineError that says in one sentence what is in the way
 */
export async function usableDirectory(dir: string): Promise<void> {
  try {
    await made(dir);
    await proveWritable(dir);
  } catch (error) {
    throw unusable(dir, error);
  }
}

/** Returns why the directory cannot be written to; undefined when it can. */
export async function obstacle(dir: string): Promise<string | undefined> {
  try {
    await proveWritable(dir);
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize < roomBytes ? 'its disk is nearly full' : undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** @throws when something in the directory belongs to another user: the embedded engine says only that it failed. */
export async function proveOwn(dir: string): Promise<void> {
  for (const name of await readdir(dir)) await access(join(dir, name), constants.R_OK | constants.W_OK);
}

/** The sentence for an operator whose data directory cannot be used. */
export function unusable(dir: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError(
    `FREBOT_DATA ${dir} cannot be used: ${reasonOf(error)}; for example: FREBOT_DATA=/var/lib/frebot, a directory that belongs to the user Frebot runs as`,
  );
}

/** Step by step: asked for all steps at once, Node does not come back from `/proc`. */
async function made(dir: string): Promise<void> {
  const there = await stat(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (there?.isDirectory()) return;
  if (there) throw Object.assign(new Error('no directory'), { code: 'ENOTDIR' });
  await made(dirname(dir));
  await mkdir(dir, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

async function proveWritable(dir: string): Promise<void> {
  const path = join(dir, 'writable');
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(Buffer.alloc(4096, 1));
    await file.datasync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk is full for this user',
  EROFS: 'it lies on a file system that is read-only',
  EACCES: 'the user Frebot runs as may not write there',
  EPERM: 'the user Frebot runs as may not write there',
  ENOTDIR: 'a file stands in its place, or above it',
  ENOENT: 'no directory can be made there',
  EIO: 'its disk fails',
};

/** Codes of the embedded engine's own file system, which knows numbers only; and Postgres' for what it may not read and for a full disk. */
const otherCodes: Readonly<Record<string, string>> = {
  2: 'EACCES',
  19: 'EDQUOT',
  29: 'EIO',
  51: 'ENOSPC',
  54: 'ENOTDIR',
  63: 'EPERM',
  69: 'EROFS',
  42501: 'EACCES',
  53100: 'ENOSPC',
};

function reasonOf(error: unknown): string {
  const { code, errno, name } = error as { code?: string; errno?: number; name?: string };
  const known = otherCodes[String(code ?? errno)] ?? String(code ?? name ?? 'unknown');
  return reasons[known] ?? `the database cannot be opened there (${known})`;
}
