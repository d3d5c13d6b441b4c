import type { FoundPost } from '../../src/desk/ports/door.js';
import type { PostForm } from './post-series.js';

/** Type of the metadata of our posts, by which a post is recognized after a crash. */
const eventType = 'frebot_answer';

/** Metadata of a post: the answer it belongs to, and which of how many parts it is, counted from 1. */
export interface PostMetadata {
  key: string;
  form: PostForm;
  part: number;
  of: number;
  /** Name of the file that belongs to the post. */
  file?: string;
}

/** An answer that is posted in part. */
type PartialPost = {
  channel: string;
  /** Time stamp of the first post. */
  ts: string;
  form: PostForm;
  /** Numbers of the posted messages. */
  parts: number[];
};

/** Reference to a posted answer: its first post, or a private message, which cannot be found again. */
export type SlackPosted = { channel: string; ts: string } | PartialPost | { private: true };

/** The fields that are read of a message of `conversations.replies`. */
export interface ThreadMessage {
  ts?: string | undefined;
  files?: { name?: string | null | undefined }[] | undefined;
  metadata?: { event_type?: string | undefined; event_payload?: object | undefined } | undefined;
}

/** Returns the metadata in the form in which Slack stores it. */
export function toSlackMetadata({ key, form, part, of, file }: PostMetadata) {
  const payload = { key, part, of, ...(form !== 'blocks' && { form }), ...(file && { file }) };
  return { event_type: eventType, event_payload: payload };
}

function readMetadata({ metadata }: ThreadMessage): PostMetadata | undefined {
  if (metadata?.event_type !== eventType) return undefined;
  const { key, form = 'blocks', part = 1, of = 1, file } = (metadata.event_payload ?? {}) as Partial<PostMetadata>;
  return typeof key === 'string' ? { key, form, part, of, ...(file && { file }) } : undefined;
}

/** Forms in the order in which they are searched for. The form that Frebot falls back to comes before the one it replaces. */
const forms: readonly PostForm[] = ['plain', 'report', 'blocks'];

/** Searches the messages of a thread for the posts of an answer. */
export function findPost(messages: readonly ThreadMessage[], channel: string, key: string): FoundPost<SlackPosted> {
  const posts = messages.flatMap((message) => {
    const metadata = readMetadata(message);
    return metadata?.key === key && message.ts ? [{ ...metadata, ts: message.ts }] : [];
  });
  const files = new Set(messages.flatMap((message) => message.files ?? []).map(({ name }) => name));
  for (const form of forms) {
    const series = posts.filter((post) => post.form === form).sort((a, b) => a.part - b.part);
    const [first] = series;
    if (!first) continue;
    const parts = series.map(({ part }) => part);
    const count = Math.max(...series.map(({ of }) => of));
    const { ts } = first;
    const isWhole =
      Array.from({ length: count }, (_, index) => index + 1).every((part) => parts.includes(part)) &&
      series.every(({ file }) => file === undefined || files.has(file));
    return isWhole
      ? { state: 'whole', posted: { channel, ts } }
      : { state: 'partial', posted: { channel, ts, form, parts } };
  }
  return { state: 'none' };
}
