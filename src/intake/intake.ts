import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Reading } from '../evidence/evidence.js';
import { readEvidence, readPasted } from '../evidence/read.js';
import { looksZipped } from './bundle.js';
import { type Collected, collect, TooLarge } from './collect.js';
import { type ComparedLogs, compareLogs } from './compare.js';
import { lookAt, walk } from './folder.js';
import type { IntakeInput } from './input.js';
import { type Found, type Job, type NamedPath, refusalOf, timelinesUpTo } from './jobs.js';
import { limits } from './limits.js';
import { Paced } from './paced.js';
import { JobFailed, Pool } from './pool.js';
import { refused } from './refused.js';

export type { IntakeInput } from './input.js';

/** @param done of `total` files known so far; skipped ones count */
export type OnReading = (reading: Reading, done: number, total: number) => void;

/** The one place that feeds bytes to the readers of evidence. */
export interface Intake {
  /**
   * Reads everything there is in the inputs. Results keep the order of the inputs; an entry of a zip or folder is named
   * `zip/entry`. What cannot be read is a reading with a refusal; rejects only with what an input stream threw.
   * @param onReading each reading as it is found
   * @param onSkipped how many files of bundles were left out as no evidence, at the end
   */
  read(inputs: IntakeInput[], onReading?: OnReading, onSkipped?: (count: number) => void): Promise<Reading[]>;
  /** Reads a failing and a working log, in this order, and finds where they part. Each must be a single file. */
  compare(bad: IntakeInput, good: IntakeInput): Promise<ComparedLogs>;
  /** Ends the worker threads. */
  close(): Promise<void>;
}

/** A place in the order of results: a reading, the results of a zip, or nothing where a file was skipped. */
type Slot = Reading | Slot[] | undefined;

const pathsPerJob = 64;

/**
 * @param options.workers threads for what is large; as many as the machine has cores, three at most, unless said (0: read where asked):
 *   each takes 30 MB, and ten thousand logs are to stay under 300 MB
 */
export function createIntake(options: { workers?: number } = {}): Intake {
  const pool = new Pool(options.workers ?? Math.min(3, availableParallelism()));
  return {
    async read(inputs, onReading = () => {}, onSkipped) {
      const session = new Session(pool, onReading);
      const slots: Slot[] = inputs.map(() => []);
      await Promise.all(inputs.map((input, i) => session.input(input, slots[i] as Slot[], inputs.length === 1)));
      onSkipped?.(session.skipped);
      return flat(slots);
    },
    compare: (bad, good) => compareLogs(bad, good, pool),
    close: () => pool.close(),
  };
}

/** One call of `read`: counts what is done and puts every reading into its place. */
class Session {
  skipped = 0;
  #done = 0;
  #total = 0;
  #looked: Promise<unknown> = Promise.resolve();
  readonly #pool: Pool;
  readonly #onReading: OnReading;

  constructor(pool: Pool, onReading: OnReading) {
    this.#pool = pool;
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
    if (text.length > limits.inlineText) {
      return this.#job({ kind: 'text', text }, slots, () => refused('pasted text', 'not-evidence'));
    }
    for (const [i, reading] of readPasted(text).entries()) this.#put(slots, i, reading);
  }

