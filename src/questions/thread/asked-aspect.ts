import { type Aspect, aspects } from '../../knowledge/follow-up-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Question } from '../parse/question.js';
import type { Candidate } from '../rank/candidate.js';
import { kindOfThread } from '../rank/context.js';
import { ofThread } from '../rank/model.js';
import type { Ranking } from '../rank/rank.js';
import { referentOf, type ThreadFacts } from './facts.js';
import { namedAnswer } from './named-answer.js';

/** What a follow-up asks, and of which entry; without one a number was spoken of that stands for several causes. */
export interface AskedAspect {
  aspect: Aspect;
  of: string | undefined;
}

/** Aspects that read alike in every thread. The others ("how do I see that") name their subject more often. */
const alike: ReadonlySet<Aspect> = new Set([
  'still',
  'also',
  'restart',
  'undo',
  'who',
  'tell',
  'until',
  'risk',
  'began',
  'prevent',
]);

/** Returns the aspect of the thread's own subject, or of an entry that spoke before, that is asked for; undefined for any other question. */
export function askedAspect(
  { entry, statement }: Candidate,
  { aspect: nearest = 'more', isAspect, isWritten }: Pick<Ranking, 'aspect' | 'isAspect' | 'isWritten'>,
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): AskedAspect | undefined {
  const referent = referentOf(thread, knowledge);
  // "Is it that again?" doubts the cause, and does not say that the fix has failed.
  const aspect = (nearest === 'still' && question.assertion !== undefined && !isWritten ? 'sure' : nearest) as Aspect;
  if (statement === undefined && thread.said?.includes(entry)) return { aspect, of: entry };
  // Of its own subject a thread asks an aspect, unless the question is nearer to what is known of that subject alone.
  if (ofThread.has(entry) || (entry === referent && isAspect)) return { aspect, of: referent };
  if (referent === undefined || question.rights.length > 0) return undefined;
  // "Does it need a reboot" has an answer for all threads about the right, which is wrong where the thread is about something else.
  const shared = aspects.find((one) => alike.has(one) && answersFor('right', one, entry, knowledge));
  const knowsBetter =
    shared !== undefined &&
    (knowledge.followUps.get(referent)?.answers[shared] !== undefined || isOtherFault(referent, knowledge));
  return knowsBetter ? { aspect: shared, of: referent } : undefined;
}

function answersFor(kind: string, aspect: Aspect, entry: string, knowledge: Knowledge): boolean {
  return namedAnswer(kind, aspect, [], knowledge)?.entry === entry;
}

function isOtherFault(entry: string, knowledge: Knowledge): boolean {
  const kind = kindOfThread(entry, knowledge);
  return kind === 'cause' || kind === 'tracing';
}
