import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Reading, Refusal } from '../evidence/evidence.js';
import { readEvidence, readPasted } from '../evidence/read.js';
import { looksZipped, shouldReport } from './bundle.js';
import { Children, type Readers } from './children.js';
import { type CollectedBytes, collectBytes, stretch, TooLargeError, taken } from './collect.js';
import { type ComparedLogs, compareLogs } from './compare.js';
import { listFolder, statPath } from './folder.js';
import type { IntakeInput } from './input.js';
import { JobFailed } from './job-failed.js';
import type { JobResult, LargeFile, NamedPath } from './job-result.js';
import { type Job, timelinesUpTo } from './jobs.js';
import { sizeLimits } from './limits.js';
import { PacedQueue } from './pacing.js';
import { WorkerPool } from './pool.js';
import { refusalOf, refusedReading } from './refused.js';

export type { IntakeInput } from './input.js';

/** @param done of `total` files known so far; skipped ones count */
type OnReading = (reading: Reading, done: number, total: number) => void;

/** The readings of all inputs, and how many files of bundles were skipped because they are no evidence. */
export interface ReadInputs {
  readings: Reading[];
  skipped: number;
}

/** The one place that feeds bytes to the readers of evidence. */
export interface Intake {
  /**
   * Reads everything in the inputs. Readings keep the order of the inputs; an entry of a zip or folder is named `zip/entry`.
   * What cannot be read is a reading with a refusal; rejects only with what an input stream threw.
   * @param onReading called with each reading as it is found
   */
  read(inputs: IntakeInput[], onReading?: OnReading): Promise<ReadInputs>;
  /** Reads a failing and a working log, in this order, and finds where they part. Each must be a single file. */
  compare(bad: IntakeInput, good: IntakeInput): Promise<ComparedLogs>;
  /** Ends the worker threads and child processes. */
  close(): Promise<void>;
}

/** A place in the order of results: a reading, the results of a zip, or nothing where a file was skipped. */
type Slot = Reading | Slot[] | undefined;

const pathsPerJob = 64;

/** Options of an intake; the defaults fit a server. */
export interface IntakeOptions {
  /**
   * Threads for what is not small; as many as the machine has cores, three at most, unless said: each takes 30 MB, and ten
   * thousand logs are to stay under 300 MB. 0: everything is read where it is asked for, however large.
   */
  workers?: number;
  /** Limits of memory for one large file, in bytes, and of time for any file, in milliseconds. */
  memoryBytes?: number;
  readMs?: number;
}

/** Processes for large files; each may take half a gigabyte. */
const childrenAtOnce = 2;

export function createIntake(options: IntakeOptions = {}): Intake {
  const { workers = Math.min(3, availableParallelism()) } = options;
  const { memoryBytes = sizeLimits.childMemoryBytes, readMs = sizeLimits.readMs } = options;
  const pool = new WorkerPool(workers, readMs);
  const children = new Children(Math.min(childrenAtOnce, workers), { memoryBytes, ms: readMs });
  const readers = { pool, children: workers > 0 ? children : undefined };
  return {
    async read(inputs, onReading = () => {}) {
      const session = new Session(readers, onReading);
      const slots: Slot[] = inputs.map(() => []);
      await Promise.all(inputs.map((input, i) => session.input(input, slots[i] as Slot[], inputs.length === 1)));
      return { readings: flat(slots), skipped: session.skipped };
    },
    compare: (bad, good) => compareLogs(bad, good, readers),
    async close() {
      await Promise.all([pool.close(), children.close()]);
    },
  };
}

/** One call of `read`: counts what is done and puts every reading into its place. */
class Session {
  skipped = 0;
  #done = 0;
  #total = 0;
  #looked: Promise<unknown> = Promise.resolve();
  readonly #pool: WorkerPool;
  readonly #children: Children | undefined;
  readonly #onReading: OnReading;

  constructor({ pool, children }: Readers, onReading: OnReading) {
    this.#pool = pool;
    this.#children = children;
    this.#onReading = onReading;
  }

