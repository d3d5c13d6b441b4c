import type { Knowledge } from '../../knowledge/knowledge.js';
import { causesOfNumber } from '../parse/number-causes.js';
import type { Question } from '../parse/question.js';
import { isAboutTheRight, mayLean, type ThreadContext } from '../rank/context.js';
import { offTopic, ofThread as ofThreads } from '../rank/model.js';
import { isAboutFault, isOurs, referentOf, type ThreadFacts } from './facts.js';
import { hasNewCard } from './number.js';

/** How many times likelier an entry is in a thread than without one. */
const factors = {
  own: 6,
  lookedUp: 2.5,
  fact: 3,
  ofThread: 2.5,
  ofFault: 6,
  cause: 2,
  number: 2,
  elsewhere: 0.1,
} as const;
/**
 * Where entries begin: those of the right in a thread about it, or those that the knowledge relates; then others. What is true of
 * the right is mostly wrong of another failure.
 */
const base = { related: 1, other: 0.4, far: 0.15 } as const;
/** What the nearness to the thread's subjects adds, where it is more than that of any two entries; and the most that comes of it. */
const ofNearness = { from: 0.1, adds: 5, most: 3 } as const;

/** Returns what a short question refers to in its thread; undefined outside threads of ours. */
export function threadContextOf(
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): ThreadContext | undefined {
  if (!isOurs(thread)) return undefined;
  const referent = referentOf(thread, knowledge);
  const open =
    referent === undefined ? (thread.offered ?? causesOfNumber(thread.topic!, knowledge).map(({ id }) => id)) : [];
  const fault = referent === undefined ? undefined : knowledge.followUps.get(referent)?.fault;
  const own = [referent, thread.failure?.cause, fault].filter((id) => id !== undefined);
  const about = [...own, ...open];
  const isShort = mayLean(question);
  const factorOf = factorsIn(thread, own, about, question, knowledge);
  const weight = isShort ? 1 : longWeight;
  return {
    subject: referent ?? thread.topic!,
    about,
    said: thread.said ?? [],
    isShort,
    prior: (entry, nearness) => factorOf(entry, nearness) ** weight,
  };
}

/** The power of a prior for a long question: it says itself what it is about. */
const longWeight = 0.5;

/** Returns the factor of each entry in a thread: its own entry and failure first, then what is related or near to them. */
function factorsIn(
  thread: ThreadFacts,
  own: readonly string[],
  about: readonly string[],
  question: Question,
  knowledge: Knowledge,
): ThreadContext['prior'] {
  const isFault = isAboutFault(thread, knowledge);
  const hasCard = hasNewCard(question, thread, knowledge);
  // "Could it be …?" asks for another fault; a sentence about one seldom answers what is asked of the thread's own.
  const asksForOther = question.assertion !== undefined || question.codes.length + question.statuses.length > 0;
  const aboutRight = [...about, thread.topic ?? ''].some((id) => isAboutTheRight(id, knowledge));
  const namesRight = question.rights.length > 0 && !aboutRight;
  const related = new Set(about.flatMap((id) => knowledge.topics.get(id)?.related ?? []));
  const isRelated = (entry: string) =>
    related.has(entry) ||
    about.some((id) => knowledge.topics.get(entry)?.related.includes(id)) ||
    (aboutRight && isOfTheRight(entry, knowledge));
  return (entry, nearness) => {
    if (entry === offTopic) return factors.elsewhere;
    if (entry === 'code' || entry === 'status') return hasCard ? factors.number : 0;
    // In a thread about a fault "which account" asks for its account; elsewhere it mostly asks for what is true of all.
    if (entry === 'fact') return isFault ? factors.fact : 0;
    // A topic that was looked up beside a failure says less than that failure.
    const isBeside = thread.failure !== undefined && knowledge.topics.has(entry);
    if (own.includes(entry)) return isBeside ? factors.lookedUp : factors.own;
    if (about.includes(entry)) return factors.cause;
    // What is asked of a fault is said with what is known of it; a right that is named is its own matter in most threads.
    if (ofThreads.has(entry)) return namesRight ? 1 : isFault && !thread.offered ? factors.ofFault : factors.ofThread;
    if (!knowledge.topics.has(entry) && !knowledge.causes.has(entry)) return factors.ofThread;
    const from = isRelated(entry)
      ? base.related
      : !aboutRight && isAboutTheRight(entry, knowledge)
        ? base.far
        : base.other;
    if (isFault && !asksForOther && knowledge.causes.has(entry)) return base.far;
    const near = Math.max(0, nearness - ofNearness.from);
    return Math.min(ofNearness.most, from + ofNearness.adds * near * (from === base.far ? base.far : 1));
  };
}

/** True for the entries that say something about this right, and not about another one that is related. */
function isOfTheRight(entry: string, knowledge: Knowledge): boolean {
  const topic = knowledge.topics.get(entry);
  const isAnother = topic?.kind === 'right' && topic.about !== 'SeImpersonatePrivilege';
  return isAboutTheRight(entry, knowledge) && !isAnother;
}
