import type { Refusal } from '../evidence/evidence.js';
import { shouldReport } from './bundle.js';
import type { Children, Readers } from './children.js';
import { copyRange } from './collect-bytes.js';
import { JobError } from './job-error.js';
import type { JobResult, LargeFile, NamedPath } from './job-result.js';
import type { Job } from './jobs.js';
import { sizeLimits } from './limits.js';
import type { WorkerPool } from './pool.js';
import { readInChild } from './read-in-child.js';
import type { ReadingTally } from './reading-tally.js';
import { refusedReading } from './refused.js';
import { flattenSlots, type ReadingSlot } from './slots.js';

/** Runs jobs in threads, hands large files to child processes, and opens the zips that a job finds. */
export class JobRunner {
  readonly #pool: WorkerPool;
  readonly #children: Children | undefined;
  readonly #tally: ReadingTally;

  constructor({ pool, children }: Readers, tally: ReadingTally) {
    this.#pool = pool;
    this.#children = children;
    this.#tally = tally;
  }

  /**
   * Runs a job. A file that ends its thread costs only itself: the job runs again without it.
   * @param name the file that is refused when the job cannot be finished
   */
  async run(job: Job, name: string, slots: ReadingSlot[]): Promise<void> {
    const finished = new Set<number>();
    const failures = new Map<number, Refusal>();
    const furtherJobs: Promise<void>[] = [];
    const onResult = (result: JobResult) => {
      if ('index' in result) finished.add(result.index);
      if ('zip' in result) furtherJobs.push(this.#readZip(result.zip, nestSlots(slots, result.index)));
      else if ('large' in result) furtherJobs.push(this.#readLarge(result, job, slots));
      else this.#tally.add(result, slots);
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
          this.#tally.set(slots, slots.length, refusedReading(name, refusal));
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
    slots: ReadingSlot[],
  ): Promise<void> {
    const inZip = job.kind === 'bytes' && 'sent' in large.from && at !== undefined;
    const sent = inZip ? copyRange(job.chunks, at, (large.from as { sent: number }).sent) : [];
    const reading = await readInChild(this.#children as Children, large, sent);
    this.#tally.add(bundle && !shouldReport(reading) ? { index, skipped: true } : { index, reading }, slots);
  }

  async #readZip({ name, path }: NamedPath, slots: ReadingSlot[]): Promise<void> {
    this.#tally.finishZip();
    const { size: parts } = this.#pool;
    const one = (part: number) => this.run({ kind: 'zip', name, path, part, parts }, name, slots);
    await Promise.all(Array.from({ length: parts }, (_, part) => one(part)));
    if (flattenSlots(slots).length === 0) this.#tally.set(slots, 0, refusedReading(name, 'zip-empty'));
  }
}

/** True for a job of several files whose bytes outlive its thread. */
function isRepeatable(job: Job): boolean {
  if (job.kind === 'bytes') return job.chunks.every(({ buffer }) => buffer instanceof SharedArrayBuffer);
  return job.kind === 'paths' || job.kind === 'zip';
}

/** Makes the place in the order for the results of a zip. */
function nestSlots(slots: ReadingSlot[], index: number): ReadingSlot[] {
  const own: ReadingSlot[] = [];
  slots[index] = own;
  return own;
}
