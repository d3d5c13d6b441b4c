import { Worker, type WorkerOptions } from 'node:worker_threads';
import { JobError } from './job-error.js';
import type { JobResult } from './job-result.js';
import { type Job, runJob } from './jobs.js';
import { sizeLimits } from './limits.js';
import { callInTurn } from './pacing.js';
import { Unpacker } from './pack-results.js';
import { readerFiles } from './reader-files.js';
import { type ReaderEvents, ReaderQueue } from './reader-queue.js';
import type { WorkerMessage } from './worker.js';

/** Milliseconds between checks that a thread makes progress. */
const checkMs = 1_000;
/** Heap of a thread, MB; the bytes of a file are outside of it. */
const heapMb = 512;
/** Young heap of a thread, MB: readers make much garbage. The default may take 48 MB; with 8, a tenth of the time goes into collecting it. */
const youngMb = 16;

interface Task {
  job: Job;
  onResult: (result: JobResult) => void;
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * A few threads and a queue of jobs. Threads start when there are jobs, and do not keep the process alive while idle.
 */
export class WorkerPool {
  readonly #size: number;
  readonly #queue: ReaderQueue<Thread>;

  /** @param readMs milliseconds that one file may take before its thread is ended */
  constructor(size: number, readMs: number = sizeLimits.readMs) {
    this.#size = size;
    const shared = { readMs, unpacker: new Unpacker() };
    this.#queue = new ReaderQueue(size, (events) => new Thread({ ...shared, ...events }));
  }

  /** Jobs that run at a time. */
  get size(): number {
    return Math.max(1, this.#size);
  }

  /** Resolves when the job is done. Rejects with JobError when its thread died; results until then count. */
  run(job: Job, onResult: (result: JobResult) => void): Promise<void> {
    if (this.#size === 0 && !this.#queue.closed) return runHere(job, onResult);
    return new Promise((resolve, reject) => {
      this.#queue.push((thread) => thread.take({ job, onResult, resolve, reject }), reject);
    });
  }

  close(): Promise<void> {
    return this.#queue.close();
  }
}

/** Runs a job on the calling thread, which blocks it. */
async function runHere(job: Job, onResult: (result: JobResult) => void): Promise<void> {
  try {
    await runJob(job, onResult);
  } catch (error) {
    throw new JobError('failed', error instanceof Error ? error.name : typeof error);
  }
}

/** The index while no file is being read. */
const noFile = -1;

/** One worker thread and its current task. */
class Thread {
  readonly #worker: Worker;
  /** Index of the file it reads, written by the thread. */
  readonly #reading = new Int32Array(new SharedArrayBuffer(4)).fill(noFile);
  readonly #readMs: number;
  #task: Task | undefined;
  #progressTimer: NodeJS.Timeout | undefined;
  #stuck = false;

  constructor(parent: { readMs: number; unpacker: Unpacker } & ReaderEvents) {
    this.#readMs = parent.readMs;
    this.#worker = startThread({
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
      workerData: this.#reading.buffer,
    });
    this.#worker.unref();
    this.#worker.on('message', (message: WorkerMessage) => {
      const index = this.#index;
      if (!('parcel' in message)) this.#reading[0] = noFile;
      callInTurn(() => {
        if ('parcel' in message) {
          this.#report(parent.unpacker.open(message.parcel));
          return;
        }
        const task = this.#endTask();
        parent.onIdle();
        if ('failed' in message) task?.reject(new JobError('failed', message.failed, index));
        else task?.resolve();
      });
    });
    let reason = 'exit';
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      reason = error.code ?? error.name;
    });
    // Runs after the thread's last messages, because their results count.
    this.#worker.on('exit', () =>
      callInTurn(() => {
        const index = this.#index;
        const task = this.#endTask();
        parent.onExit();
        const failure = this.#stuck ? 'time' : reason === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'failed';
        task?.reject(new JobError(failure, reason, index));
      }),
    );
  }

  get #index(): number | undefined {
    const [index] = this.#reading;
    return index === noFile ? undefined : index;
  }

  take(task: Task): void {
    this.#task = task;
    this.#worker.ref();
    this.#reading[0] = noFile;
    this.#watchProgress();
    this.#worker.postMessage(task.job, buffersOf(task.job));
  }

  end(): Promise<number> {
    return this.#worker.terminate();
  }

  /** Hands results to the caller; after an error of the caller it gets no more of them. */
  #report(results: readonly JobResult[]): void {
    try {
      for (const result of results) this.#task?.onResult(result);
    } catch (error) {
      this.#task?.reject(error as Error);
      this.#task = undefined;
    }
  }

  /** Ends a thread that reads the same file for too long, or takes as long to begin the first. */
  #watchProgress(): void {
    let index = noFile;
    let since = performance.now();
    this.#progressTimer = setInterval(
      () => {
        const now = performance.now();
        if (this.#reading[0] !== index) {
          index = this.#reading[0] as number;
          since = now;
        } else if (now - since > this.#readMs) {
          this.#stuck = true;
          void this.end();
        }
      },
      Math.min(checkMs, this.#readMs / 4),
    );
  }

  #endTask(): Task | undefined {
    clearInterval(this.#progressTimer);
    this.#worker.unref();
    const task = this.#task;
    this.#task = undefined;
    return task;
  }
}

/** Starts the bundled file, or the TypeScript source through tsx, which a thread must register itself. */
function startThread(options: WorkerOptions): Worker {
  const { worker } = readerFiles;
  if (worker.href.endsWith('.js')) return new Worker(worker, options);
  const load = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(worker.href)}); });`;
  return new Worker(load, { ...options, eval: true });
}

/** Returns the buffers that move to the thread instead of being copied: no other code uses the chunks (see `collectBytes`). */
function buffersOf(job: Job): ArrayBuffer[] {
  const chunks =
    job.kind === 'bytes' || job.kind === 'view'
      ? job.chunks
      : job.kind === 'compare'
        ? job.files.flatMap((file) => file.chunks)
        : [];
  return chunks.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}
