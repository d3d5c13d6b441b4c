import { availableParallelism } from 'node:os';
import type { TraceView } from '../evidence/freb/view/trace-view.js';
import { Children } from './children.js';
import { type ComparedLogs, compareLogs } from './compare-logs.js';
import type { IntakeInput } from './input.js';
import { sizeLimits } from './limits.js';
import { WorkerPool } from './pool.js';
import { type ReadInputs, readInputs } from './read-inputs.js';
import type { ReadingListener } from './reading-tally.js';
import { viewLog } from './view-log.js';

export type { IntakeInput } from './input.js';
export type { ReadInputs } from './read-inputs.js';
export type { ReadingListener as OnReading } from './reading-tally.js';

/** The one place that feeds bytes to the readers of evidence. */
export interface Intake {
  /**
   * Reads everything in the inputs. Readings keep the order of the inputs; an entry of a zip or folder is named `zip/entry`.
   * What cannot be read is a reading with a refusal; rejects only with what an input stream threw.
   * @param onReading called with each reading as it is found
   */
  read(inputs: IntakeInput[], onReading?: ReadingListener): Promise<ReadInputs>;
  /** Reads a failing and a working log, in this order, and finds the first event that differs. Each must be a single file. */
  compare(bad: IntakeInput, good: IntakeInput): Promise<ComparedLogs>;
  /**
   * Returns every event of a log. Null when it cannot be read as one; reading it says why.
   * @param wanted the log's name in its reading, for one in a zip
   */
  view(input: IntakeInput, wanted: string): Promise<TraceView | null>;
  /** Ends the worker threads and child processes. */
  close(): Promise<void>;
}

/** Options of an intake; the defaults fit a server. */
export interface IntakeOptions {
  /**
   * Threads for files that are not small. By default one for each core, at most three: each takes 30 MB, and ten thousand logs
   * must stay under 300 MB. With 0 everything is read on the calling thread.
   */
  workers?: number;
  /** Limits of memory for one large file, in bytes, and of time for each file, in milliseconds. */
  memoryBytes?: number;
  readMs?: number;
}

/** Processes for large files at a time; each may take half a gigabyte. */
const childrenAtOnce = 2;

export function createIntake(options: IntakeOptions = {}): Intake {
  const { workers = Math.min(3, availableParallelism()) } = options;
  const { memoryBytes = sizeLimits.childMemoryBytes, readMs = sizeLimits.readMs } = options;
  const pool = new WorkerPool(workers, readMs);
  const children = new Children(Math.min(childrenAtOnce, workers), { memoryBytes, ms: readMs });
  const readers = { pool, children: workers > 0 ? children : undefined };
  return {
    read: (inputs, onReading) => readInputs(inputs, readers, onReading),
    compare: (bad, good) => compareLogs(bad, good, readers),
    view: (input, wanted) => viewLog(input, wanted, readers),
    async close() {
      await Promise.all([pool.close(), children.close()]);
    },
  };
}
