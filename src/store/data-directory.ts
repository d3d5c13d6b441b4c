import { access, constants, mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EngineError } from './errors.js';

/** With fewer free bytes the engine may fail at its next write, because its log grows by pieces of 16 MB. */
const roomBytes = 32 * 1024 * 1024;

/**
 * Creates the data directory where it is missing, and proves that it can be written to.
 * @throws EngineError with the obstacle in one sentence
 */
export async function prepareDirectory(dir: string): Promise<void> {
  try {
    await createDirectory(dir);
    await proveWritable(dir);
  } catch (error) {
    throw unusableDirectory(dir, error);
  }
}

/** Returns why the directory cannot be written to; undefined when it can. */
export async function findObstacle(dir: string): Promise<string | undefined> {
  try {
    await proveWritable(dir);
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize < roomBytes ? 'its disk is nearly full' : undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Throws when a file in the directory belongs to another user, because the embedded engine would say only that it failed. */
export async function requireOwnFiles(dir: string): Promise<void> {
  for (const name of await readdir(dir)) await access(join(dir, name), constants.R_OK | constants.W_OK);
}

/** Returns the error for a data directory that cannot be used. */
export function unusableDirectory(dir: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError(
    `FREBOT_DATA ${dir} cannot be used: ${reasonOf(error)}; for example: FREBOT_DATA=/var/lib/frebot, a directory that belongs to the user Frebot runs as`,
  );
}

/** Creates one level after the other, because Node's recursive mkdir does not return from `/proc`. */
async function createDirectory(dir: string): Promise<void> {
  const existing = await stat(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (existing?.isDirectory()) return;
  if (existing) throw Object.assign(new Error('no directory'), { code: 'ENOTDIR' });
  await createDirectory(dirname(dir));
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
  EROFS: 'it is on a read-only file system',
  EACCES: 'the user Frebot runs as may not write there',
  EPERM: 'the user Frebot runs as may not write there',
  ENOTDIR: 'there is a file in its place, or above it',
  ENOENT: 'no directory can be created there',
  EIO: 'its disk fails',
};

/** Codes of the embedded engine's own file system, which has only numbers, and Postgres' codes for unreadable files and a full disk. */
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
