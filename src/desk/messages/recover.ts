import type { DeskParts } from '../desk-parts.js';
import type { FoundPost } from '../ports/door.js';
import type { WorkOutcome } from '../ports/inbox.js';
import type { Draft, Repetition } from './draft.js';
import type { Work } from './work.js';

/** The state that an interrupted attempt has left. */
export interface Recovery {
  /** The answer was posted completely. */
  outcome?: WorkOutcome;
  /** The stored answer, still to be posted. */
  draft?: Draft;
  /** The answer may have arrived, and the platform cannot tell. */
  repeated?: Repetition;
}

/**
 * Looks for the post that an earlier attempt began and did not end. The answer was stored before the post, so it need not be
 * composed again from files that may be gone by now.
 */
export async function recoverPost({ message, door, attempt }: Work, { events, answers }: DeskParts): Promise<Recovery> {
  const found = await door.find(message.where, message.key).catch((): FoundPost => ({ state: 'cannot-tell' }));
  events.emit({ name: 'post-interrupted', door: door.name, found: found.state });
  const record = await answers.answerTo(message.key);
  const { answer, facts, thread } = record ?? {};
  const draft = answer && { answer, facts, thread, stored: true as const };
  if (found.state === 'none') return draft ? { draft } : {};
  if (found.state === 'cannot-tell') {
    return { ...(draft && { draft }), repeated: attempt.isAfterCrash ? 'restart' : 'lost-response' };
  }
  if (draft && found.state === 'partial') return { draft: { ...draft, partial: found.posted } };
  if (!message.private) await answers.markJoined(thread ?? message.thread, facts, message.who);
  return { outcome: { state: 'answered', posted: found.posted } };
}
