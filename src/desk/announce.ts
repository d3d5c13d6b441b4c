import type { Answer } from '../answer/answer.js';
import { muteAction } from '../answer/buttons.js';
import type { ThreadFacts } from '../questions/thread/facts.js';
import type { DeskParts } from './desk-parts.js';
import type { NamedPlace } from './ports/door.js';
import { CatalogueError } from './ports/errors.js';
import type { DoorName } from './ports/message.js';
import type { AnnouncedPost } from './ports/store.js';

/** Where to post. */
export interface AnnouncePlace extends NamedPlace {
  door: DoorName;
}

/** What to post. */
export interface News {
  answer: Answer;
  /** The same for every attempt at the same post. */
  key: string;
  /** The cause it is about, when it is about one: that can be muted and asked about. */
  cause?: string | undefined;
}

/**
 * Posts what no message has asked for, or edits an earlier post. What was muted meanwhile stays on it.
 * @throws CatalogueError, StoreError
 */
export async function announce(
  { door: name, where, tenant, place }: AnnouncePlace,
  { key, answer: news, cause }: News,
  earlier: AnnouncedPost | undefined,
  { answers, doors }: DeskParts,
): Promise<AnnouncedPost> {
  const door = doors.get(name);
  if (!door) throw new CatalogueError('internal', { reason: 'no such door' });
  const answer = cause === undefined ? news : { ...news, actions: [{ id: muteAction, label: 'Mute this cause' }] };
  const facts = factsOf(cause);
  const kept =
    earlier &&
    (await answers.revise(earlier.case, tenant, (record) => {
      const actions = answer.actions.map((action) => ({ ...action, case: record.id }));
      return { ...record, answer: { ...answer, case: record.id, actions } };
    }));
  const stored = kept?.answer ?? (await answers.save(answer, { thread: earlier?.thread ?? place, tenant, facts }));
  const posted = await door.say(where, stored, key, earlier?.posted);
  const thread = earlier?.thread ?? door.threadBelow?.(where, posted) ?? place;
  const announced: AnnouncedPost = { door: name, tenant, where, posted, key, case: stored.case ?? '', thread };
  if (!kept) {
    const watched = cause === undefined ? undefined : { cause, post: announced };
    // The thread is known only now.
    await answers.revise(announced.case, tenant, (record) => ({ ...record, thread, ...(watched && { watched }) }));
    // A chat that is one thread holds posts about several causes: there, only the buttons say which.
    await answers.markWatched(thread, thread === place ? undefined : watched, facts);
  }
  return announced;
}

function factsOf(cause: string | undefined): ThreadFacts {
  return cause === undefined ? {} : { topic: cause, entry: cause };
}
