import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FromChild } from './child.js';
import type { ChildJob } from './child-job.js';
import { type Failure, JobFailed } from './job-failed.js';
import type { JobResult } from './job-result.js';
import { Unpacker } from './parcel.js';
import type { WorkerPool } from './pool.js';

/** The readers: threads for files that are not small, processes for large ones. */
export interface Readers {
  pool: WorkerPool;
  children: Children | undefined;
}

/** The limits of one child process. */
export interface ChildLimits {
  memoryBytes: number;
  /** Milliseconds of computing: on a busy machine a file may take longer, and is not to blame for it. */
  ms: number;
}

/** The limit in elapsed time is so many times the limit in computing time, because the machine may be busy. */
const patience = 4;

/** A child that still holds more than this, in bytes, is not used again: the next file needs the memory. */
const reusedUpTo = 160 * 1024 * 1024;
/** A child without work is ended, milliseconds. */
const idleMs = 10_000;

interface Task {
  job: ChildJob;
  sent: Iterable<Uint8Array>;
  resolve: (found: JobResult[]) => void;
  reject: (error: JobFailed) => void;
}

/**
 * Processes that read what is large. Running out of memory in a thread ends the whole process; the death of a child is an
 * answer. Children start when there is work, serve many files, and do not keep this process alive while idle.
 */
export class Children {
  readonly #size: number;
  readonly #limits: ChildLimits;
  readonly #queue: Task[] = [];
  readonly #all = new Set<Child>();
  readonly #idle: Child[] = [];
  readonly #unpacker = new Unpacker();
  #closed = false;

  /** @param size how many may run at a time */
  constructor(size: number, limits: ChildLimits) {
    this.#size = size;
    this.#limits = limits;
  }

  /**
   * @param sent the bytes of the job's files that are not on this machine, in order
   * @throws JobFailed when the child died or was ended
   */
  run(job: ChildJob, sent: Iterable<Uint8Array> = []): Promise<JobResult[]> {
    if (this.#closed) return Promise.reject(new JobFailed('failed', 'closed'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, sent, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#queue.splice(0)) task.reject(new JobFailed('failed', 'closed'));
    await Promise.all([...this.#all].map((child) => child.end()));
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const child = this.#idle.pop() ?? (this.#all.size < this.#size ? this.#start() : undefined);
      if (!child) return;
      void this.#work(child, this.#queue.shift() as Task);
    }
  }

  #start(): Child {
    const child = new Child(this.#limits, () => {
      this.#all.delete(child);
      const at = this.#idle.indexOf(child);
      if (at >= 0) this.#idle.splice(at, 1);
      if (!this.#closed) this.#next();
    });
    this.#all.add(child);
    return child;
  }

  async #work(child: Child, { job, sent, resolve, reject }: Task): Promise<void> {
    try {
      const { parcel, resident } = await child.work(job, sent);
      if (resident > reusedUpTo) void child.end();
      else this.#idle.push(child);
      resolve(this.#unpacker.open(parcel));
    } catch (error) {
      void child.end();
      reject(error as JobFailed);
    }
    this.#next();
  }
}

/** One child process and its current job. */
class Child {
  readonly #process: ChildProcess;
  readonly #limits: ChildLimits;
  readonly #gone: Promise<void>;
  #answer: ((message: FromChild) => void) | undefined;
  #failed: ((error: JobFailed) => void) | undefined;
  /** Why we ended it. */
  #ended: Failure | undefined;
  #clock: NodeJS.Timeout | undefined;
  /** Computing time of the child when the job was young, milliseconds. */
  #begun: number | undefined;

