import type { Answer } from '../../answer/answer.js';
import type { Door } from '../ports/door.js';
import type { Clock } from '../ports/environment.js';
import type { Message, PostedMessage } from '../ports/message.js';
import { progressReply, progressStatus } from '../replies.js';

/** Work that takes less time is answered without a sign of progress, milliseconds. */
const progressDelayMs = 5_000;
/** Pauses between two signs of the platform, which disappear by themselves, milliseconds. */
const statusPauseMs = 10_000;

/**
 * Shows how far the reading is once it takes longer than five seconds: as the platform's own status, or where there is none in
 * one message, which is deleted at the end.
 */
export class Progress {
  done = 0;
  total = 0;
  readonly #door: Door;
  readonly #message: Message;
  readonly #stopped = new AbortController();
  readonly #clock: Clock;
  readonly #posted: Promise<PostedMessage | undefined>;
  #showsStatus = false;
  readonly #earlier: Promise<PostedMessage | undefined>;

  /** @param isRetry an earlier attempt may have left a progress message, which is then reused */
  constructor(door: Door, message: Message, clock: Clock, isRetry = false) {
    this.#door = door;
    this.#message = message;
    this.#clock = clock;
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

  /** Prevents signs that are not shown yet. */
  stop(): void {
    this.#stopped.abort();
  }

  /** Resolves when nothing of the progress is shown any more. Never rejects. */
  async finish(): Promise<void> {
    this.stop();
    const { where } = this.#message;
    const posted = (await this.#posted) ?? (await this.#earlier);
    if (this.#showsStatus) await this.#door.showStatus?.(where, '');
    if (posted) await this.#door.remove(where, posted);
  }

  /** Shows the platform's status, or posts a message and returns it. */
  async #post(): Promise<PostedMessage | undefined> {
    if (this.#stopped.signal.aborted) return undefined;
    this.#showsStatus = await this.#showStatus();
    if (!this.#showsStatus) return this.#say(progressReply(this.done, this.total), await this.#earlier);
    void this.#repeatStatus();
    return undefined;
  }

  async #repeatStatus(): Promise<void> {
    for (;;) {
      await this.#clock.sleep(statusPauseMs, this.#stopped.signal);
      if (this.#stopped.signal.aborted) return;
      await this.#showStatus();
    }
  }

  async #showStatus(): Promise<boolean> {
    const text = progressStatus(this.done, this.total);
    return (await this.#door.showStatus?.(this.#message.where, text)) ?? false;
  }

  async #find(): Promise<PostedMessage | undefined> {
    const { where, key } = this.#message;
    const found = await this.#door.find(where, `${key}:progress`).catch(() => undefined);
    return found && 'posted' in found ? found.posted : undefined;
  }

  /** Posts or edits the progress message. Never rejects, because a failing progress message must not cost the answer. */
  #say(answer: Answer, posted?: PostedMessage): Promise<PostedMessage | undefined> {
    const { where, key } = this.#message;
    return this.#door.say(where, answer, `${key}:progress`, posted).catch(() => undefined);
  }
}
