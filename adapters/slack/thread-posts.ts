import type { Answer } from '../../src/answer/answer.js';
import { requestIdOf } from '../../src/desk/messages/request-id.js';
import type { FoundPost } from '../../src/desk/ports/door.js';
import type { Posted } from '../../src/desk/ports/message.js';
import type { SlackPlace } from './message.js';
import type { PendingPost } from './pending-posts.js';
import { findPost, type PartialPost, type PostForm, type ThreadMessage, toMetadata } from './post-metadata.js';
import { literalPost, retryWhenRateLimited, type SenderDeps } from './posting.js';
import { isBlockRefusal, slackCode } from './refusals.js';
import { type Rendered, render, renderPlain, renderShort } from './render/index.js';

const reportName = 'frebot-report.html';

/** Posts that belong together. */
interface Series {
  key: string;
  messages: Rendered[];
  /** Name of the file that completes them. */
  file?: string;
}

/** Answers in a thread: everybody there sees them, and they can be looked up. */
export class ThreadPosts {
  readonly #deps: SenderDeps;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  /** What is there of an answer, from what `find` said. */
  begun(posted: Posted | undefined): PendingPost {
    if (posted === undefined || !('parts' in posted)) return { form: 'blocks', parts: new Set() };
    const { form, parts, ts } = posted as PartialPost;
    return { form, parts: new Set(parts), ts };
  }

  /**
   * Posts what `begun` lacks, and notes in it what was posted.
   * @param over a post to put the first one in the place of
   */
  async say(place: SlackPlace, answer: Answer, key: string, begun: PendingPost, over?: string): Promise<Posted> {
    if (begun.form !== 'plain') {
      try {
        const messages = render(answer);
        const short =
          begun.parts.size > 0 ? begun.form === 'report' : messages.length > 1 && (await this.#mayUpload(place));
        if (short) return await this.#withReport(place, answer, key, begun, over);
        return await this.#all(place, { key, messages }, begun, over);
      } catch (error) {
        if (!isBlockRefusal(error)) throw error;
        // Slack judged the blocks differently than we do: the words still arrive.
        restart(begun, 'plain');
      }
    }
    const messages = renderPlain(answer).map((text): Rendered => ({ text, blocks: [] }));
    return this.#all(place, { key, messages }, begun, over);
  }

  async find({ team, channel, thread }: SlackPlace, key: string): Promise<FoundPost> {
    if (!thread) return 'cannot-tell';
    try {
      const { client } = await this.#deps.workspace(team);
      const messages: ThreadMessage[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.conversations.replies({
          channel,
          ts: thread,
          include_all_metadata: true,
          limit: 200,
          ...(cursor && { cursor }),
        });
        messages.push(...(page.messages ?? []));
        cursor = page.response_metadata?.next_cursor || undefined;
      } while (cursor);
      return findPost(messages, channel, key);
    } catch {
      return 'cannot-tell';
    }
  }

  /** Posts those of a series that are not there yet, in order. */
  async #all(place: SlackPlace, { key, messages, file }: Series, begun: PendingPost, over?: string): Promise<Posted> {
    const { client, poster } = await this.#deps.workspace(place.team);
    const { channel, thread } = place;
    for (const [at, { text, blocks }] of messages.entries()) {
      const part = at + 1;
      if (begun.parts.has(part)) continue;
      const mark = { key, form: begun.form, part, of: messages.length, ...(file && { file }) };
      const content = { channel, text, blocks, metadata: toMetadata(mark) };
      if (at === 0 && over) {
        await client.chat.update({ ...content, ts: over, link_names: false, parse: 'none' });
        begun.ts = over;
      } else {
        const sent = await retryWhenRateLimited(
          () => poster.chat.postMessage({ ...content, ...literalPost, ...(thread && { thread_ts: thread }) }),
          this.#deps.clock,
        );
        begun.ts ??= sent.ts;
      }
      begun.parts.add(part);
    }
    return { channel, ts: begun.ts ?? '' };
  }

  async #mayUpload({ team }: SlackPlace): Promise<boolean> {
    if (!this.#deps.report) return false;
    const { scopes } = await (await this.#deps.workspace(team)).us();
    return scopes.includes('files:write');
  }

  /** What fits, with a line that names the file, and the file below it. Refused, the rest follows in messages. */
  async #withReport(
    place: SlackPlace,
    answer: Answer,
    key: string,
    begun: PendingPost,
    over?: string,
  ): Promise<Posted> {
    begun.form = 'report';
    const file = fileNameOf(key);
    const messages = renderShort(answer, reportName);
    const posted = await this.#all(place, { key, messages, file }, begun, over);
    const refused = await this.#attach(place, this.#deps.report?.(answer) ?? '', file);
    if (refused === undefined) return posted;
    this.#deps.log.warn({ code: refused }, 'Slack took no report; sending it in messages');
    const first = begun.ts;
    restart(begun, 'blocks');
    return this.#all(place, { key, messages: render(answer) }, begun, first);
  }

  /**
   * @returns why the file is certainly not there; undefined when it is
   * @throws when nobody knows whether it got through
   */
  async #attach(place: SlackPlace, html: string, filename: string): Promise<string | undefined> {
    const { client, poster } = await this.#deps.workspace(place.team);
    let id: string;
    try {
      const bytes = Buffer.from(html);
      const { upload_url, file_id } = await client.files.getUploadURLExternal({ filename, length: bytes.length });
      const signal = AbortSignal.timeout(60_000);
      const sent = await fetch(upload_url ?? '', { method: 'POST', body: bytes, redirect: 'error', signal });
      if (!sent.ok || !file_id) return `upload ${sent.status}`;
      id = file_id;
    } catch (error) {
      return slackCode(error) ?? (error as Error).name;
    }
    try {
      const { channel, thread } = place;
      const files: [{ id: string; title: string }] = [{ id, title: reportName }];
      const shared = { files, channel_id: channel, ...(thread && { thread_ts: thread }) };
      await retryWhenRateLimited(() => poster.files.completeUploadExternal(shared), this.#deps.clock);
      return undefined;
    } catch (error) {
      const code = slackCode(error);
      if (code === undefined) throw error;
      return code;
    }
  }
}

/** A file carries no metadata, so its name says which answer it belongs to: the number by which the log calls the request. */
function fileNameOf(key: string): string {
  return reportName.replace('.', `-${requestIdOf(key)}.`);
}

function restart(begun: PendingPost, form: PostForm): void {
  begun.form = form;
  begun.parts.clear();
  begun.ts = undefined;
}
