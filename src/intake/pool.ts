import { Worker } from 'node:worker_threads';
import type { Found, Job } from './jobs.js';
import type { FromWorker } from './worker.js';

/** A thread died or fell silent over a job: out of memory, or a reader that found no end. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';
}

/** A thread that tells nothing for so long is given up, milliseconds. The largest file takes a second or two. */
const silenceMs = 60_000;
/** Heap of a thread, MB; the bytes of a file are outside of it. */
const heapMb = 512;

interface Task {
  job: Job;
  onFound: (found: Found) => void;
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * A few threads and a queue of jobs. Threads start when the first job comes and do not keep the process alive while idle.
 * From TypeScript sources (tests, tsx) they load through tsx; from dist as they are.
 */
export class Pool {
  readonly #size: number;
  readonly #queue: Task[] = [];
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  #closed = false;

  constructor(size: number) {
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  /** Resolves when the job is done. Rejects with JobFailed when its thread died; what it had found until then stands. */
  run(job: Job, onFound: (found: Found) => void): Promise<void> {
    if (this.#closed) return Promise.reject(new JobFailed('closed'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, onFound, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#queue.splice(0)) task.reject(new JobFailed('closed'));
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ?? (this.#all.size < this.#size ? this.#start() : undefined);
      if (!worker) return;
      this.#assign(worker, this.#queue.shift() as Task);
    }
  }

  #start(): Worker {
    const source = import.meta.url.endsWith('.ts');
    const worker = new Worker(new URL(source ? './worker.ts' : './worker.js', import.meta.url), {
      execArgv: source ? ['--import', 'tsx'] : [],
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    worker.unref();
    this.#all.add(worker);
    return worker;
  }

  #assign(worker: Worker, task: Task): void {
    worker.ref();
    const silence = setTimeout(() => void worker.terminate(), silenceMs);
    const end = (error?: Error) => {
      clearTimeout(silence);
      worker.removeAllListeners();
      worker.unref();
      if (error) {
        this.#all.delete(worker);
        void worker.terminate();
        task.reject(error);
      } else {
        this.#idle.push(worker);
        task.resolve();
      }
      this.#next();
    };
    worker.on('message', (message: FromWorker) => {
      silence.refresh();
      if ('found' in message) for (const found of message.found) task.onFound(found);
      else end('failed' in message ? new JobFailed(message.failed) : undefined);
    });
    worker.on('error', (error) => end(new JobFailed((error as NodeJS.ErrnoException).code ?? error.name)));
    worker.on('exit', () => end(new JobFailed('exit')));
    const own = task.job.kind === 'bytes' ? task.job.chunks.map((chunk) => chunk.buffer as ArrayBuffer) : [];
    worker.postMessage(task.job, own);
  }
}
