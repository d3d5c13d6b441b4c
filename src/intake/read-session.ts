import { readFile } from 'node:fs/promises';
import type { Reading, Refusal } from '../evidence/evidence.js';
import { readEvidence, readPasted } from '../evidence/read.js';
import { openSource } from '../evidence/source.js';
import { belongsApart, looksZipped, shouldReport } from './bundle.js';
import type { Children, Readers } from './children.js';
import { type CollectedBytes, collectBytes, copyRange, TooLargeError, takeChunks } from './collect-bytes.js';
import { listFolder, statPath } from './folder.js';
import type { IntakeInput } from './input.js';
import { JobError } from './job-error.js';
import type { JobResult, LargeFile, NamedPath } from './job-result.js';
import type { Job } from './jobs.js';
import { sizeLimits } from './limits.js';
import { PacedQueue } from './pacing.js';
import type { WorkerPool } from './pool.js';
import { refusalOf, refusedReading } from './refused.js';
import { timelinesUpTo } from './zip-share.js';

/** @param done of `total` files known so far; skipped files count */
export type OnReading = (reading: Reading, done: number, total: number) => void;

/** The readings of all inputs, and how many files of bundles were skipped because they are no evidence. */
export interface ReadInputs {
  readings: Reading[];
  skipped: number;
  /** A short text that alone was given. */
  text?: string;
  /** The same, where it is no evidence or evidence that tells of no failure: it may be a question. */
  words?: string;
}

/** A position in the order of results: a reading, the results of a zip, or nothing where a file was skipped. */
type Slot = Reading | Slot[] | undefined;

type PathInput = Extract<IntakeInput, { path: string }>;

const pathsPerJob = 64;

/** Reads all inputs; the readings keep their order. Rejects only with what an input stream threw. */
export async function readInputs(
  inputs: IntakeInput[],
  readers: Readers,
  onReading: OnReading = () => {},
): Promise<ReadInputs> {
  const session = new ReadSession(readers, onReading);
  const slots: Slot[] = inputs.map(() => []);
  await Promise.all(inputs.map((input, i) => session.readInput(input, slots[i] as Slot[], inputs.length === 1)));
  const { skipped, text } = session;
  const readings = flatten(slots);
  if (inputs.length !== 1 || text === undefined) return { readings, skipped };
  return { readings, skipped, text, ...(readings.every(mayHoldWords) && { words: text }) };
}

/** One call of `readInputs`: counts the files and puts each reading into its slot. */
class ReadSession {
  skipped = 0;
  text: string | undefined;
  #done = 0;
  #total = 0;
  #lookups: Promise<unknown> = Promise.resolve();
  readonly #pool: WorkerPool;
  readonly #children: Children | undefined;
  readonly #onReading: OnReading;

  constructor({ pool, children }: Readers, onReading: OnReading) {
    this.#pool = pool;
    this.#children = children;
    this.#onReading = onReading;
  }

  /** @param isOnly the call has no other input */
  async readInput(input: IntakeInput, slots: Slot[], isOnly: boolean): Promise<void> {
    if ('text' in input) {
      this.#total++;
      await this.#readText(input.text, slots);
    } else if ('path' in input) {
      await this.#readPath(input, slots, isOnly);
    } else {
      this.#total++;
      await this.#readBytes(input, slots);
    }
  }

