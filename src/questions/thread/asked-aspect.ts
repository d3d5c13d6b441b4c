import { type Aspect, aspects, findingAspects } from '../../knowledge/follow-up-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Question } from '../parse/question.js';
import type { Candidate } from '../rank/candidate.js';
import { isAboutTheRight, kindOfThread, mayLean } from '../rank/context.js';
import { ofThread } from '../rank/model.js';
import type { Ranking } from '../rank/rank.js';
import { referentOf, type ThreadFacts } from './facts.js';
import { factsOfFault, faultOf } from './fault.js';
import { chooseReply } from './finding-reply.js';
import { namedAnswer } from './named-answer.js';
import { toldAspect } from './told-aspect.js';

/** What a follow-up asks, and of which entry; without one a number was spoken of that stands for several causes. */
export interface AskedAspect {
  aspect: Aspect;
  of: string | undefined;
}

/** What the ranking of a question tells of the aspect that it asks for. */
export type AspectRanking = Pick<Ranking, 'aspect' | 'aspects' | 'isAspect' | 'isWritten' | 'likeness' | 'candidates'>;

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
  { entry, statement, share }: Candidate,
  ranking: AspectRanking,
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): AskedAspect | undefined {
  const referent = referentOf(thread, knowledge);
  const { isAspect } = ranking;
  const aspect = aspectOf(ranking, question);
  // Of its own subject a thread asks an aspect, unless the question is nearer to what is known of that subject alone.
  const isOwn = entry === referent;
  if (isOwn && statement !== undefined && share >= namedFrom && question.assertion === undefined) return undefined;
  const isUnnamed = isOwn && isAspect && (statement === undefined || ranking.aspect !== undefined);
  if (ofThread.has(entry) || isUnnamed) {
    // What is doubted may be named beside the doubt: "is it really the policy?"
    const doubted =
      aspect === 'sure' ? ranking.candidates.find((one) => one.entry !== entry && one.share >= doubtedFrom) : undefined;
    return (doubted && aspectOfFault(doubted, ranking, question, thread, knowledge)) ?? { aspect, of: referent };
  }
  const ofFault = aspectOfFault({ entry, statement }, ranking, question, thread, knowledge);
  if (ofFault) return ofFault;
  if (statement === undefined && thread.said?.includes(entry)) return { aspect, of: entry };
  const isNamed = statement !== undefined && share >= namedFrom;
  if (!isNamed && isOfOther(entry, ranking, question, knowledge)) return { aspect, of: referent };
  if (referent === undefined || question.rights.length > 0) return undefined;
  // "Does it need a reboot" has an answer for all threads about the right, which is wrong where the thread is about something else.
  const shared = aspects.find((one) => alike.has(one) && answersFor('right', one, entry, knowledge));
  const knowsBetter =
    shared !== undefined &&
    (knowledge.followUps.get(referent)?.answers[shared] !== undefined || isOtherFault(referent, knowledge));
  return knowsBetter ? { aspect: shared, of: referent } : undefined;
}

/**
 * Returns the aspect of the thread's fault that a candidate answers in general, where the knowledge has more to say about that fault; undefined
 * for any other candidate.
 */
export function aspectOfFault(
  { entry, statement }: Pick<Candidate, 'entry' | 'statement'>,
  ranking: AspectRanking,
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): AskedAspect | undefined {
  const nearest = aspectOf(ranking, question);
  const nearTo = ranking.likeness('same') / (ranking.likeness(entry) || 1);
  // A question for yes or no wants to hear of the thread's own, and not how that is looked up.
  const isUnnamed = question.assertion !== undefined || question.length <= fewWords;
  const wholeFrom = isUnnamed && statement === undefined ? nearFrom.signed : nearFrom.entry;
  const names = (aspect: Aspect) => isGeneral(entry, statement, aspect, nearTo, wholeFrom, knowledge);
  // A doubt about what answers something else doubts that: "is it really the GPO?"
  const doubted = nearest === 'sure' ? findingAspects.find(names) : undefined;
  const general = names(nearest) ? nearest : doubted;
  const aspect = asksForRight(nearest, ranking, question) ? 'this-right' : general;
  const referent = referentOf(thread, knowledge);
  const fault = aspect && faultOf(referent, aspect, thread, knowledge);
  // A doubt about another topic doubts that topic.
  if (aspect === 'sure' && !fault && knowledge.topics.has(referent ?? '') && !isAboutTheRight(referent!, knowledge))
    return { aspect, of: referent };
  if (!fault || !chooseReply(aspect, fault.id, factsOfFault(fault, thread), knowledge)) return undefined;
  return { aspect, of: fault.id };
}

/** Few words that every thread may say, and that some other cause has an answer to, are not about that cause. */
function isOfOther(
  entry: string,
  { isAspect, aspect }: AspectRanking,
  question: Question,
  { causes }: Pick<Knowledge, 'causes'>,
): boolean {
  const namesNone = question.assertion === undefined && question.codes.length + question.statuses.length === 0;
  return causes.has(entry) && isAspect && aspect !== undefined && namesNone && mayLean(question);
}

/** "Is that the impersonate right?" asks about the thread's fault, and not what the right is. */
function asksForRight(
  nearest: Aspect,
  { isAspect }: AspectRanking,
  { assertion, rights }: Pick<Question, 'assertion' | 'rights'>,
): boolean {
  if (assertion === undefined) return false;
  const namesNothingElse = rights.includes('SeImpersonatePrivilege') && assertion.words.length === 0;
  return (nearest === 'this-right' && isAspect) || namesNothingElse;
}

function aspectOf({ aspects, isWritten }: AspectRanking, question: Question): Aspect {
  const aspect = (aspects[0] || 'more') as Aspect;
  // "Is it that again?" doubts the cause, and does not say that the fix has failed; "did that, same error" does.
  const isTold = /^(?:i |we )?did\b/.test(question.folded) && !question.folded.endsWith('?');
  if (aspect === 'still' && question.assertion !== undefined && !isWritten && !isTold) return 'sure';
  return toldAspect(aspect, question);
}

/** From this share on a doubt is about another entry. */
const doubtedFrom = 0.2;

/** From this share on a statement of the thread's own subject was asked for: "how do I unlock only that one". */
const namedFrom = 0.7;

/** Most words of a line that names no subject itself: "still 500". */
const fewWords = 3;

/** So near to the aspect, beside how near it is to the candidate, a question is about the thread's fault; a statement that says just that needs less. */
const nearFrom = { entry: 0.55, statement: 0.4, signed: 0.4 } as const;

/** True for what answers an aspect in every thread about the right: said with what the thread knows, it fits better. */
function isGeneral(
  entry: string,
  statement: string | undefined,
  aspect: Aspect,
  nearTo: number,
  wholeFrom: number,
  { followUps }: Pick<Knowledge, 'followUps'>,
): boolean {
  const names = followUps.get('right')?.answers[aspect] ?? [];
  return (
    (names.includes(entry) && nearTo >= wholeFrom) ||
    (names.includes(`${entry}/${statement}`) && nearTo >= nearFrom.statement)
  );
}

function answersFor(kind: string, aspect: Aspect, entry: string, knowledge: Knowledge): boolean {
  return namedAnswer(kind, aspect, [], knowledge)?.entry === entry;
}

function isOtherFault(entry: string, knowledge: Knowledge): boolean {
  const kind = kindOfThread(entry, knowledge);
  return kind === 'cause' || kind === 'tracing';
}
