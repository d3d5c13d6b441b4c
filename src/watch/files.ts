import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeLimits } from '../intake/limits.js';
import { FolderError, type LogFile, type WatchFiles } from './ports.js';

/** As IIS names its logs. */
const logName = /^fr\d{1,10}\.xml$/i;
/** Logs of a folder and the folders in it; FailedReqLogFiles holds one folder for each site. */
const depth = 2;
/** Sizes that are looked up at a time: a share answers several at once. */
const lookups = 16;

/** What the watcher needs of the file system; tests put a share that hangs in its place. */
export type FileCalls = Pick<typeof import('node:fs/promises'), 'readdir' | 'readFile' | 'stat'>;

/**
 * Returns the files of watched folders. A call that takes longer than the limit counts as failed, and until it returns no
 * other is made for that folder: each would take one of the few threads that all folders share.
 * @param sleep waits for milliseconds, or until the signal aborts
 */
export function createWatchFiles(
  limitMs: number,
  sleep: (ms: number, signal: AbortSignal) => Promise<void>,
  calls: FileCalls = { readdir, readFile, stat } as FileCalls,
): WatchFiles {
  const inTime = createTimeLimit(limitMs, sleep);

  async function listInto(found: string[], folder: string, at: string, level: number): Promise<void> {
    const entries = await inTime(folder, () => calls.readdir(join(folder, at), { withFileTypes: true }));
    const folders: string[] = [];
    for (const entry of entries) {
      const name = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isFile() && logName.test(entry.name) && found.length < sizeLimits.folderFiles) found.push(name);
      if (entry.isDirectory() && level < depth) folders.push(name);
    }
    for (const name of folders) await listInto(found, folder, name, level + 1);
  }

  return {
    async list(folder, { open, keep }) {
      const names: string[] = [];
      await listInto(names, folder, '', 1);
      const logs: LogFile[] = [];
      const opened = open(names);
      for (let i = 0; i < opened.length; i += lookups) {
        const some = opened.slice(i, i + lookups).map((name) => ({ name, path: join(folder, name) }));
        const sizes = await inTime(folder, () => Promise.all(some.map(({ path }) => sizeOf(path, calls))));
        const found = sizes.flatMap((size, n): LogFile[] => (size ? [{ ...some[n]!, ...size }] : []));
        logs.push(...found.filter(keep));
      }
      return { names, logs };
    },
    async read(folder, path) {
      try {
        return await inTime(folder, () => calls.readFile(path));
      } catch (error) {
        if (error instanceof FolderError && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}

/** Runs a call for a folder. Throws FolderError when it fails, takes too long, or another call for the folder still hangs. */
type FolderCall = <T>(folder: string, call: () => Promise<T>) => Promise<T>;

function createTimeLimit(limitMs: number, sleep: (ms: number, signal: AbortSignal) => Promise<void>): FolderCall {
  const hanging = new Set<string>();
  return async <T>(folder: string, call: () => Promise<T>): Promise<T> => {
    if (hanging.has(folder)) throw new FolderError('TIMEOUT');
    const answered = new AbortController();
    const running = call();
    const late = sleep(limitMs, answered.signal).then(() => {
      if (answered.signal.aborted) return running;
      hanging.add(folder);
      void running.catch(() => undefined).finally(() => hanging.delete(folder));
      throw new FolderError('TIMEOUT');
    });
    try {
      return await Promise.race([running, late]);
    } catch (error) {
      throw error instanceof FolderError ? error : new FolderError(codeOf(error), { cause: error });
    } finally {
      answered.abort();
      late.catch(() => undefined);
    }
  };
}

/** Returns size and time of a file; undefined when IIS has removed it meanwhile. */
async function sizeOf(path: string, calls: FileCalls) {
  try {
    const { size, mtimeMs } = await calls.stat(path);
    return { size, changedAt: Math.floor(mtimeMs) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? 'EIO';
}
