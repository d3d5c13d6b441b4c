import type { Answer } from '../../answer/answer.js';
import type { Door } from '../ports/door.js';
import type { Clock } from '../ports/environment.js';
import type { Message, Posted } from '../ports/message.js';
import { progressDoneReply, progressReply } from '../replies.js';

/** Work that takes less time is answered without a progress message, milliseconds. */
const progressDelayMs = 5_000;

/** Posts how far the reading is once it takes longer than five seconds, in one message that is shortened to a line at the end. */
export class Progress {
  done = 0;
  total = 0;
  readonly #door: Door;
  readonly #message: Message;
  readonly #stopped = new AbortController();
  readonly #posted: Promise<Posted | undefined>;
  readonly #earlier: Promise<Posted | undefined>;

  /** @param isRetry an earlier attempt may have left a progress message, which is then reused */
  constructor(door: Door, message: Message, clock: Clock, isRetry = false) {
    this.#door = door;
    this.#message = message;
    this.#posted = clock.sleep(progressDelayMs, this.#stopped.signal).then(() => this.#post());
    this.#earlier = isRetry ? this.#find() : Promise.resolve(undefined);
  }

  /** Returns a listener for the reading of one file, which may prove to be an archive of many. */
  countFile(): (reading: unknown, done: number, total: number) => void {
    let counted = 0;
    return (_reading, done, total) => {
      if (counted === 0) this.total += total - 1;
      this.done += done - counted;
      counted = done;
    };
  }

  /** Prevents a progress message that is not posted yet. */
  stop(): void {
    this.#stopped.abort();
  }

  /** Resolves when the progress message, if there is one, is shortened to a line. Never rejects. */
  async finish(): Promise<void> {
    this.stop();
    const posted = (await this.#posted) ?? (await this.#earlier);
    if (posted) await this.#say(progressDoneReply(this.total), posted);
  }

  async #post(): Promise<Posted | undefined> {
    if (this.#stopped.signal.aborted) return undefined;
    return this.#say(progressReply(this.done, this.total), await this.#earlier);
  }

  async #find(): Promise<Posted | undefined> {
    const { where, key } = this.#message;
    const found = await this.#door.find(where, `${key}:progress`).catch(() => undefined);
    return found && 'posted' in found ? found.posted : undefined;
  }

  /** Posts or edits the progress message. Never rejects, because a failing progress message must not cost the answer. */
  #say(answer: Answer, posted?: Posted): Promise<Posted | undefined> {
    const { where, key } = this.#message;
    return this.#door.say(where, answer, `${key}:progress`, posted).catch(() => undefined);
  }
}
