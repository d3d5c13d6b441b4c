import type { FoundPost } from '../../src/desk/ports/door.js';

/** Type of the metadata our posts carry, so that a post can be recognised after a crash. */
const eventType = 'frebot_answer';

/** How an answer is brought: in blocks, in words alone, or its beginning with a report of all of it attached. */
export type PostForm = 'blocks' | 'plain' | 'report';

/** What a post says of itself: which answer it is part of, and which part of how many, counted from 1. */
export interface PostMark {
  key: string;
  form: PostForm;
  part: number;
  of: number;
  /** Name of the file that belongs to the post. */
  file?: string;
}

/** An answer of which not all posts are there. A type alias, so that it is plain JSON to the desk. */
export type PartialPost = {
  channel: string;
  /** The first post. */
  ts: string;
  form: PostForm;
  /** The posts that are there. */
  parts: number[];
};

/** As much of a message of `conversations.replies` as is read here. */
export interface ThreadMessage {
  ts?: string | undefined;
  files?: { name?: string | null | undefined }[] | undefined;
  metadata?: { event_type?: string | undefined; event_payload?: object | undefined } | undefined;
}

export function toMetadata({ key, form, part, of, file }: PostMark) {
  const payload = { key, part, of, ...(form !== 'blocks' && { form }), ...(file && { file }) };
  return { event_type: eventType, event_payload: payload };
}

function markOf({ metadata }: ThreadMessage): PostMark | undefined {
  if (metadata?.event_type !== eventType) return undefined;
  const { key, form = 'blocks', part = 1, of = 1, file } = (metadata.event_payload ?? {}) as Partial<PostMark>;
  return typeof key === 'string' ? { key, form, part, of, ...(file && { file }) } : undefined;
}

/** What a later change of mind began is looked at first: words alone are the last resort. */
const forms: readonly PostForm[] = ['plain', 'report', 'blocks'];

/** What of an answer stands among these messages of a thread. */
export function findPost(messages: readonly ThreadMessage[], channel: string, key: string): FoundPost {
  const posts = messages.flatMap((message) => {
    const mark = markOf(message);
    return mark?.key === key && message.ts ? [{ ...mark, ts: message.ts }] : [];
  });
  const files = new Set(messages.flatMap((message) => message.files ?? []).map(({ name }) => name));
  for (const form of forms) {
    const own = posts.filter((post) => post.form === form).sort((a, b) => a.part - b.part);
    const [first] = own;
    if (!first) continue;
    const parts = own.map(({ part }) => part);
    const of = Math.max(...own.map((post) => post.of));
    const whole =
      Array.from({ length: of }, (_, at) => at + 1).every((part) => parts.includes(part)) &&
      own.every(({ file }) => file === undefined || files.has(file));
    const { ts } = first;
    return whole
      ? { posted: { channel, ts }, whole }
      : { posted: { channel, ts, form, parts } satisfies PartialPost, whole };
  }
  return 'none';
}
