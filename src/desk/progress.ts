import type { Clock, Door, Message, Posted } from './ports.js';
import { progressDoneReply, progressReply } from './replies.js';

/** Work shorter than this is answered without a word in between. */
export const quietMs = 5_000;

/** Tells how far the work is once it takes longer than five seconds, in one message that later shrinks to a line. */
export class Progress {
  done = 0;
  total = 0;
  readonly #door: Door;
  readonly #message: Message;
  readonly #over = new AbortController();
  readonly #posted: Promise<Posted | undefined>;

  constructor(door: Door, message: Message, clock: Clock) {
    this.#door = door;
    this.#message = message;
    this.#posted = clock.sleep(quietMs, this.#over.signal).then(() => this.#tell());
  }

  /** From now on no progress message is begun. */
  stop(): void {
    this.#over.abort();
  }

  /** Ends it. Resolves when a progress message that was posted reads as one line; never rejects. */
  async finish(): Promise<void> {
    this.stop();
    const posted = await this.#posted;
    if (posted) await this.#say(progressDoneReply(this.total), posted);
  }

  #tell(): Promise<Posted | undefined> {
    if (this.#over.signal.aborted) return Promise.resolve(undefined);
    return this.#say(progressReply(this.done, this.total));
  }

  /** A progress message that cannot be posted must not cost the answer. */
  #say(answer: Parameters<Door['say']>[1], posted?: Posted): Promise<Posted | undefined> {
    const { where, key } = this.#message;
    return this.#door.say(where, answer, `${key}:progress`, posted).catch(() => undefined);
  }
}
