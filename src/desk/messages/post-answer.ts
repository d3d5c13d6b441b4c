import type { Answer } from '../../answer/answer.js';
import { errorEntry } from '../../answer/errors.js';
import { markRepeated } from '../../answer/repeated-part.js';
import type { Door, FoundPost } from '../ports/door.js';
import type { Clock, Events } from '../ports/environment.js';
import { CatalogueError } from '../ports/errors.js';
import type { PostedMessage, ReplyPlace } from '../ports/message.js';

/** Pauses between the attempts to post, milliseconds. */
const pauses = [500, 2_000, 8_000];

/** True for a failure that another attempt cannot fix. */
export function isFinalError(error: unknown): boolean {
  return error instanceof CatalogueError && errorEntry(error.code).final === true;
}

/** True for a failure that a pause fixes; nothing was posted. */
export function isThrottled(error: unknown): boolean {
  return error instanceof CatalogueError && errorEntry(error.code).throttled === true;
}

/** True when the post may have arrived although it failed, because the platform has not refused it. */
function mayHaveArrived(error: unknown): boolean {
  return !isThrottled(error) && !isFinalError(error);
}

/**
 * Posts an answer and retries when the platform fails. Before each retry the door looks for the post, so that an attempt which
 * succeeded although it seemed to fail is not repeated.
 * @param partial the part of the answer that an earlier process has posted
 * @throws the door's last error, when no attempt succeeded
 */
export async function postWithRetry(
  door: Door,
  where: ReplyPlace,
  answer: Answer,
  key: string,
  { clock, events }: { clock: Clock; events: Events },
  partial?: PostedMessage,
): Promise<PostedMessage> {
  let partialPost = partial;
  let current = answer;
  for (let attempt = 0; ; attempt++) {
    try {
      return await door.say(where, current, key, partialPost);
    } catch (error) {
      const pause = pauses[attempt];
      if (pause === undefined || isFinalError(error)) throw error;
      events.emit({ name: 'post-retried', door: door.name, attempt: attempt + 1 });
      await clock.sleep(pause);
      const found = await door.find(where, key).catch((): FoundPost => ({ state: 'cannot-tell' }));
      if (found.state === 'whole') return found.posted;
      if (found.state === 'partial') partialPost = found.posted;
      if (found.state === 'cannot-tell' && mayHaveArrived(error)) current = markRepeated(answer);
    }
  }
}
