import { JobError } from './job-error.js';

/** A thread or a process that reads files. */
interface Reader {
  /** Ends it, and resolves when it is gone. */
  end(): Promise<unknown>;
}

/** What a queue hands to a new reader, so that it can report back. */
export interface ReaderEvents {
  /** The reader may take the next task. */
  onIdle(): void;
  /** The reader is gone. */
  onExit(): void;
}

interface WaitingJob<R> {
  work: (reader: R) => void;
  reject: (error: JobError) => void;
}

/** Tasks that wait for one of a few readers. Readers start when there are tasks. */
export class ReaderQueue<R extends Reader> {
  readonly #size: number;
  readonly #start: (events: ReaderEvents) => R;
  readonly #waiting: WaitingJob<R>[] = [];
  readonly #all = new Set<R>();
  readonly #idle: R[] = [];
  #closed = false;

  /** @param size readers at a time */
  constructor(size: number, start: (events: ReaderEvents) => R) {
    this.#size = size;
    this.#start = start;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Hands a task to the next idle reader.
   * @param reject called with JobError when the queue is closed before the task begins
   */
  push(work: (reader: R) => void, reject: (error: JobError) => void): void {
    if (this.#closed) {
      reject(closedError());
      return;
    }
    this.#waiting.push({ work, reject });
    this.#next();
  }

  /** Rejects the tasks that wait, and ends every reader. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(closedError());
    await Promise.all([...this.#all].map((reader) => reader.end()));
  }

  #next(): void {
    while (!this.#closed && this.#waiting.length > 0) {
      const reader = this.#idle.pop() ?? (this.#all.size < this.#size ? this.#add() : undefined);
      if (!reader) return;
      (this.#waiting.shift() as WaitingJob<R>).work(reader);
    }
  }

  #add(): R {
    const reader = this.#start({
      onIdle: () => {
        this.#idle.push(reader);
        this.#next();
      },
      onExit: () => {
        this.#all.delete(reader);
        const at = this.#idle.indexOf(reader);
        if (at >= 0) this.#idle.splice(at, 1);
        this.#next();
      },
    });
    this.#all.add(reader);
    return reader;
  }
}

function closedError(): JobError {
  return new JobError('failed', 'closed');
}
