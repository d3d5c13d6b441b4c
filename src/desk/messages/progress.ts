import type { Door } from '../ports/door.js';
import type { Clock } from '../ports/environment.js';
import type { Message, Posted } from '../ports/message.js';
import { progressDoneReply, progressReply } from '../replies.js';

/** Work shorter than this is answered without a word in between. */
const progressDelayMs = 5_000;

/** Tells how far the work is once it takes longer than five seconds, in one message that later shrinks to a line. */
export class Progress {
  done = 0;
  total = 0;
  readonly #door: Door;
  readonly #message: Message;
  readonly #over = new AbortController();
  readonly #posted: Promise<Posted | undefined>;
  readonly #left: Promise<Posted | undefined>;

  /** @param again an earlier attempt may have left such a message behind: then that one is gone on with */
  constructor(door: Door, message: Message, clock: Clock, again = false) {
    this.#door = door;
    this.#message = message;
    this.#posted = clock.sleep(progressDelayMs, this.#over.signal).then(() => this.#tell());
    this.#left = again ? this.#find() : Promise.resolve(undefined);
  }

  /** From now on no progress message is begun. */
  stop(): void {
    this.#over.abort();
  }

  /** Ends it. Resolves when a progress message that was posted reads as one line; never rejects. */
  async finish(): Promise<void> {
    this.stop();
    const posted = (await this.#posted) ?? (await this.#left);
    if (posted) await this.#say(progressDoneReply(this.total), posted);
  }

  async #tell(): Promise<Posted | undefined> {
    if (this.#over.signal.aborted) return undefined;
    return this.#say(progressReply(this.done, this.total), await this.#left);
  }

  async #find(): Promise<Posted | undefined> {
    const { where, key } = this.#message;
    const found = await this.#door.find(where, `${key}:progress`).catch(() => 'none' as const);
    return typeof found === 'object' ? found.posted : undefined;
  }

  /** A progress message that cannot be posted must not cost the answer. */
  #say(answer: Parameters<Door['say']>[1], posted?: Posted): Promise<Posted | undefined> {
    const { where, key } = this.#message;
    return this.#door.say(where, answer, `${key}:progress`, posted).catch(() => undefined);
  }
}