  async input(input: IntakeInput, slots: Slot[], alone: boolean): Promise<void> {
    if ('text' in input) {
      this.#total++;
      await this.#text(input.text, slots);
    } else if ('path' in input) {
      await this.#path(input, slots, alone);
    } else {
      this.#total++;
      await this.#bytes(input, slots);
    }
  }

  async #text(text: string, slots: Slot[]): Promise<void> {
    if (text.length > (/[\0\ufffd]/.test(text) ? sizeLimits.inlineBinaryText : sizeLimits.inlineText)) {
      return this.#job({ kind: 'text', text }, 'pasted text', slots);
    }
    for (const [i, reading] of readPasted(text).entries()) this.#put(slots, i, reading);
  }

  async #bytes({ name, bytes }: { name: string; bytes: Uint8Array | AsyncIterable<Uint8Array> }, slots: Slot[]) {
    if (bytes instanceof Uint8Array && isInline(bytes.length, bytes)) {
      return this.#put(slots, 0, await inTurn(() => readEvidence(name, bytes, { timeline: true })));
    }
    let collected: CollectedBytes;
    try {
      collected = await collectBytes(bytes, sizeLimits.fileBytes);
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      return this.#put(slots, 0, refusedReading(name, 'too-large'));
    }
    const { chunks, length } = collected;
    if (isInline(length, chunks[0] ?? new Uint8Array())) {
      return this.#put(slots, 0, await inTurn(() => readEvidence(name, Buffer.concat(chunks), { timeline: true })));
    }
    if (looksZipped(chunks[0] as Uint8Array)) {
      await this.#job({ kind: 'bytes', name, chunks }, name, slots);
      if (flat(slots).length === 0) this.#put(slots, 0, refusedReading(name, 'zip-empty'));
    } else if (this.#children && length > sizeLimits.threadBytes) {
      const file = { name, timeline: true, from: { sent: length } };
      this.#put(slots, 0, await readApart(this.#children, file, taken(chunks)));
    } else {
      await this.#job({ kind: 'bytes', name, chunks }, name, slots);
    }
  }

  /** Awaits earlier lookups first, so files start in the order they were named. */
  async #inOrder<T>(looking: Promise<T>): Promise<T> {
    const mine = Promise.all([looking, this.#looked]);
    this.#looked = mine.catch(() => undefined);
    const [found] = await mine;
    return found;
  }

  async #path({ name, path }: NamedPath, slots: Slot[], alone: boolean): Promise<void> {
    try {
      const { folder, size } = await this.#inOrder(statPath(path));
      if (folder) return await this.#folder({ name, path }, slots);
      this.#total++;
      if (alone && size <= sizeLimits.inlinePathBytes) {
        const bytes = await readFile(path);
        if (!looksZipped(bytes)) return this.#put(slots, 0, readEvidence(name, bytes, { timeline: true }));
      }
    } catch (error) {
      return this.#put(slots, 0, refusedReading(name, refusalOf(error)));
    }
    await this.#job({ kind: 'paths', files: [{ name, path }], bundle: false, timeline: true }, name, slots);
  }

  async #folder({ name, path }: NamedPath, slots: Slot[]): Promise<void> {
    const { files, junk, cut } = await listFolder(name, path);
    this.skipped += junk;
    this.#total += files.length;
    const timeline = files.length <= timelinesUpTo;
    const jobs: Promise<void>[] = [];
    for (let at = 0; at < files.length; at += pathsPerJob) {
      const own: Slot[] = [];
      slots.push(own);
      jobs.push(
        this.#job({ kind: 'paths', files: files.slice(at, at + pathsPerJob), bundle: true, timeline }, name, own),
      );
    }
    await Promise.all(jobs);
    if (cut) this.#put(slots, slots.length, refusedReading(name, 'too-many-files'));
    if (flat(slots).length === 0) this.#put(slots, slots.length, refusedReading(name, 'zip-empty'));
  }

  async #zip({ name, path }: NamedPath, slots: Slot[]): Promise<void> {
    this.#done++;
    const { size: parts } = this.#pool;
    const one = (part: number) => this.#job({ kind: 'zip', name, path, part, parts }, name, slots);
    await Promise.all(Array.from({ length: parts }, (_, part) => one(part)));
    if (flat(slots).length === 0) this.#put(slots, 0, refusedReading(name, 'zip-empty'));
  }

  /**
   * Runs a job to its end. A file that ends its thread costs only itself: the job is tried again without it.
   * @param name what is refused when the job as a whole came to no end
   */
  async #job(job: Job, name: string, slots: Slot[]): Promise<void> {
    const except = new Set<number>();
    const died = new Map<number, Refusal>();
    const elsewhere: Promise<void>[] = [];
    const found = (one: JobResult) => {
      if ('index' in one) except.add(one.index);
      if ('zip' in one) elsewhere.push(this.#zip(one.zip, this.#nested(slots, one.index)));
      else if ('large' in one) elsewhere.push(this.#large(one, job, slots));
      else this.#take(one, slots);
    };
    const apart = this.#children !== undefined;
    for (let again = false; ; again = true) {
      try {
        await this.#pool.run({ ...job, apart, ...(again && { except, died }) }, found);
        break;
      } catch (error) {
        if (!(error instanceof JobFailed)) throw error;
        const { index, refusal } = error;
        if (index === undefined || died.size === sizeLimits.failedEntries || !canBeTriedAgain(job)) {
          this.#put(slots, slots.length, refusedReading(name, refusal));
          break;
        }
        died.set(index, refusal);
      }
    }
    await Promise.all(elsewhere);
  }

  async #large(
    { index, large, bundle, at }: Extract<JobResult, { large: LargeFile }>,
    job: Job,
    slots: Slot[],
  ): Promise<void> {
    const inZip = job.kind === 'bytes' && 'sent' in large.from && at !== undefined;
    const sent = inZip ? stretch(job.chunks, at, (large.from as { sent: number }).sent) : [];
    const reading = await readApart(this.#children as Children, large, sent);
    this.#take(bundle && !shouldReport(reading) ? { index, skipped: true } : { index, reading }, slots);
  }

  #take(found: JobResult, slots: Slot[]): void {
    if ('entries' in found) {
      this.#total += found.entries;
    } else if ('skipped' in found) {
      this.skipped++;
      this.#done++;
    } else if ('reading' in found) {
      this.#put(slots, found.index, found.reading);
    }
  }

  #put(slots: Slot[], index: number, reading: Reading): void {
    slots[index] = reading;
    this.#done++;
    this.#total = Math.max(this.#total, this.#done);
    this.#onReading(reading, this.#done, this.#total);
  }

  #nested(slots: Slot[], index: number): Slot[] {
    const own: Slot[] = [];
    slots[index] = own;
    return own;
  }
}

