import { knownCode } from '../../answer/codes.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { namedPool } from '../compose/pool-sid.js';
import type { Place } from '../decide.js';
import { causesOfNumber } from '../parse/number-causes.js';
import type { Question } from '../parse/question.js';
import type { Candidate } from '../rank/candidate.js';
import type { ThreadContext } from '../rank/context.js';
import { ofThread } from '../rank/model.js';
import { isOurs, type ThreadFacts } from './facts.js';
import { hasNewCard } from './number.js';

/** Returns what deciding needs to know of the thread in which a question is asked. */
export function placeOf(
  question: Question,
  context: ThreadContext | undefined,
  thread: ThreadFacts,
  knowledge: Knowledge,
): Place {
  const leans = context?.isShort ?? false;
  return {
    from: (candidate) => answerFrom(candidate, question, isOurs(thread) ? thread : undefined, leans, knowledge),
    ours: isOurs(thread) || namesOurs(question),
    leans,
    possible: (entry) => isSayable(entry, question, thread, knowledge),
  };
}

/**
 * From this probability on one entry answers. A follow-up has its thread to refer to, and a wrong one is soon put right; a fact is
 * one plain sentence, and a wrong one helps less than a choice. A code in the question speaks for its only cause, and the name of a pool for its SID. Which other cause is asked about matters least: it is not the one.
 */
const answerAt = {
  alone: 0.56,
  fact: 0.5,
  ofCode: 0.38,
  story: 0.32,
  context: 0.24,
  ownSubject: 0.2,
  otherCause: 0.12,
} as const;

/**
 * Returns the probability from which on a candidate answers.
 * @param thread the thread of ours that the question is in
 * @param leans whether it is short enough to refer to that
 */
function answerFrom(
  { entry, statement }: Candidate,
  question: Question,
  thread: ThreadFacts | undefined,
  leans: boolean,
  knowledge: Knowledge,
): number {
  const { assertion } = question;
  if (!thread && (isMeantByCode(entry, question, knowledge) || isMeantByPool(entry, question))) return answerAt.ofCode;
  if (!thread) return answerAt.alone;
  if (entry === 'fact') return answerAt.fact;
  if (!leans) return answerAt.story;
  if (entry === 'same') return answerAt.ownSubject;
  const isOther = knowledge.causes.has(entry) && entry !== thread.failure?.cause && statement === undefined;
  return thread.failure && assertion !== undefined && isOther ? answerAt.otherCause : answerAt.context;
}

/** True for the only cause that a code of the question stands for. */
function isMeantByCode(entry: string, { codes }: Question, knowledge: Knowledge): boolean {
  return codes.some(({ value, certain }) => {
    const code = certain ? knownCode(value, knowledge) : undefined;
    const [cause, ...others] = code ? causesOfNumber(code.hresult, knowledge) : [];
    return cause?.id === entry && others.length === 0;
  });
}

/** True for the entry about the SIDs of pools, where the question names the pool. */
function isMeantByPool(entry: string, { folded }: Question): boolean {
  return entry === 'pool-sid' && namedPool(folded) !== undefined;
}

/** True for an entry that can be said in this thread: a card needs a number. */
function isSayable(entry: string, question: Question, thread: ThreadFacts, knowledge: Knowledge): boolean {
  if (entry === 'code' || entry === 'status') return hasNewCard(question, thread, knowledge);
  return !ofThread.has(entry) || isOurs(thread);
}

/** Names something that only our field has: the right, a right by its constant, a code, a sub status, a SID, the group of IIS. */
function namesOurs({ named, codes, statuses, accounts }: Question): boolean {
  return (
    /\bse[a-z]{4,}(?:privilege|right)\b|\bs-1-\d+-\d/.test(named) ||
    codes.some(({ certain }) => certain) ||
    statuses.some(({ code, certain }) => certain && code.includes('.')) ||
    accounts.includes('iis_iusrs')
  );
}