  constructor(limits: ChildLimits, gone: () => void) {
    this.#limits = limits;
    this.#process = start(limits.memoryBytes);
    this.#process.on('message', (message: FromChild) => this.#answer?.(message));
    this.#process.stdout?.setEncoding('latin1').on('data', (lines: string) => this.#reported(lines));
    // A child that dies takes its end of the pipe with it: its exit says so.
    this.#process.stdin?.on('error', () => undefined);
    this.#gone = new Promise((resolve) => {
      const over = (failure: Failure, reason: string) => {
        clearTimeout(this.#clock);
        this.#failed?.(new JobFailed(this.#ended ?? failure, reason));
        resolve();
        gone();
      };
      this.#process.on('error', (error) => over('failed', error.name));
      // V8 aborts when its heap is full, and a system out of memory kills.
      this.#process.on('exit', (code, signal) =>
        over(signal !== null || code === 134 ? 'memory' : 'failed', signal ?? `exit ${code}`),
      );
    });
    this.#rest();
  }

  /** @throws JobFailed */
  async work(job: ChildJob, sent: Iterable<Uint8Array>): Promise<Extract<FromChild, { parcel: string }>> {
    clearTimeout(this.#clock);
    this.#process.ref();
    this.#process.channel?.ref();
    try {
      const answer = await new Promise<FromChild>((resolve, reject) => {
        this.#answer = resolve;
        this.#failed = reject;
        this.#clock = setTimeout(() => this.#kill('time'), this.#limits.ms * patience);
        this.#begun = undefined;
        this.#process.send(job, (error) => error && this.#kill('failed'));
        void this.#send(sent);
      });
      if ('failed' in answer) throw new JobFailed('failed', answer.failed);
      return answer;
    } finally {
      this.#answer = undefined;
      this.#failed = undefined;
      this.#rest();
    }
  }

  /** Ends the process, and resolves when it is gone: until then it keeps us alive, else Node would end with code 13. */
  async end(): Promise<void> {
    clearTimeout(this.#clock);
    this.#process.ref();
    this.#process.kill('SIGKILL');
    await this.#gone;
  }

  async #send(sent: Iterable<Uint8Array>): Promise<void> {
    const pipe = this.#process.stdin;
    for (const chunk of sent) {
      if (!pipe?.writable) return;
      if (pipe.write(chunk)) continue;
      const taken = new Promise((resolve) => pipe.once('drain', resolve));
      await Promise.race([taken, this.#gone]);
    }
  }

  #reported(lines: string): void {
    if (!this.#answer) return;
    const [resident, computed] = (lines.trimEnd().split('\n').at(-1) as string).split(' ').map(Number) as [
      number,
      number,
    ];
    this.#begun ??= computed;
    if (resident > this.#limits.memoryBytes) this.#kill('memory');
    else if (computed - this.#begun > this.#limits.ms) this.#kill('time');
  }

  #kill(why: Failure): void {
    this.#ended ??= why;
    this.#process.kill('SIGKILL');
  }

  /** Lets an idle child end after a while, and lets this process end before it. */
  #rest(): void {
    clearTimeout(this.#clock);
    this.#clock = setTimeout(() => this.#process.kill('SIGKILL'), idleMs).unref();
    this.#process.unref();
    this.#process.channel?.unref();
    for (const pipe of [this.#process.stdin, this.#process.stdout]) (pipe as { unref?(): void } | null)?.unref?.();
  }
}

/** From dist the compiled file; from TypeScript sources the same file through tsx. It gets none of our environment, which holds secrets. */
function start(memoryBytes: number): ChildProcess {
  const source = import.meta.url.endsWith('.ts');
  const loader = source ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : [];
  // V8 collects garbage before the limit is reached.
  const heapMb = Math.ceil((memoryBytes / 1024 / 1024) * 0.8);
  const { SystemRoot } = process.env;
  return fork(fileURLToPath(new URL(source ? './child.ts' : './child.js', import.meta.url)), [], {
    execArgv: [...loader, `--max-old-space-size=${heapMb}`],
    env: SystemRoot === undefined ? {} : { SystemRoot },
    stdio: ['pipe', 'pipe', 'ignore', 'ipc'],
  });
}
