import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { requireOwnFiles } from './data-directory.js';
import { lockDirectory } from './directory-lock.js';
import { Disk, diskSettings, fsyncDirectory, fsyncTree } from './disk.js';
import type { OpenPostgres } from './open-postgres.js';
import { pglitePool } from './pglite-pool.js';

type PGliteClass = Awaited<ReturnType<typeof loadEmbedded>>;

/** Loads the embedded engine before the directory is touched, so that a missing package is not taken for an unusable directory. */
export async function loadEmbedded() {
  return (await import('@electric-sql/pglite')).PGlite;
}

/**
 * Opens the embedded engine, which this process then holds alone. The first start creates it.
 * @throws EngineError when another process holds the directory, or it belongs to another user
 */
export async function openEmbedded(
  PGlite: PGliteClass,
  dataDir: string,
  notice: (sentence: string) => void,
): Promise<OpenPostgres> {
  const lock = await lockDirectory(dataDir);
  try {
    const dir = join(dataDir, 'pg');
    if (!existsSync(dir)) {
      notice(`Creating the embedded database in ${dir}. This takes a few seconds, once.`);
      await createWhole(dir, (folder) => PGlite.create(folder));
    }
    await requireOwnFiles(dir);
    // A power cut may leave it empty, which Postgres refuses. The lock on the directory is ours.
    await rm(join(dir, 'postmaster.pid'), { force: true });
    const engine = await PGlite.create(dir, { startParams: [...PGlite.defaultStartParams, ...diskSettings] });
    const disk = new Disk(dir);
    return {
      pool: pglitePool(engine),
      description: `embedded Postgres in ${dir}`,
      isEmbedded: true,
      durable: () => disk.log(),
      async close() {
        try {
          await disk.log();
          await engine.close();
          await fsyncTree(dir);
        } finally {
          await lock.release();
        }
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Creates the directory completely or not at all: a power cut leaves it under another name, and the next start begins again. */
async function createWhole(
  dir: string,
  create: (folder: string) => Promise<{ close(): Promise<void> }>,
): Promise<void> {
  const unfinished = `${dir}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await (await create(unfinished)).close();
  await fsyncTree(unfinished);
  await rename(unfinished, dir);
  await fsyncDirectory(dirname(dir));
}