function flat(slots: readonly Slot[]): Reading[] {
  return (slots as unknown[]).flat(Number.POSITIVE_INFINITY).filter((slot) => slot !== undefined) as Reading[];
}

/** One large file, read by a process of its own. */
async function readApart(children: Children, file: LargeFile, sent: Iterable<Uint8Array>): Promise<Reading> {
  try {
    const [found] = await children.run({ files: [file] }, sent);
    if (found && 'reading' in found) return found.reading;
    return refusedReading(file.name, 'file-failed');
  } catch (error) {
    if (!(error instanceof JobFailed)) throw error;
    return refusedReading(file.name, error.refusal);
  }
}

/** Several files, whose bytes are still there when the thread is gone. */
function canBeTriedAgain(job: Job): boolean {
  if (job.kind === 'bytes') return job.chunks.every(({ buffer }) => buffer instanceof SharedArrayBuffer);
  return job.kind === 'paths' || job.kind === 'zip';
}

/** Small, and no archive: read where it is. */
function isInline(length: number, head: Uint8Array): boolean {
  return length <= sizeLimits.inlineBytes && !looksZipped(head);
}

const turns = new PacedQueue();

/** Does a piece of work on this thread when its turn has come: a thousand small files must not hold the others up. */
function inTurn<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    turns.push(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error as Error);
      }
    });
  });
}
