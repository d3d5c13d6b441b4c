import { Worker, type WorkerOptions } from 'node:worker_threads';
import { JobFailed } from './job-failed.js';
import type { JobResult } from './job-result.js';
import { type Job, runJob } from './jobs.js';
import { sizeLimits } from './limits.js';
import { PacedQueue } from './pacing.js';
import { Unpacker } from './parcel.js';
import type { FromWorker } from './worker.js';

/** Interval between checks that a thread makes progress, milliseconds. */
const lookMs = 1_000;
/** Heap of a thread, MB; the bytes of a file are outside of it. */
const heapMb = 512;
/** Short-lived garbage of a thread, MB: readers make much, and by default it may take 48. */
const youngMb = 8;

interface Task {
  job: Job;
  onFound: (found: JobResult) => void;
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * A few threads and a queue of jobs. Threads start when the first job comes and do not keep the process alive while idle.
 * From TypeScript sources (tests, tsx) they load through tsx; from dist as they are.
 */
export class WorkerPool {
  readonly #size: number;
  readonly #readMs: number;
  readonly #queue: Task[] = [];
  readonly #idle: Thread[] = [];
  readonly #all = new Set<Thread>();
  readonly #paced = new PacedQueue();
  readonly #unpacker = new Unpacker();
  #closed = false;

  /** @param readMs what one file may take before its thread is given up */
  constructor(size: number, readMs: number = sizeLimits.readMs) {
    this.#size = size;
    this.#readMs = readMs;
  }

  /** How many jobs run at a time. */
  get size(): number {
    return Math.max(1, this.#size);
  }

  /** Resolves when the job is done. Rejects with JobFailed when its thread died; what it had found until then stands. */
  run(job: Job, onFound: (found: JobResult) => void): Promise<void> {
    if (this.#closed) return Promise.reject(new JobFailed('failed', 'closed'));
    if (this.#size === 0) return here(job, onFound);
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, onFound, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#queue.splice(0)) task.reject(new JobFailed('failed', 'closed'));
    await Promise.all([...this.#all].map((thread) => thread.terminate()));
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const thread = this.#idle.pop() ?? (this.#all.size < this.#size ? this.#start() : undefined);
      if (!thread) return;
      thread.take(this.#queue.shift() as Task);
    }
  }

  #start(): Thread {
    const thread = new Thread({
      readMs: this.#readMs,
      paced: this.#paced,
      unpacker: this.#unpacker,
      free: () => {
        this.#idle.push(thread);
        this.#next();
      },
      gone: () => {
        this.#all.delete(thread);
        const at = this.#idle.indexOf(thread);
        if (at >= 0) this.#idle.splice(at, 1);
        if (!this.#closed) this.#next();
      },
    });
    this.#all.add(thread);
    return thread;
  }
}

/** Without threads a job runs where it is asked for, and holds up what else happens there. */
async function here(job: Job, onFound: (found: JobResult) => void): Promise<void> {
  try {
    await runJob(job, onFound);
  } catch (error) {
    throw new JobFailed('failed', error instanceof Error ? error.name : typeof error);
  }
}

/** No file is being read. */
const none = -1;

/** One worker thread and the task it has in hand. */
class Thread {
  readonly #worker: Worker;
  /** The index of the file it reads, written by the thread. */
  readonly #reading = new Int32Array(new SharedArrayBuffer(4)).fill(none);
  readonly #readMs: number;
  #task: Task | undefined;
  #watch: NodeJS.Timeout | undefined;
  #stuck = false;

  constructor(on: { readMs: number; paced: PacedQueue; unpacker: Unpacker; free: () => void; gone: () => void }) {
    this.#readMs = on.readMs;
    this.#worker = startThread({
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
      workerData: this.#reading.buffer,
    });
    this.#worker.unref();
    this.#worker.on('message', (message: FromWorker) => {
      const index = this.#index;
      if (!('parcel' in message)) this.#reading[0] = none;
      on.paced.push(() => {
        if ('parcel' in message) {
          for (const found of on.unpacker.open(message.parcel)) this.#task?.onFound(found);
          return;
        }
        const task = this.#end();
        on.free();
        if ('failed' in message) task?.reject(new JobFailed('failed', message.failed, index));
        else task?.resolve();
      });
    });
    let reason = 'exit';
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      reason = error.code ?? error.name;
    });
    // In line behind its last messages: what it had found counts.
    this.#worker.on('exit', () =>
      on.paced.push(() => {
        const index = this.#index;
        const task = this.#end();
        on.gone();
        const failure = this.#stuck ? 'time' : reason === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'failed';
        task?.reject(new JobFailed(failure, reason, index));
      }),
    );
  }

  get #index(): number | undefined {
    const [index] = this.#reading;
    return index === none ? undefined : index;
  }

  take(task: Task): void {
    this.#task = task;
    this.#worker.ref();
    this.#reading[0] = none;
    this.#watchOver();
    this.#worker.postMessage(task.job, buffersOf(task.job));
  }

  terminate(): Promise<number> {
    return this.#worker.terminate();
  }

  /** A thread that is at the same file for too long is ended; before the first, it has the same time to begin. */
  #watchOver(): void {
    let index = none;
    let since = performance.now();
    this.#watch = setInterval(
      () => {
        const now = performance.now();
        if (this.#reading[0] !== index) {
          index = this.#reading[0] as number;
          since = now;
        } else if (now - since > this.#readMs) {
          this.#stuck = true;
          void this.terminate();
        }
      },
      Math.min(lookMs, this.#readMs / 4),
    );
  }

  #end(): Task | undefined {
    clearInterval(this.#watch);
    this.#worker.unref();
    const task = this.#task;
    this.#task = undefined;
    return task;
  }
}

/** From dist the compiled file; from TypeScript sources the same file through tsx, which a thread must register itself. */
function startThread(options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker.js', import.meta.url), options);
  const source = new URL('./worker.ts', import.meta.url).href;
  const load = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source)}); });`;
  return new Worker(load, { ...options, eval: true });
}

/** Returns the buffers that move to the thread instead of being copied: no other code uses the chunks (see `collectBytes`). */
function buffersOf(job: Job): ArrayBuffer[] {
  const chunks =
    job.kind === 'bytes' ? job.chunks : job.kind === 'compare' ? job.files.flatMap((file) => file.chunks) : [];
  return chunks.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}
