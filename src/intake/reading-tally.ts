import type { Reading } from '../evidence/evidence.js';
import type { JobResult } from './job-result.js';
import type { ReadingSlot } from './slots.js';

/** @param done of `total` files known so far; skipped files count */
export type ReadingListener = (reading: Reading, done: number, total: number) => void;

/** Counts the files of one call, and puts each reading into its slot. */
export class ReadingTally {
  /** Files of bundles that were skipped because they are not evidence. */
  skipped = 0;
  #done = 0;
  #total = 0;
  readonly #onReading: ReadingListener;

  constructor(onReading: ReadingListener) {
    this.#onReading = onReading;
  }

  /** More files are known, which are yet to be read. */
  expect(files: number): void {
    this.#total += files;
  }

  /** Files that were never counted are skipped. */
  skipUncounted(files: number): void {
    this.skipped += files;
  }

  /** A file turned out to be a zip, whose entries are counted in its place. */
  finishZip(): void {
    this.#done++;
  }

  /** Enters a result of a job. */
  add(result: JobResult, slots: ReadingSlot[]): void {
    if ('entries' in result) {
      this.#total += result.entries;
    } else if ('skipped' in result) {
      this.skipped++;
      this.#done++;
    } else if ('reading' in result) {
      this.set(slots, result.index, result.reading);
    }
  }

  /** Puts a reading into its slot; further readings of the same file follow it there. */
  set(slots: ReadingSlot[], index: number, reading: Reading): void {
    const { further, ...alone } = reading;
    const first = further ? alone : reading;
    slots[index] = further ? [first, ...further] : first;
    this.#done++;
    this.#total = Math.max(this.#total, this.#done);
    this.#onReading(first, this.#done, this.#total);
  }
}
