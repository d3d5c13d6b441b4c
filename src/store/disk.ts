import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Settings for the engine's start. Postgres removes log that a checkpoint has made unnecessary; here that checkpoint may not be
 * on the disk yet, so Postgres keeps more log than there is between two checkpoints.
 */
export const diskSettings = ['-c', 'max_wal_size=128MB', '-c', 'wal_keep_size=192MB'];

/** Milliseconds that the clock of a file system and ours may differ. */
const slackMs = 2_000;

/**
 * Makes the embedded engine's writes survive a power cut. PGlite runs with `fsync` off and its files go through Emscripten, so a
 * commit reaches the operating system, where it survives a kill, and the disk half a minute later. Its write-ahead log suffices
 * for recovery if the data files were on the disk at the last checkpoint.
 */
export class Disk {
  readonly #dir: string;
  #running: Promise<void>;
  #next: Promise<void> | undefined;
  /** When the last round began; later writes are not on the disk yet. */
  #since = 0;
  /** When the engine last recorded a checkpoint. */
  #checkpoint: number | undefined;
  /** Segments of the log whose names are on the disk. */
  readonly #named = new Set<string>();

  /** @param dir data directory of a Postgres; everything in it is written to the disk first, in the background */
  constructor(dir: string) {
    this.#dir = dir;
    this.#running = this.#syncAll();
    // The first round repeats what failed.
    this.#running.catch(() => undefined);
  }

  /**
   * Resolves when everything committed before the call is on the disk. Calls made at the same time share the wait.
   * @throws the file system's error
   */
  log(): Promise<void> {
    // A running round may have passed the last write already.
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#running = this.#runRound();
        return this.#running;
      });
    return this.#next;
  }

  async #syncAll(): Promise<void> {
    const checkpoint = await modifiedAt(join(this.#dir, control));
    await fsyncTree(this.#dir);
    this.#checkpoint = checkpoint;
  }

  async #runRound(): Promise<void> {
    const began = Date.now();
    // After a checkpoint, the log alone does not suffice any more.
    if ((await modifiedAt(join(this.#dir, control))) !== this.#checkpoint) await this.#syncAll();
    const folder = join(this.#dir, log);
    const segments = (await readdir(folder)).filter((name) => /^[0-9A-F]{24}$/.test(name));
    const times = await Promise.all(segments.map((name) => modifiedAt(join(folder, name))));
    const written = segments.filter((_, i) => (times[i] ?? 0) >= this.#since - slackMs);
    await Promise.all(written.map((name) => fsyncFile(join(folder, name))));
    if (written.some((name) => !this.#named.has(name))) await fsyncDirectory(folder);
    for (const name of written) this.#named.add(name);
    this.#since = began;
  }
}

/** The file in which Postgres records its last checkpoint. */
const control = join('global', 'pg_control');
/** The directory of its write-ahead log. */
const log = 'pg_wal';

/**
 * Writes a whole Postgres to the disk, as created or as a checkpoint has left it: first the log, then the data it describes, last
 * the record that less of the log is needed. A power cut in between leaves a consistent state.
 */
export async function fsyncTree(dir: string): Promise<void> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => ({ path: join(entry.parentPath, entry.name), entry }));
  const files = paths.filter(({ entry }) => entry.isFile()).map(({ path }) => path);
  const folders = paths.filter(({ entry }) => entry.isDirectory()).map(({ path }) => path);
  const note = join(dir, control);
  const inLog = (path: string) => path.startsWith(join(dir, log));
  await runInLanes(files.filter(inLog), fsyncFile);
  await fsyncDirectory(join(dir, log));
  const others = files.filter((path) => path !== note && !inLog(path));
  await runInLanes(others, fsyncFile);
  await runInLanes([...folders, dir], fsyncDirectory);
  await fsyncFile(note);
}

/** Returns milliseconds since 1970; undefined when the file is gone, as a log segment that is no longer needed. */
async function modifiedAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function fsyncFile(path: string): Promise<void> {
  // Opened for writing, because Windows syncs no other handles. A file that is gone needs nothing.
  const file = await open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  try {
    await file?.datasync();
  } finally {
    await file?.close();
  }
}

/** Writes the names in a folder to the disk. Windows has no such operation. */
export async function fsyncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function runInLanes(paths: readonly string[], work: (path: string) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < paths.length; i = next++) await work(paths[i] as string);
  };
  await Promise.all(Array.from({ length: 4 }, lane));
}
