import type { Answer } from '../../src/answer/answer.js';
import { errorAnswer } from '../../src/answer/errors.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import type { Posted } from '../../src/desk/ports/message.js';
import type { SlackPlace } from './message.js';
import type { PendingPost } from './pending-posts.js';
import { literalPost, retryWhenRateLimited, type SenderDeps } from './posting.js';
import { isBlockRefusal, isRateLimited, slackCode } from './refusals.js';
import { type Rendered, renderPlain, renderPrivate, shareButton } from './render/index.js';

/** A response URL takes five answers; of a shortcut's, "I am reading it" and a word in between may have taken one each. */
const responses = { all: 5, left: 3 };
const responseTimeoutMs = 15_000;

/** The response URL is used up, too old, or was never good. */
class Refused extends Error {}

/**
 * Answers that belong in no thread: to one person, or to a channel Frebot may be no member of. Through the response URL of
 * the request, which is good for half an hour; after that as an ephemeral message, and at last as a direct one.
 */
export class PrivatePosts {
  readonly #deps: SenderDeps;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  /** Posts what `begun` lacks, and notes in it what was posted. */
  async say(place: SlackPlace, answer: Answer, begun: PendingPost): Promise<Posted> {
    const { all, left } = responses;
    const most = place.respond ? (place.share ? all : left) : Number.POSITIVE_INFINITY;
    if (begun.form !== 'plain') {
      const messages = renderPrivate(answer, most);
      if (place.share) withShareButton(messages, answer);
      try {
        return await this.#all(place, messages, begun);
      } catch (error) {
        if (!isBlockRefusal(error)) throw error;
        begun.form = 'plain';
        begun.parts.clear();
      }
    }
    const messages = renderPlain(answer).map((text): Rendered => ({ text, blocks: [] }));
    return this.#all(place, messages, begun);
  }

  async #all(place: SlackPlace, messages: Rendered[], begun: PendingPost): Promise<Posted> {
    for (const [at, message] of messages.entries()) {
      if (begun.parts.has(at + 1)) continue;
      await this.#one(place, message);
      begun.parts.add(at + 1);
    }
    return { private: true };
  }

  async #one(place: SlackPlace, message: Rendered): Promise<void> {
    const { respond } = place;
    const refused = respond === undefined || (await this.#respond(place, respond, message).then(no, whetherRefused));
    if (!refused) return;
    if (place.to === 'channel') return this.#inChannel(place, message);
    await this.#ephemeral(place, message).catch((error: unknown) => this.#direct(place, message, error));
  }

  async #respond(place: SlackPlace, url: string, { text, blocks }: Rendered): Promise<void> {
    const address = await this.#checked(place, url);
    const response_type = place.to === 'channel' ? 'in_channel' : 'ephemeral';
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type, replace_original: false, text, ...(blocks.length > 0 && { blocks }) }),
      redirect: 'error',
      signal: AbortSignal.timeout(responseTimeoutMs),
    }).catch((error: unknown) => {
      throw new CatalogueError('internal', { reason: 'no answer from Slack' }, { cause: error });
    });
    if (response.ok) return;
    if (response.status === 429) throw new CatalogueError('rate-limited', { host: 'slack.com' });
    if (response.status >= 500) throw new CatalogueError('internal', { reason: `response ${response.status}` });
    throw new Refused();
  }

  /** Response URLs come from signed requests; all the same only Slack's own host is called. */
  async #checked({ team }: SlackPlace, url: string): Promise<string> {
    const slack = new URL((await this.#deps.workspace(team)).client.slackApiUrl);
    const { protocol, host } = new URL(url);
    if (protocol === 'https:' && host === 'hooks.slack.com') return url;
    if (slack.hostname !== 'slack.com' && host === slack.host) return url;
    throw new Refused();
  }

  async #ephemeral({ team, channel, thread, asker = '' }: SlackPlace, { text, blocks }: Rendered): Promise<void> {
    const { poster } = await this.#deps.workspace(team);
    const at = { channel, user: asker, ...(thread && { thread_ts: thread }) };
    const post = { ...at, text, blocks, link_names: false, parse: 'none' as const };
    await retryWhenRateLimited(() => poster.chat.postEphemeral(post), this.#deps.clock);
  }

  /** The last resort: a message from Frebot itself. A post that Slack may have taken is not one Slack refused. */
  async #direct({ team, asker }: SlackPlace, { text, blocks }: Rendered, refusal: unknown): Promise<void> {
    if (slackCode(refusal) === undefined || isRateLimited(refusal) || isBlockRefusal(refusal) || !asker) throw refusal;
    const { poster } = await this.#deps.workspace(team);
    await retryWhenRateLimited(
      () => poster.chat.postMessage({ channel: asker, text, blocks, ...literalPost }),
      this.#deps.clock,
    );
  }

  /** Too late for the response URL: only a member may post. Where Frebot is none, the asker reads what to do. */
  async #inChannel(place: SlackPlace, { text, blocks }: Rendered): Promise<void> {
    const { poster } = await this.#deps.workspace(place.team);
    const post = { channel: place.channel, text, blocks, ...literalPost };
    await retryWhenRateLimited(() => poster.chat.postMessage(post), this.#deps.clock).catch(async (error: unknown) => {
      for (const sentence of renderPrivate(errorAnswer('slack-not-in-channel'))) {
        await this.#direct(place, sentence, error);
      }
    });
  }
}

const no = () => false;

function whetherRefused(error: unknown): boolean {
  if (error instanceof Refused) return true;
  throw error;
}

/** The last message gets the button that shows the answer to everybody, unless it is full. */
export function withShareButton(messages: Rendered[], answer: Answer): void {
  const last = messages.at(-1);
  if (last && last.blocks.length < 50) last.blocks.push(...shareButton(answer));
}
