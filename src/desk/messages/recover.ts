import type { DeskParts } from '../parts.js';
import type { WorkOutcome } from '../ports/inbox.js';
import type { Draft } from './draft.js';
import type { Work } from './work.js';

/** What an interrupted attempt has left. */
export interface Recovery {
  /** The answer was posted completely. */
  outcome?: WorkOutcome;
  /** The stored answer, still to be posted. */
  draft?: Draft;
  /** The answer may stand there already, and the platform cannot be asked. */
  repeated?: boolean;
}

/**
 * Looks for the post that an earlier attempt began and did not end. The answer was stored before the post, so it need not be
 * composed again from files that may be gone by now.
 */
export async function recoverPost({ message, door }: Work, { events, answers }: DeskParts): Promise<Recovery> {
  const found = await door.find(message.where, message.key).catch(() => 'cannot-tell' as const);
  const post = typeof found === 'object' ? found : undefined;
  const state = typeof found === 'object' ? (found.whole ? 'found' : 'half') : found;
  events.emit({ name: 'post-interrupted', door: door.name, found: state });
  const record = await answers.answerTo(message.key);
  const { answer, topic, thread } = record ?? {};
  const draft = answer && { answer, topic, thread, stored: true as const };
  if (!post) return { ...(draft && { draft }), repeated: found === 'cannot-tell' };
  if (draft && !post.whole) return { draft: { ...draft, partial: post.posted } };
  await answers.markJoined(thread ?? message.thread, topic);
  return { outcome: { state: 'answered', posted: post.posted } };
}
