import type { Answer } from '../../answer/answer.js';
import { errorEntry } from '../../answer/errors.js';
import type { Door } from '../ports/door.js';
import type { Clock, Events } from '../ports/environment.js';
import { CatalogueError } from '../ports/errors.js';
import type { Posted, Where } from '../ports/message.js';

/** Waits between the attempts to post, milliseconds. */
const waits = [500, 2_000, 8_000];

/** Returns true for a failure that another attempt cannot resolve. */
export function isFinalError(error: unknown): boolean {
  return error instanceof CatalogueError && errorEntry(error.code).final === true;
}

/**
 * Posts an answer, again if the platform stumbles. Before each further attempt the door looks whether the first one got
 * through after all, so that nobody reads the answer twice.
 * @param half what an earlier process has posted of it
 * @throws what the door threw last, when no attempt succeeded
 */
export async function postWithRetry(
  door: Door,
  where: Where,
  answer: Answer,
  key: string,
  deps: { clock: Clock; events: Events },
  half?: Posted,
): Promise<Posted> {
  let begun = half;
  for (let attempt = 0; ; attempt++) {
    try {
      return await door.say(where, answer, key, begun);
    } catch (error) {
      const wait = waits[attempt];
      if (wait === undefined || isFinalError(error)) throw error;
      deps.events.emit({ name: 'post-retried', door: door.name, attempt: attempt + 1 });
      await deps.clock.sleep(wait);
      const found = await door.find(where, key).catch(() => 'cannot-tell' as const);
      if (typeof found !== 'object') continue;
      if (found.whole) return found.posted;
      begun = found.posted;
    }
  }
}
