import { webApi } from '@slack/bolt';
import type { Answer } from '../../src/answer/answer.js';
import { type Clock, DoorError, type Posted, type Where } from '../../src/desk/ports.js';
import type { Log } from './listeners/context.js';
import { type Place, placeOf } from './message.js';
import { type Rendered, render, renderPlain, renderPrivate, renderShort } from './render/index.js';
import type { Workspace } from './workspaces.js';

/** Type of the metadata our posts carry, so that a post can be recognised after a crash. */
const eventType = 'frebot_answer';

/** A log's text must never become a mention, a link or a preview. */
const inert = { unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' } as const;

/** A response URL takes five answers. */
const responses = 5;

export const reportName = 'frebot-report.html';

export interface SenderDeps {
  workspace(team: string): Promise<Workspace>;
  clock: Clock;
  log: Log;
  /** The whole answer as one file that opens without a network; without it what does not fit follows in further messages. */
  report?: ((answer: Answer) => string) | undefined;
}

/** The one place that writes messages to Slack. */
export class Sender {
  readonly #workspace: SenderDeps['workspace'];
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #report: SenderDeps['report'];

  constructor({ workspace, clock, log, report }: SenderDeps) {
    this.#workspace = workspace;
    this.#clock = clock;
    this.#log = log;
    this.#report = report;
  }

  /** Eyes on the message that asked. A repeated reaction, a missing scope: nothing that matters to the answer. */
  async acknowledge(where: Where): Promise<void> {
    const { team, channel, ts } = placeOf(where);
    if (!ts) return;
    await this.#workspace(team)
      .then(({ client }) => client.reactions.add({ channel, timestamp: ts, name: 'eyes' }))
      .catch(() => undefined);
  }

  /**
   * Posts an answer in its thread, or puts it in the place of an earlier post.
   * @throws DoorError
   */
  async say(where: Where, answer: Answer, key: string, posted?: Posted): Promise<Posted> {
    const place = placeOf(where);
    const over = typeof posted?.ts === 'string' ? posted.ts : undefined;
    try {
      const messages = render(answer);
      if (messages.length > 1 && (await this.#mayUpload(place)))
        return await this.#withReport(place, answer, key, over);
      return { channel: place.channel, ts: await this.#all(place, messages, key, over) };
    } catch (error) {
      if (place.respond && notAMember(error)) return this.#respond(place, place.respond, answer);
      if (!refusedBlocks(error)) throw doorError(error);
      // Slack judged the blocks differently than we do: the words still arrive.
      const plain = renderPlain(answer).map((text): Rendered => ({ text, blocks: [] }));
      return {
        channel: place.channel,
        ts: await this.#all(place, plain, key, over).catch((e) => Promise.reject(doorError(e))),
      };
    }
  }

  /** Only the presser sees it. */
  async whisper(place: Place, user: string, answer: Answer): Promise<void> {
    const { client } = await this.#workspace(place.team);
    for (const { text, blocks } of renderPrivate(answer)) {
      await client.chat.postEphemeral({
        channel: place.channel,
        thread_ts: place.thread,
        user,
        text,
        blocks,
        link_names: false,
        parse: 'none',
      });
    }
  }

  /** Our own post with this key, in the thread. */
  async find(where: Where, key: string): Promise<Posted | 'none' | 'cannot-tell'> {
    const { team, channel, thread } = placeOf(where);
    try {
      const { client } = await this.#workspace(team);
      let cursor: string | undefined;
      do {
        const page = await client.conversations.replies({
          channel,
          ts: thread,
          include_all_metadata: true,
          limit: 200,
          ...(cursor && { cursor }),
        });
        for (const message of page.messages ?? []) {
          if (keyOf(message) === key && message.ts) return { channel, ts: message.ts };
        }
        cursor = page.response_metadata?.next_cursor || undefined;
      } while (cursor);
      return 'none';
    } catch {
      return 'cannot-tell';
    }
  }

  async #all(place: Place, messages: Rendered[], key: string, over?: string): Promise<string> {
    const { client, poster } = await this.#workspace(place.team);
    let first: string | undefined;
    for (const [index, { text, blocks }] of messages.entries()) {
      const content = {
        channel: place.channel,
        text,
        blocks,
        metadata: metadata(index === 0 ? key : `${key}+${index}`),
      };
      if (index === 0 && over) {
        await client.chat.update({ ...content, ts: over, link_names: false, parse: 'none' });
        first = over;
      } else {
        const sent = await this.#unhurried(() =>
          poster.chat.postMessage({ ...content, ...inert, thread_ts: place.thread }),
        );
        first ??= sent.ts;
      }
    }
    return first as string;
  }

  async #mayUpload({ team }: Place): Promise<boolean> {
    if (!this.#report) return false;
    const { scopes } = await (await this.#workspace(team)).us();
    return scopes.includes('files:write');
  }

  /** What fits, with a line that names the file, and the file below it. Refused, the rest follows in messages. */
  async #withReport(place: Place, answer: Answer, key: string, over?: string): Promise<Posted> {
    const report = this.#report as NonNullable<SenderDeps['report']>;
    const [short] = renderShort(answer, reportName);
    const posted = { channel: place.channel, ts: await this.#all(place, [short as Rendered], key, over) };
    const { client } = await this.#workspace(place.team);
    const { channel: channel_id, thread: thread_ts } = place;
    try {
      const file = Buffer.from(report(answer));
      await client.files.uploadV2({ channel_id, thread_ts, file, filename: reportName, title: reportName });
    } catch (error) {
      this.#log.warn(
        { code: slackCode(error) ?? (error as Error).name },
        'Slack took no report; sending it in messages',
      );
      await this.#all(place, render(answer), key, posted.ts);
    }
    return posted;
  }

  /** To the asker alone, where we may not post. */
  async #respond(place: Place, url: string, answer: Answer): Promise<Posted> {
    const address = await this.#checked(place, url);
    for (const message of renderPrivate(answer, responses - 1)) {
      const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...message });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(address, { method: 'POST', headers, body, redirect: 'error' }).catch(
        () => undefined,
      );
      if (!response?.ok) throw new DoorError('slack-not-in-channel');
    }
    return { responded: true };
  }

  /** Response URLs come from signed requests; all the same only Slack's own host is called. */
  async #checked({ team }: Place, url: string): Promise<string> {
    const slack = new URL((await this.#workspace(team)).client.slackApiUrl);
    const { protocol, host } = new URL(url);
    if (protocol === 'https:' && host === 'hooks.slack.com') return url;
    if (slack.hostname !== 'slack.com' && host === slack.host) return url;
    throw new DoorError('slack-not-in-channel');
  }

  /** "Too many requests" means that nothing was posted: after the pause Slack asks for, once more. */
  async #unhurried<T>(post: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await post();
      } catch (error) {
        if (!(error instanceof webApi.WebAPIRateLimitedError) || attempt === 5) throw error;
        await this.#clock.sleep(Math.min(error.retryAfter, 60) * 1000);
      }
    }
  }
}

const metadata = (key: string) => ({ event_type: eventType, event_payload: { key } });

function keyOf(message: object): unknown {
  const { metadata: found } = message as { metadata?: { event_type?: string; event_payload?: { key?: unknown } } };
  return found?.event_type === eventType ? found.event_payload?.key : undefined;
}

/** Slack's own code of a refused call; undefined when it was never answered. */
export function slackCode(error: unknown): string | undefined {
  return (error as { data?: { error?: string } }).data?.error;
}

function refusedBlocks(error: unknown): boolean {
  const code = slackCode(error);
  return (
    code !== undefined &&
    ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long'].includes(code)
  );
}

function notAMember(error: unknown): boolean {
  return ['not_in_channel', 'channel_not_found'].includes(slackCode(error) ?? '');
}

function doorError(error: unknown): DoorError {
  const code = slackCode(error);
  if (notAMember(error)) return new DoorError('slack-not-in-channel', {}, { cause: error });
  if (code === 'ratelimited' || error instanceof webApi.WebAPIRateLimitedError)
    return new DoorError('rate-limited', { host: 'slack.com' }, { cause: error });
  return new DoorError('internal', { reason: code ?? 'no answer from Slack' }, { cause: error });
}