  async #readText(text: string, slots: Slot[]): Promise<void> {
    if (text.length > (/[\0\ufffd]/.test(text) ? sizeLimits.inlineBinaryText : sizeLimits.inlineText)) {
      return this.#runJob({ kind: 'text', text }, 'pasted text', slots);
    }
    for (const [i, reading] of readPasted(text).entries()) this.#setReading(slots, i, reading);
  }

  async #readBytes({ name, bytes }: { name: string; bytes: Uint8Array | AsyncIterable<Uint8Array> }, slots: Slot[]) {
    if (bytes instanceof Uint8Array && isInline(bytes.length, bytes)) {
      return this.#setReading(slots, 0, await runInTurn(() => this.#readHere(name, bytes)));
    }
    let collected: CollectedBytes;
    try {
      collected = await collectBytes(bytes, sizeLimits.fileBytes);
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      return this.#setReading(slots, 0, refusedReading(name, 'too-large'));
    }
    const { chunks, length } = collected;
    if (isInline(length, chunks[0] ?? new Uint8Array())) {
      return this.#setReading(slots, 0, await runInTurn(() => this.#readHere(name, Buffer.concat(chunks))));
    }
    if (looksZipped(chunks[0] as Uint8Array)) {
      await this.#runJob({ kind: 'bytes', name, chunks }, name, slots);
      if (flatten(slots).length === 0) this.#setReading(slots, 0, refusedReading(name, 'zip-empty'));
    } else if (this.#children && belongsApart(length, chunks[0] as Uint8Array)) {
      const file = { name, timeline: true, from: { sent: length } };
      this.#setReading(slots, 0, await readInChild(this.#children, file, takeChunks(chunks)));
    } else {
      await this.#runJob({ kind: 'bytes', name, chunks }, name, slots);
    }
  }

  #readHere(name: string, bytes: Uint8Array): Reading {
    const reading = readEvidence(name, bytes, { timeline: true });
    const isText = bytes.length <= sizeLimits.postBytes && (reading.kind !== 'unknown' || mayHoldWords(reading));
    const text = isText ? openSource(bytes).text() : undefined;
    this.text = text?.includes('\0') ? undefined : text;
    return reading;
  }

  /** Awaits earlier lookups first, so files start in the order they were named. */
  async #inOrder<T>(lookup: Promise<T>): Promise<T> {
    const mine = Promise.all([lookup, this.#lookups]);
    this.#lookups = mine.catch(() => undefined);
    const [found] = await mine;
    return found;
  }

  async #readPath({ name, path, followLinks }: PathInput, slots: Slot[], isOnly: boolean): Promise<void> {
    try {
      const { folder, size } = await this.#inOrder(statPath(path));
      if (folder) return await this.#readFolder({ name, path, followLinks }, slots);
      this.#total++;
      if (isOnly && size <= sizeLimits.inlinePathBytes) {
        const bytes = await readFile(path);
        const here = !looksZipped(bytes) && !(this.#children && belongsApart(size, bytes));
        if (here) return this.#setReading(slots, 0, this.#readHere(name, bytes));
      }
    } catch (error) {
      return this.#setReading(slots, 0, refusedReading(name, refusalOf(error)));
    }
    await this.#runJob({ kind: 'paths', files: [{ name, path }], bundle: false, timeline: true }, name, slots);
  }

  async #readFolder({ name, path, followLinks }: PathInput, slots: Slot[]): Promise<void> {
    const { files, junk, cut } = await listFolder(name, path, followLinks);
    this.skipped += junk;
    this.#total += files.length;
    const timeline = files.length <= timelinesUpTo;
    const jobs: Promise<void>[] = [];
    for (let at = 0; at < files.length; at += pathsPerJob) {
      const own: Slot[] = [];
      slots.push(own);
      jobs.push(
        this.#runJob({ kind: 'paths', files: files.slice(at, at + pathsPerJob), bundle: true, timeline }, name, own),
      );
    }
    await Promise.all(jobs);
    if (cut) this.#setReading(slots, slots.length, refusedReading(name, 'too-many-files'));
    if (flatten(slots).length === 0) this.#setReading(slots, slots.length, refusedReading(name, 'zip-empty'));
  }

  async #readZip({ name, path }: NamedPath, slots: Slot[]): Promise<void> {
    this.#done++;
    const { size: parts } = this.#pool;
    const one = (part: number) => this.#runJob({ kind: 'zip', name, path, part, parts }, name, slots);
    await Promise.all(Array.from({ length: parts }, (_, part) => one(part)));
    if (flatten(slots).length === 0) this.#setReading(slots, 0, refusedReading(name, 'zip-empty'));
  }

  /**
   * Runs a job. A file that ends its thread costs only itself: the job runs again without it.
   * @param name the file that is refused when the job cannot be finished
   */
  async #runJob(job: Job, name: string, slots: Slot[]): Promise<void> {
    const finished = new Set<number>();
    const failures = new Map<number, Refusal>();
    const furtherJobs: Promise<void>[] = [];
    const onResult = (result: JobResult) => {
      if ('index' in result) finished.add(result.index);
      if ('zip' in result) furtherJobs.push(this.#readZip(result.zip, this.#nestSlots(slots, result.index)));
      else if ('large' in result) furtherJobs.push(this.#readLarge(result, job, slots));
      else this.#addResult(result, slots);
    };
    const leaveLarge = this.#children !== undefined;
    for (let isRetry = false; ; isRetry = true) {
      try {
        await this.#pool.run({ ...job, leaveLarge, ...(isRetry && { finished, failures }) }, onResult);
        break;
      } catch (error) {
        if (!(error instanceof JobError)) throw error;
        const { index, refusal } = error;
        if (index === undefined || failures.size === sizeLimits.failedEntries || !isRepeatable(job)) {
          this.#setReading(slots, slots.length, refusedReading(name, refusal));
          break;
        }
        failures.set(index, refusal);
      }
    }
    await Promise.all(furtherJobs);
  }

  async #readLarge(
    { index, large, bundle, at }: Extract<JobResult, { large: LargeFile }>,
    job: Job,
    slots: Slot[],
  ): Promise<void> {
    const inZip = job.kind === 'bytes' && 'sent' in large.from && at !== undefined;
    const sent = inZip ? copyRange(job.chunks, at, (large.from as { sent: number }).sent) : [];
    const reading = await readInChild(this.#children as Children, large, sent);
    this.#addResult(bundle && !shouldReport(reading) ? { index, skipped: true } : { index, reading }, slots);
  }

  #addResult(result: JobResult, slots: Slot[]): void {
    if ('entries' in result) {
      this.#total += result.entries;
    } else if ('skipped' in result) {
      this.skipped++;
      this.#done++;
    } else if ('reading' in result) {
      this.#setReading(slots, result.index, result.reading);
    }
  }

  #setReading(slots: Slot[], index: number, reading: Reading): void {
    const { further, ...alone } = reading;
    const first = further ? alone : reading;
    slots[index] = further ? [first, ...further] : first;
    this.#done++;
    this.#total = Math.max(this.#total, this.#done);
    this.#onReading(first, this.#done, this.#total);
  }

  #nestSlots(slots: Slot[], index: number): Slot[] {
    const own: Slot[] = [];
    slots[index] = own;
    return own;
  }
}

