import type { Answer } from '../../src/answer/answer.js';
import { requestIdOf } from '../../src/desk/messages/request-id.js';
import type { FoundPost } from '../../src/desk/ports/door.js';
import { type AnswerFile, attachFile } from './file-upload.js';
import type { SlackPlace } from './message.js';
import { findPost, type SlackPosted, toSlackMetadata } from './post-metadata.js';
import { findChannelId, readChannelSince, readThread } from './post-search.js';
import { emptyProgress, type PostAttempt, type PostProgress, postSeries, postWithFallback } from './post-series.js';
import { literalPost, retryWhenRateLimited, type SenderDeps } from './posting.js';
import { type RenderedMessage, render, renderPlain, renderShort } from './render/index.js';
import { findLongScript } from './render/script-file.js';

const reportName = 'frebot-report.html';

/** Without one of these Slack shows no messages of channels. */
const historyScopes = new Set(['channels:history', 'groups:history']);

/** An answer to be posted into a thread. */
export interface ThreadAnswer {
  place: SlackPlace;
  answer: Answer;
  key: string;
  /** Time stamp of an earlier post, which the first message replaces. */
  replacedTs?: string | undefined;
}

/** Messages of one answer, and the name of the file that belongs to them. */
interface Series {
  messages: RenderedMessage[];
  file?: string;
}

/** Posts answers into threads. Everyone there sees them, and Frebot can search for them. */
export class ThreadPosts {
  readonly #deps: SenderDeps;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  /** Posts the part of an answer that is not posted yet. Rejects only when nothing of that part was posted. */
  post(target: ThreadAnswer, start: PostProgress): Promise<PostAttempt> {
    const plain = () => renderPlain(target.answer).map((text): RenderedMessage => ({ text, blocks: [] }));
    return postWithFallback(
      start,
      (from) => this.#postBlocks(target, from),
      (from) => this.#postSeries(target, { messages: plain() }, from),
    );
  }

  /** Replaces the only message of an answer. @throws what Slack answers */
  async redraw({ team, channel }: SlackPlace, answer: Answer, ts: string): Promise<void> {
    const [message, ...others] = render(answer);
    if (!message || others.length > 0) return;
    const { client } = await this.#deps.workspace(team);
    await client.chat.update({ channel, ts, ...message, link_names: false, parse: 'none' });
  }

  /** Searches for the posts of an answer: in the thread, or among what was posted to the channel since a time. */
  async find({ team, channel, thread }: SlackPlace, key: string, since?: Date): Promise<FoundPost<SlackPosted>> {
    try {
      const { client, us } = await this.#deps.workspace(team);
      if (thread) return findPost(await readThread(client, channel, thread), channel, key);
      const mayRead = (await us()).scopes.some((scope) => historyScopes.has(scope));
      const id = mayRead && since ? await findChannelId(client, channel) : undefined;
      const messages = id && since && (await readChannelSince(client, id, since));
      return id && messages ? findPost(messages, id, key) : { state: 'cannot-tell' };
    } catch {
      return { state: 'cannot-tell' };
    }
  }

  async #postBlocks(target: ThreadAnswer, start: PostProgress): Promise<PostAttempt> {
    const messages = render(target.answer);
    const hasFile = messages.length > 1 ? this.#deps.report !== undefined : findLongScript(target.answer) !== undefined;
    const attaches =
      start.parts.length > 0 ? start.form === 'report' : hasFile && (await this.#mayUpload(target.place.team));
    return attaches ? this.#postWithFile(target, start) : this.#postSeries(target, { messages }, start);
  }

  async #mayUpload(team: string): Promise<boolean> {
    const { scopes } = await (await this.#deps.workspace(team)).us();
    return scopes.includes('files:write');
  }

  async #postSeries(
    { place, key, replacedTs }: ThreadAnswer,
    { messages, file }: Series,
    start: PostProgress,
  ): Promise<PostAttempt> {
    const { client, poster } = await this.#deps.workspace(place.team);
    const { channel, thread } = place;
    return postSeries(messages, start, async ({ text, blocks }, part) => {
      const metadata = toSlackMetadata({
        key,
        form: start.form,
        part,
        of: messages.length,
        ...(file && { file }),
      });
      const content = { channel, text, blocks, metadata };
      if (part === 1 && replacedTs) {
        await client.chat.update({ ...content, ts: replacedTs, link_names: false, parse: 'none' });
        return { ts: replacedTs, channel };
      }
      const { ts, channel: id } = await retryWhenRateLimited(
        () => poster.chat.postMessage({ ...content, ...literalPost, ...(thread && { thread_ts: thread }) }),
        this.#deps.clock,
      );
      return { ts, channel: id };
    });
  }

  /**
   * Posts the answer with a line that names its file, and the file below it: a script that is longer than a block, or the
   * report of an answer that is larger than a message. If Slack refuses the file, the whole answer follows in messages, of
   * which the first replaces what was posted.
   */
  async #postWithFile(target: ThreadAnswer, start: PostProgress): Promise<PostAttempt> {
    const { place, answer } = target;
    const { log, clock } = this.#deps;
    const workspace = await this.#deps.workspace(place.team);
    const { messages, upload } = this.#splitFile(target);
    const series = { messages, file: upload.filename };
    const attempt = await this.#postSeries(target, series, { ...start, form: 'report' });
    if (attempt.error !== undefined) return attempt;
    const outcome = await attachFile(place, upload, workspace, clock);
    if (outcome.state === 'attached') return attempt;
    if (outcome.state === 'unknown') return { ...attempt, error: outcome.error };
    log.warn({ code: outcome.code }, 'Slack refused a file; the answer is posted in messages');
    const whole = { messages: render(answer) };
    return this.#postSeries({ ...target, replacedTs: attempt.progress.ts }, whole, emptyProgress());
  }

  /** Returns the file of an answer, and the messages that name it. */
  #splitFile({ answer, key }: ThreadAnswer): { messages: RenderedMessage[]; upload: AnswerFile } {
    const long = findLongScript(answer);
    const messages = long ? render(long.answer) : [];
    if (long && messages.length === 1) {
      const { script: content, title } = long;
      return { messages, upload: { content, filename: nameFile(title, key), title } };
    }
    const content = this.#deps.report?.(answer) ?? '';
    const upload = { content, filename: nameFile(reportName, key), title: reportName };
    return { messages: renderShort(answer, reportName), upload };
  }
}

/** Returns a file name with the request's number, which is also in the log. A file carries no metadata to find it by. */
function nameFile(title: string, key: string): string {
  return title.replace('.', `-${requestIdOf(key)}.`);
}
