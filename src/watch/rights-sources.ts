import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { FolderError, type WatchFiles } from './ports.js';
import { RightsError, type RightsSource } from './rights-watch.js';

/** Milliseconds that secedit may take. */
const exportMs = 60_000;

/** Returns the source of files that a scheduled task writes: an export, a report of gpresult, applicationHost.config. */
export function rightsFromFiles(paths: readonly string[], files: WatchFiles): RightsSource {
  return {
    async read() {
      const found: { name: string; bytes: Uint8Array }[] = [];
      for (const path of paths) {
        const bytes = await files.read(dirname(path), path).catch((error: unknown) => {
          throw error instanceof FolderError ? new RightsError(`I can't read ${path} (${error.code}).`) : error;
        });
        if (bytes === undefined) throw new RightsError(`I can't read ${path}: it isn't there.`);
        found.push({ name: basename(path), bytes });
      }
      return found;
    },
  };
}

/**
 * Returns the source that asks Windows itself, with secedit. It needs an elevated account.
 * @param others further files of this server, such as applicationHost.config; one that cannot be read is left out
 */
export function rightsFromWindows(others: readonly string[], run = promisify(execFile)): RightsSource {
  return {
    server: hostname(),
    async read() {
      const folder = await mkdtemp(join(tmpdir(), 'frebot-rights-'));
      const path = join(folder, 'rights.inf');
      try {
        await run('secedit', ['/export', '/areas', 'USER_RIGHTS', '/cfg', path, '/quiet'], { timeout: exportMs });
        const more = await Promise.all(others.map((other) => readFile(other).catch(() => undefined)));
        const named = more.map((bytes, i) => ({ name: basename(others[i] as string), bytes }));
        return [
          { name: 'rights.inf', bytes: await readFile(path) },
          ...named.flatMap(({ name, bytes }) => (bytes ? [{ name, bytes }] : [])),
        ];
      } catch {
        throw new RightsError(
          "I can't export the list of rights: secedit needs an elevated account. A scheduled task can write the export for me; name its file with --rights.",
        );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
