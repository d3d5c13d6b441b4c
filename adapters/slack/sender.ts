import type { Answer } from '../../src/answer/answer.js';
import type { FoundPost } from '../../src/desk/ports/door.js';
import type { Posted, Where } from '../../src/desk/ports/message.js';
import { toSlackPlace } from './message.js';
import { PendingPosts } from './pending-posts.js';
import type { SenderDeps } from './posting.js';
import { PrivatePosts } from './private-posts.js';
import { isNotMember, toCatalogueError } from './refusals.js';
import { ThreadPosts } from './thread-posts.js';

/** The one place that writes answers to Slack. */
export class SlackSender {
  readonly #workspace: SenderDeps['workspace'];
  readonly #unfinished = new PendingPosts();
  readonly #thread: ThreadPosts;
  readonly #private: PrivatePosts;

  constructor(deps: SenderDeps) {
    this.#workspace = deps.workspace;
    this.#thread = new ThreadPosts(deps);
    this.#private = new PrivatePosts(deps);
  }

  /** Eyes on the message that asked. A repeated reaction, a missing scope: nothing that matters to the answer. */
  async acknowledge(where: Where): Promise<void> {
    const { team, channel, ts } = toSlackPlace(where);
    if (!ts) return;
    await this.#workspace(team)
      .then(({ client }) => client.reactions.add({ channel, timestamp: ts, name: 'eyes' }))
      .catch(() => undefined);
  }

  /**
   * Posts an answer where it belongs, puts it in the place of an earlier post, or posts what is missing of it.
   * @throws CatalogueError
   */
  async say(where: Where, answer: Answer, key: string, posted?: Posted): Promise<Posted> {
    const place = toSlackPlace(where);
    const known = posted === undefined ? this.#unfinished.get(key) : undefined;
    if (place.to) {
      // What only one person sees cannot be edited: the word in between stays as it is.
      if (posted) return posted;
      const begun = known ?? { form: 'blocks', parts: new Set() };
      return this.#during(key, begun, () => this.#private.say(place, answer, begun));
    }
    const begun = known ?? this.#thread.begun(posted);
    const over = posted && !('parts' in posted) ? String(posted.ts) : undefined;
    return this.#during(key, begun, async () => {
      try {
        return await this.#thread.say(place, answer, key, begun, over);
      } catch (error) {
        // Where we are no member only who asked can be reached.
        const elsewhere = place.asker !== undefined && begun.parts.size === 0 && isNotMember(error);
        if (!elsewhere) throw error;
        return this.#private.say({ ...place, to: 'asker' }, answer, begun);
      }
    });
  }

  /** What stands there of the answer with this key. What only one person sees is in no history. */
  async find(where: Where, key: string): Promise<FoundPost> {
    const place = toSlackPlace(where);
    return place.to ? 'cannot-tell' : this.#thread.find(place, key);
  }

  async #during(
    key: string,
    begun: Parameters<PendingPosts['during']>[1],
    post: () => Promise<Posted>,
  ): Promise<Posted> {
    return this.#unfinished.during(key, begun, post).catch((error: unknown) => {
      throw toCatalogueError(error, begun.parts.size > 0);
    });
  }
}
