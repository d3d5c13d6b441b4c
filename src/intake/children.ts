import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ChildMessage } from './child.js';
import type { ChildJob } from './child-job.js';
import { type FailureKind, JobError } from './job-error.js';
import type { JobResult } from './job-result.js';
import { runInTurn } from './pacing.js';
import { Unpacker } from './pack-results.js';
import type { WorkerPool } from './pool.js';
import { readerFiles } from './reader-files.js';
import { type ReaderEvents, ReaderQueue } from './reader-queue.js';

/** The readers: threads for files that are not small, processes for large ones. */
export interface Readers {
  pool: WorkerPool;
  children: Children | undefined;
}

/** The limits of one child process. */
export interface ChildLimits {
  memoryBytes: number;
  /** Milliseconds of computing: on a busy machine a file takes longer without being the reason. */
  ms: number;
}

/** The limit in elapsed time is this many times the limit in computing time, because the machine may be busy. */
const elapsedFactor = 4;

/** A child that still uses more bytes than this gets no further file, because that file needs the memory. */
const mostReusedBytes = 160 * 1024 * 1024;
/** Milliseconds after which a child without work ends. */
const idleMs = 10_000;

/**
 * Processes that read large files. A thread that runs out of memory ends the whole process; a child that does so ends only
 * itself. Children start when there is work, read many files, and do not keep this process alive while idle.
 */
export class Children {
  readonly #queue: ReaderQueue<Child>;
  readonly #unpacker = new Unpacker();

  /** @param size children at a time */
  constructor(size: number, limits: ChildLimits) {
    this.#queue = new ReaderQueue(size, (events) => new Child(limits, events));
  }

  /**
   * Runs a job in a child.
   * @param sent the bytes of the job's files that are not on this machine, in order
   * @throws JobError when the child died or was ended
   */
  run(job: ChildJob, sent: Iterable<Uint8Array> = []): Promise<JobResult[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push((child) => {
        child
          .work(job, sent)
          .then(({ parcel }) => runInTurn(() => this.#unpacker.open(parcel)))
          .then(resolve, reject);
      }, reject);
    });
  }

  close(): Promise<void> {
    return this.#queue.close();
  }
}

/** One child process and its current job. */
class Child {
  readonly #process: ChildProcess;
  readonly #limits: ChildLimits;
  readonly #events: ReaderEvents;
  readonly #exited: Promise<void>;
  #onAnswer: ((message: ChildMessage) => void) | undefined;
  #onFailure: ((error: JobError) => void) | undefined;
  /** Why this process ended the child. */
  #killReason: FailureKind | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Milliseconds that the child had computed when its first report on the job came. */
  #computedAtStart: number | undefined;

  constructor(limits: ChildLimits, events: ReaderEvents) {
    this.#limits = limits;
    this.#events = events;
    this.#process = startProcess(limits.memoryBytes);
    this.#process.on('message', (message: ChildMessage) => this.#onAnswer?.(message));
    this.#process.stdout?.setEncoding('latin1').on('data', (lines: string) => this.#readReport(lines));
    // The pipe of a child that dies breaks; its exit reports the death.
    this.#process.stdin?.on('error', () => undefined);
    this.#exited = new Promise((resolve) => {
      const fail = (failure: FailureKind, reason: string) => {
        clearTimeout(this.#timer);
        this.#onFailure?.(new JobError(this.#killReason ?? failure, reason));
        resolve();
        events.onExit();
      };
      this.#process.on('error', (error) => fail('failed', error.name));
      // V8 aborts when its heap is full; a system without memory kills.
      this.#process.on('exit', (code, signal) =>
        fail(signal !== null || code === 134 ? 'memory' : 'failed', signal ?? `exit ${code}`),
      );
    });
    this.#startIdling();
  }

  /** Runs a job, then takes the next one, unless it died or uses much memory. @throws JobError */
  async work(job: ChildJob, sent: Iterable<Uint8Array>): Promise<Extract<ChildMessage, { parcel: string }>> {
    try {
      const answer = await this.#run(job, sent);
      if (answer.resident > mostReusedBytes) void this.end();
      else this.#events.onIdle();
      return answer;
    } catch (error) {
      void this.end();
      throw error;
    }
  }

  async #run(job: ChildJob, sent: Iterable<Uint8Array>): Promise<Extract<ChildMessage, { parcel: string }>> {
    clearTimeout(this.#timer);
    this.#process.ref();
    this.#process.channel?.ref();
    try {
      const answer = await new Promise<ChildMessage>((resolve, reject) => {
        this.#onAnswer = resolve;
        this.#onFailure = reject;
        this.#timer = setTimeout(() => this.#kill('time'), this.#limits.ms * elapsedFactor);
        this.#computedAtStart = undefined;
        this.#process.send(job, (error) => error && this.#kill('failed'));
        void this.#send(sent);
      });
      if ('failed' in answer) throw new JobError('failed', answer.failed);
      return answer;
    } finally {
      this.#onAnswer = undefined;
      this.#onFailure = undefined;
      this.#startIdling();
    }
  }

  /** Ends the child, and resolves when it is gone. Until then the child keeps this process alive; otherwise Node would end with code 13. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#process.ref();
    this.#process.kill('SIGKILL');
    await this.#exited;
  }

  async #send(sent: Iterable<Uint8Array>): Promise<void> {
    const pipe = this.#process.stdin;
    for (const chunk of sent) {
      if (!pipe?.writable) return;
      if (pipe.write(chunk)) continue;
      const drained = new Promise((resolve) => pipe.once('drain', resolve));
      await Promise.race([drained, this.#exited]);
    }
  }

  #readReport(lines: string): void {
    if (!this.#onAnswer) return;
    const [resident, computed] = (lines.trimEnd().split('\n').at(-1) as string).split(' ').map(Number) as [
      number,
      number,
    ];
    this.#computedAtStart ??= computed;
    if (resident > this.#limits.memoryBytes) this.#kill('memory');
    else if (computed - this.#computedAtStart > this.#limits.ms) this.#kill('time');
  }

  #kill(reason: FailureKind): void {
    this.#killReason ??= reason;
    this.#process.kill('SIGKILL');
  }

  /** Ends an idle child after a while, and lets this process end before it. */
  #startIdling(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#process.kill('SIGKILL'), idleMs).unref();
    this.#process.unref();
    this.#process.channel?.unref();
    for (const pipe of [this.#process.stdin, this.#process.stdout]) (pipe as { unref?(): void } | null)?.unref?.();
  }
}

/** Starts the compiled file from dist, or the TypeScript source through tsx. It gets none of our environment, which holds secrets. */
function startProcess(memoryBytes: number): ChildProcess {
  const { child } = readerFiles;
  const isSource = child.href.endsWith('.ts');
  const loader = isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : [];
  // Below the limit, so that V8 collects garbage before it is reached.
  const heapMb = Math.ceil((memoryBytes / 1024 / 1024) * 0.8);
  const { SystemRoot } = process.env;
  return fork(fileURLToPath(child), [], {
    execArgv: [...loader, `--max-old-space-size=${heapMb}`],
    env: SystemRoot === undefined ? {} : { SystemRoot },
    stdio: ['pipe', 'pipe', 'ignore', 'ipc'],
  });
}
