import { Worker, type WorkerOptions } from 'node:worker_threads';
import { type Found, type Job, runJob } from './jobs.js';
import { Paced } from './paced.js';
import { Unpacker } from './parcel.js';
import type { FromWorker } from './worker.js';

/** A thread died or fell silent over a job: out of memory, or a reader that found no end. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';

  /** The job was too much for its thread: out of memory, or silent for too long. Else something in us failed. */
  get overtaxed(): boolean {
    return this.message === 'ERR_WORKER_OUT_OF_MEMORY' || this.message === 'exit';
  }
}

/** A thread that tells nothing for so long is given up, milliseconds. The largest file takes a second or two. */
const silenceMs = 60_000;
/** Heap of a thread, MB; the bytes of a file are outside of it. */
const heapMb = 512;
/** Short-lived garbage of a thread, MB: readers make much, and by default it may take 48. */
const youngMb = 8;

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
  readonly #idle: Thread[] = [];
  readonly #all = new Set<Thread>();
  readonly #paced = new Paced();
  readonly #unpacker = new Unpacker();
  #closed = false;

  constructor(size: number) {
    this.#size = size;
  }

  /** How many jobs run at a time. */
  get size(): number {
    return Math.max(1, this.#size);
  }

  /** Resolves when the job is done. Rejects with JobFailed when its thread died; what it had found until then stands. */
  run(job: Job, onFound: (found: Found) => void): Promise<void> {
    if (this.#closed) return Promise.reject(new JobFailed('closed'));
    if (this.#size === 0) return here(job, onFound);
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, onFound, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#queue.splice(0)) task.reject(new JobFailed('closed'));
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
async function here(job: Job, onFound: (found: Found) => void): Promise<void> {
  try {
    await runJob(job, onFound);
  } catch (error) {
    throw new JobFailed(error instanceof Error ? error.name : typeof error);
  }
}

/** One worker thread and the task it has in hand. */
class Thread {
  readonly #worker: Worker;
  #task: Task | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor(on: { paced: Paced; unpacker: Unpacker; free: () => void; gone: () => void }) {
    this.#worker = startThread({
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
    });
    this.#worker.unref();
    this.#worker.on('message', (message: FromWorker) => {
      this.#silence?.refresh();
      on.paced.push(() => {
        if ('parcel' in message) {
          for (const found of on.unpacker.open(message.parcel)) this.#task?.onFound(found);
          return;
        }
        const task = this.#end();
        on.free();
        if ('failed' in message) task?.reject(new JobFailed(message.failed));
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
        const task = this.#end();
        on.gone();
        task?.reject(new JobFailed(reason));
      }),
    );
  }

  take(task: Task): void {
    this.#task = task;
    this.#worker.ref();
    this.#silence = setTimeout(() => void this.terminate(), silenceMs);
    this.#worker.postMessage(task.job, buffersOf(task.job));
  }

  terminate(): Promise<number> {
    return this.#worker.terminate();
  }

  #end(): Task | undefined {
    clearTimeout(this.#silence);
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

/** What moves to the thread instead of being copied: chunks are their own (see `collect`). */
function buffersOf(job: Job): ArrayBuffer[] {
  const chunks =
    job.kind === 'bytes' ? job.chunks : job.kind === 'compare' ? job.files.flatMap((file) => file.chunks) : [];
  return chunks.map((chunk) => chunk.buffer as ArrayBuffer);
}