  async #bytes({ name, bytes }: { name: string; bytes: Uint8Array | AsyncIterable<Uint8Array> }, slots: Slot[]) {
    if (bytes instanceof Uint8Array && isInline(bytes.length, bytes)) {
      return this.#put(slots, 0, await inTurn(() => readEvidence(name, bytes, { timeline: true })));
    }
    let collected: Collected;
    try {
      collected = await collect(bytes, limits.fileBytes);
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      return this.#put(slots, 0, refused(name, 'too-large'));
    }
    const { chunks, length } = collected;
    if (isInline(length, chunks[0] ?? new Uint8Array())) {
      return this.#put(slots, 0, await inTurn(() => readEvidence(name, Buffer.concat(chunks), { timeline: true })));
    }
    await this.#job({ kind: 'bytes', name, chunks }, slots, () => refused(name, 'too-large'));
  }

  /** The same, but after those asked for before it: files begin in the order in which they were named, however fast each is found. */
  async #inOrder<T>(looking: Promise<T>): Promise<T> {
    const mine = Promise.all([looking, this.#looked]);
    this.#looked = mine.catch(() => undefined);
    const [found] = await mine;
    return found;
  }

  async #path({ name, path }: NamedPath, slots: Slot[], alone: boolean): Promise<void> {
    try {
      const { folder, size } = await this.#inOrder(lookAt(path));
      if (folder) return await this.#folder({ name, path }, slots);
      this.#total++;
      if (alone && size <= limits.inlineBytes) {
        const bytes = await readFile(path);
        if (!looksZipped(bytes)) return this.#put(slots, 0, readEvidence(name, bytes, { timeline: true }));
      }
    } catch (error) {
      return this.#put(slots, 0, refused(name, refusalOf(error)));
    }
    await this.#paths([{ name, path }], false, true, slots);
  }

  async #folder({ name, path }: NamedPath, slots: Slot[]): Promise<void> {
    const { files, junk, cut } = await walk(name, path);
    this.skipped += junk;
    this.#total += files.length;
    const timeline = files.length <= timelinesUpTo;
    const jobs: Promise<void>[] = [];
    for (let at = 0; at < files.length; at += pathsPerJob) {
      const own: Slot[] = [];
      slots.push(own);
      jobs.push(this.#paths(files.slice(at, at + pathsPerJob), true, timeline, own));
    }
    await Promise.all(jobs);
    if (cut) this.#put(slots, slots.length, refused(name, 'too-many-files'));
    if (flat(slots).length === 0) this.#put(slots, slots.length, refused(name, 'zip-empty'));
  }

  /** Files on this machine. If the thread dies over several, each is tried alone, so that one does not cost the others. */
  async #paths(files: NamedPath[], bundle: boolean, timeline: boolean, slots: Slot[]): Promise<void> {
    const zips: Promise<void>[] = [];
    const seen = new Set<number>();
    try {
      await this.#pool.run({ kind: 'paths', files, bundle, timeline }, (found) => {
        if ('index' in found) seen.add(found.index);
        if ('zip' in found) zips.push(this.#zip(found.zip, this.#nested(slots, found.index)));
        else this.#take(found, slots);
      });
    } catch (error) {
      if (!(error instanceof JobFailed)) throw error;
      const left = files.map((file, index) => ({ file, index })).filter(({ index }) => !seen.has(index));
      if (files.length === 1)
        for (const { file, index } of left)
          this.#put(slots, index, refused(file.name, error.overtaxed ? 'too-large' : 'file-failed'));
      else for (const { file, index } of left) await this.#paths([file], bundle, timeline, this.#nested(slots, index));
    }
    await Promise.all(zips);
  }

  async #zip({ name, path }: NamedPath, slots: Slot[]): Promise<void> {
    this.#done++;
    const { size: parts } = this.#pool;
    const one = (part: number) =>
      this.#job({ kind: 'zip', name, path, part, parts }, slots, () => refused(name, 'zip-limits'));
    await Promise.all(Array.from({ length: parts }, (_, part) => one(part)));
    if (flat(slots).length === 0) this.#put(slots, 0, refused(name, 'zip-empty'));
  }

  async #job(job: Job, slots: Slot[], orElse: () => Reading): Promise<void> {
    try {
      await this.#pool.run(job, (found) => this.#take(found, slots));
      if (job.kind === 'bytes' && flat(slots).length === 0) this.#put(slots, 0, refused(job.name, 'zip-empty'));
    } catch (error) {
      if (!(error instanceof JobFailed)) throw error;
      const reading = orElse();
      this.#put(slots, slots.length, error.overtaxed ? reading : refused(reading.file, 'file-failed'));
    }
  }

  #take(found: Found, slots: Slot[]): void {
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

/** Small, and no archive: read where it is. */
function isInline(length: number, head: Uint8Array): boolean {
  return length <= limits.inlineBytes && !looksZipped(head);
}

const turns = new Paced();

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
