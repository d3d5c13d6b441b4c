import { isBlockRefusal } from './refusals.js';
import type { RenderedMessage } from './render/index.js';

/** How an answer is posted: in blocks, as text alone, or as its beginning with a report of the whole attached. */
export type PostForm = 'blocks' | 'plain' | 'report';

/** How much of an answer is posted. */
export interface PostProgress {
  form: PostForm;
  /** Numbers of the posted messages, from 1. */
  parts: readonly number[];
  /** Time stamp of the first message in a thread. Private messages have none. */
  ts?: string | undefined;
  /** Id of its channel: a place may name the channel, and only the id can be used to edit the message. */
  channel?: string | undefined;
}

/** How an attempt to post an answer ended. */
export interface PostAttempt {
  progress: PostProgress;
  /** Absent when the whole answer is posted. */
  error?: unknown;
}

/** Posts one message; returns where it is, or undefined when the message is private. */
type PostMessage = (
  message: RenderedMessage,
  part: number,
) => Promise<Pick<PostProgress, 'channel' | 'ts'> | undefined>;

/** Returns the progress of an answer of which nothing is posted. */
export function emptyProgress(form: PostForm = 'blocks'): PostProgress {
  return { form, parts: [] };
}

/** Posts the messages that are not posted yet, in order, until one fails. Never rejects. */
export async function postSeries(
  messages: RenderedMessage[],
  start: PostProgress,
  post: PostMessage,
): Promise<PostAttempt> {
  let progress = start;
  for (const [index, message] of messages.entries()) {
    const part = index + 1;
    if (progress.parts.includes(part)) continue;
    try {
      const posted = await post(message, part);
      const first = progress.ts === undefined ? posted : progress;
      progress = { ...progress, parts: [...progress.parts, part], ts: first?.ts, channel: first?.channel };
    } catch (error) {
      return { progress, error };
    }
  }
  return { progress };
}

/** Posts an answer in blocks, and as text alone when Slack refuses the blocks, so that its words still arrive. */
export async function postWithFallback(
  start: PostProgress,
  postBlocks: (start: PostProgress) => Promise<PostAttempt>,
  postPlain: (start: PostProgress) => Promise<PostAttempt>,
): Promise<PostAttempt> {
  if (start.form === 'plain') return postPlain(start);
  const attempt = await postBlocks(start);
  return isBlockRefusal(attempt.error) ? postPlain(emptyProgress('plain')) : attempt;
}
