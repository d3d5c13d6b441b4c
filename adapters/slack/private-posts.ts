import type { Answer } from '../../src/answer/answer.js';
import { errorAnswer } from '../../src/answer/errors.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import type { SlackPlace } from './message.js';
import { type PostAttempt, type PostProgress, postSeries, postWithFallback } from './post-series.js';
import { literalPost, retryWhenRateLimited, type SenderDeps } from './posting.js';
import { isBlockRefusal, isRateLimited, slackCode } from './refusals.js';
import { type RenderedMessage, renderPlain, renderPrivate, shareButton } from './render/index.js';

/** Answers that a response URL takes. A shortcut's receipt and a progress message may use up two of the five. */
const maxResponses = { command: 5, shortcut: 3 };
const responseTimeoutMs = 15_000;

/** The response URL is used up, too old, or not one of Slack's. */
class ResponseRefusedError extends Error {}

/**
 * Posts answers that belong in no thread: to one person, or into a channel that Frebot may not be a member of. Uses the
 * response URL of the request, which Slack accepts for half an hour; then an ephemeral message; at last a direct message.
 */
export class PrivatePosts {
  readonly #deps: SenderDeps;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  /** Posts the part of an answer that is not posted yet. Never rejects. */
  post(place: SlackPlace, answer: Answer, start: PostProgress): Promise<PostAttempt> {
    const postAll = (messages: RenderedMessage[], from: PostProgress) =>
      postSeries(messages, from, async (message) => {
        await this.#postMessage(place, message);
        return undefined;
      });
    return postWithFallback(
      start,
      (from) => postAll(renderBlocks(place, answer), from),
      (from) =>
        postAll(
          renderPlain(answer).map((text) => ({ text, blocks: [] })),
          from,
        ),
    );
  }

  async #postMessage(place: SlackPlace, message: RenderedMessage): Promise<void> {
    if (place.respond !== undefined && (await this.#tryResponseUrl(place, place.respond, message))) return;
    if (place.to === 'channel') return this.#postInChannel(place, message);
    await this.#postEphemeral(place, message).catch((error: unknown) => this.#postDirect(place, message, error));
  }

  /** Returns false when Slack no longer takes answers at this response URL. */
  async #tryResponseUrl(place: SlackPlace, url: string, message: RenderedMessage): Promise<boolean> {
    try {
      await this.#postToResponseUrl(place, url, message);
      return true;
    } catch (error) {
      if (error instanceof ResponseRefusedError) return false;
      throw error;
    }
  }

  async #postToResponseUrl(place: SlackPlace, url: string, { text, blocks }: RenderedMessage): Promise<void> {
    await this.#checkResponseUrl(place, url);
    const response_type = place.to === 'channel' ? 'in_channel' : 'ephemeral';
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type, replace_original: false, text, ...(blocks.length > 0 && { blocks }) }),
      redirect: 'error',
      signal: AbortSignal.timeout(responseTimeoutMs),
    }).catch((error: unknown) => {
      throw new CatalogueError(
        'platform-unreachable',
        { host: 'slack.com', reason: 'no answer from Slack' },
        { cause: error },
      );
    });
    if (response.ok) return;
    if (response.status === 429) throw new CatalogueError('rate-limited', { host: 'slack.com' });
    if (response.status >= 500) {
      throw new CatalogueError('platform-unreachable', { host: 'slack.com', reason: `response ${response.status}` });
    }
    throw new ResponseRefusedError();
  }

  /** Throws ResponseRefusedError unless the address is on Slack's own host, although only signed requests name it. */
  async #checkResponseUrl({ team }: SlackPlace, url: string): Promise<void> {
    const slack = new URL((await this.#deps.workspace(team)).client.slackApiUrl);
    const { protocol, host } = new URL(url);
    if (protocol === 'https:' && host === 'hooks.slack.com') return;
    if (slack.hostname !== 'slack.com' && host === slack.host) return;
    throw new ResponseRefusedError();
  }

  async #postEphemeral(
    { team, channel, thread, asker = '' }: SlackPlace,
    { text, blocks }: RenderedMessage,
  ): Promise<void> {
    const { poster } = await this.#deps.workspace(team);
    const address = { channel, user: asker, ...(thread && { thread_ts: thread }) };
    const post = { ...address, text, blocks, link_names: false, parse: 'none' as const };
    await retryWhenRateLimited(() => poster.chat.postEphemeral(post), this.#deps.clock);
  }

  /** Posts a direct message, the last resort. Throws the earlier error unless Slack certainly refused that post. */
  async #postDirect({ team, asker }: SlackPlace, { text, blocks }: RenderedMessage, earlier: unknown): Promise<void> {
    if (slackCode(earlier) === undefined || isRateLimited(earlier) || isBlockRefusal(earlier) || !asker) throw earlier;
    const { poster } = await this.#deps.workspace(team);
    await retryWhenRateLimited(
      () => poster.chat.postMessage({ channel: asker, text, blocks, ...literalPost }),
      this.#deps.clock,
    );
  }

  /** Posts into a channel without the response URL. Where Frebot is not a member, the asker reads what to do. */
  async #postInChannel(place: SlackPlace, { text, blocks }: RenderedMessage): Promise<void> {
    const { poster } = await this.#deps.workspace(place.team);
    const post = { channel: place.channel, text, blocks, ...literalPost };
    await retryWhenRateLimited(() => poster.chat.postMessage(post), this.#deps.clock).catch(async (error: unknown) => {
      for (const advice of renderPrivate(errorAnswer('slack-not-in-channel'))) {
        await this.#postDirect(place, advice, error);
      }
    });
  }
}

function renderBlocks({ respond, share, thread }: SlackPlace, answer: Answer): RenderedMessage[] {
  const most = share && !thread ? maxResponses.command : maxResponses.shortcut;
  const messages = renderPrivate(answer, respond ? most : Number.POSITIVE_INFINITY);
  return share ? withShareButton(messages, answer) : messages;
}

/** Returns the messages with a button below the last one that shows the answer to everyone, unless that one is full. */
export function withShareButton(messages: readonly RenderedMessage[], answer: Answer): RenderedMessage[] {
  return messages.map((message, index) =>
    index === messages.length - 1 && message.blocks.length < 50
      ? { ...message, blocks: [...message.blocks, ...shareButton(answer)] }
      : message,
  );
}