function flatten(slots: readonly Slot[]): Reading[] {
  return (slots as unknown[]).flat(Number.POSITIVE_INFINITY).filter((slot) => slot !== undefined) as Reading[];
}

/** Reads one large file in a child process. */
async function readInChild(children: Children, file: LargeFile, sent: Iterable<Uint8Array>): Promise<Reading> {
  try {
    const [result] = await children.run({ files: [file] }, sent);
    if (result && 'reading' in result) return result.reading;
    return refusedReading(file.name, 'file-failed');
  } catch (error) {
    if (!(error instanceof JobError)) throw error;
    return refusedReading(file.name, error.refusal);
  }
}

/** True for a text that no reader knows, and for evidence that tells of no failure by itself: words in it may. */
function mayHoldWords({ kind, refusal }: Reading): boolean {
  if (kind === 'unknown') return refusal === 'not-evidence' || refusal === 'other-xml';
  return kind === 'server-config' || kind === 'acl-listing' || kind === 'command-output';
}

/** True for a job of several files whose bytes outlive its thread. */
function isRepeatable(job: Job): boolean {
  if (job.kind === 'bytes') return job.chunks.every(({ buffer }) => buffer instanceof SharedArrayBuffer);
  return job.kind === 'paths' || job.kind === 'zip';
}

/** True for a file that is small, no archive and no binary event log: it is read on the calling thread. */
function isInline(length: number, head: Uint8Array): boolean {
  return length <= sizeLimits.inlineBytes && !looksZipped(head) && !belongsApart(length, head);
}

const queue = new PacedQueue();

/** Works on this thread when the turn has come, because a thousand small files must not delay other work. */
function runInTurn<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    queue.push(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error as Error);
      }
    });
  });
}
