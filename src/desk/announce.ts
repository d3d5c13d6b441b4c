import type { Answer } from '../answer/answer.js';
import { markRepeated } from '../answer/repeated-part.js';
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
  /** The causes it is about, by their ids: each can be muted. A question below it is about the only one. */
  causes: readonly string[];
  /** An earlier attempt may have posted it, not before this time. */
  triedSince?: Date | undefined;
}

/**
 * Posts what no message has asked for, or edits an earlier post. What was muted meanwhile stays on it.
 * @throws CatalogueError, StoreError
 */
export async function announce(
  { door: name, where, tenant, place }: AnnouncePlace,
  { key, answer, causes: ids, triedSince }: News,
  earlier: AnnouncedPost | undefined,
  { answers, doors, knowledge }: DeskParts,
): Promise<AnnouncedPost> {
  const door = doors.get(name);
  if (!door) throw new CatalogueError('internal', { reason: 'no such door' });
  const causes = ids.map((cause) => ({ cause, title: knowledge.causes.get(cause)?.title ?? cause }));
  const facts = factsOf(ids);
  const kept =
    earlier &&
    (await answers.revise(earlier.case, tenant, (record) => {
      const repeated = record.answer.parts.filter(({ id }) => id === 'repeated');
      const parts = [...repeated, ...answer.parts];
      return { ...record, answer: { ...answer, case: record.id, parts }, watched: { causes, post: earlier } };
    }));
  const found = triedSince && !earlier ? await door.find(where, key, triedSince) : undefined;
  const about = { thread: earlier?.thread ?? place, tenant, facts, watched: { causes } };
  const marked = found?.state === 'cannot-tell' ? markRepeated(answer) : answer;
  const stored = kept?.answer ?? (await answers.save(marked, about));
  const there = found && 'posted' in found ? found.posted : earlier?.posted;
  const posted = await door.say(where, stored, key, there);
  const thread = earlier?.thread ?? door.threadBelow?.(where, posted) ?? place;
  const announced: AnnouncedPost = { door: name, tenant, where, posted, key, case: stored.case ?? '', thread };
  if (!kept) {
    const watched = { causes, post: announced };
    // The thread is known only now.
    await answers.revise(announced.case, tenant, (record) => ({ ...record, thread, watched }));
    // A chat that is one thread holds posts about several causes: there, only the buttons say which.
    const isBelow = thread !== place && causes.length > 0;
    await answers.markWatched(thread, isBelow ? watched : undefined, facts);
  }
  return announced;
}

function factsOf([cause, ...others]: readonly string[]): ThreadFacts {
  return cause === undefined || others.length > 0 ? {} : { topic: cause, entry: cause };
}
