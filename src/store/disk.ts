import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Settings that go with it, for the engine's start. Postgres removes log that a checkpoint has made needless; here that
 * checkpoint may not be on the disk yet, so it keeps more than lies between two of them.
 */
export const diskSettings = ['-c', 'max_wal_size=128MB', '-c', 'wal_keep_size=192MB'];

/** How far apart the clock of a file system and ours may be, milliseconds. */
const slackMs = 2_000;

/**
 * Makes what the embedded engine has written survive a power cut. PGlite runs with `fsync` off and its files go through
 * Emscripten, so that a commit reaches the operating system, which a kill does not touch, and the disk half a minute later.
 * Its write-ahead log is enough to recover from, as long as the data files were on the disk at the last checkpoint.
 */
export class Disk {
  readonly #dir: string;
  #running: Promise<void>;
  #next: Promise<void> | undefined;
  /** When the last round began; what was written since is not on the disk yet. */
  #since = 0;
  /** When the engine last noted a checkpoint. */
  #checkpoint: number | undefined;
  /** Segments of the log whose names are on the disk. */
  readonly #named = new Set<string>();

  /** @param dir data directory of a Postgres; everything in it is brought to the disk first, beside other work */
  constructor(dir: string) {
    this.#dir = dir;
    this.#running = this.#all();
    // What failed is tried again by the first round.
    this.#running.catch(() => undefined);
  }

  /**
   * Resolves when everything committed before the call is on the disk. Calls made at the same time share the wait.
   * @throws the file system's error
   */
  log(): Promise<void> {
    // A round under way may have passed the last write already.
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#running = this.#round();
        return this.#running;
      });
    return this.#next;
  }

  async #all(): Promise<void> {
    const checkpoint = await changedAt(join(this.#dir, control));
    await fsyncTree(this.#dir);
    this.#checkpoint = checkpoint;
  }

  async #round(): Promise<void> {
    const began = Date.now();
    // A checkpoint, after so much log: from now on the log alone is not enough any more.
    if ((await changedAt(join(this.#dir, control))) !== this.#checkpoint) await this.#all();
    const folder = join(this.#dir, log);
    const segments = (await readdir(folder)).filter((name) => /^[0-9A-F]{24}$/.test(name));
    const times = await Promise.all(segments.map((name) => changedAt(join(folder, name))));
    const written = segments.filter((_, i) => (times[i] ?? 0) >= this.#since - slackMs);
    await Promise.all(written.map((name) => bytesToDisk(join(folder, name))));
    if (written.some((name) => !this.#named.has(name))) await fsyncDirectory(folder);
    for (const name of written) this.#named.add(name);
    this.#since = began;
  }
}

/** Where Postgres notes its last checkpoint. */
const control = join('global', 'pg_control');
/** Where its write-ahead log is. */
const log = 'pg_wal';

/**
 * Brings a whole Postgres to the disk: as it was created, or as a checkpoint has just left it. First the log, then what it
 * tells of, last the note that less of the log is needed now: cut off in between, what is there fits together.
 */
export async function fsyncTree(dir: string): Promise<void> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => ({ path: join(entry.parentPath, entry.name), entry }));
  const files = paths.filter(({ entry }) => entry.isFile()).map(({ path }) => path);
  const folders = paths.filter(({ entry }) => entry.isDirectory()).map(({ path }) => path);
  const note = join(dir, control);
  const inLog = (path: string) => path.startsWith(join(dir, log));
  await inLanes(files.filter(inLog), bytesToDisk);
  await fsyncDirectory(join(dir, log));
  const others = files.filter((path) => path !== note && !inLog(path));
  await inLanes(others, bytesToDisk);
  await inLanes([...folders, dir], fsyncDirectory);
  await bytesToDisk(note);
}

/** Milliseconds since 1970; undefined when the file is gone, as a segment of the log that is no longer needed. */
async function changedAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function bytesToDisk(path: string): Promise<void> {
  // For writing: Windows syncs no other handles. A file that has gone meanwhile needs nothing.
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

/** The names in a folder. Windows knows no such thing and refuses. */
export async function fsyncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function inLanes(paths: readonly string[], work: (path: string) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < paths.length; i = next++) await work(paths[i] as string);
  };
  await Promise.all(Array.from({ length: 4 }, lane));
}
