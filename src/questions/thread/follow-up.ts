import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Cause } from '../../knowledge/schema.js';
import { aspectAnswer } from '../compose/aspect-answer.js';
import { factAnswer } from '../compose/fact-answer.js';
import { numberAnswer } from '../compose/number-answer.js';
import { openNumberAnswer } from '../compose/open-number-answer.js';
import { otherCauseAnswer } from '../compose/other-cause-answer.js';
import { entryResult } from '../entry-result.js';
import { parseQuestion, type Question } from '../parse/question.js';
import { isAboutTheRight } from '../rank/context.js';
import { ofThread } from '../rank/model.js';
import type { Candidate, Ranking } from '../rank/rank.js';
import type { AskResult } from '../result.js';
import { causesOfNumber, referentOf, type ThreadFacts } from './facts.js';

/** Facts that only a failure of the right has; in other threads "the list" is another one, and its aspect is meant. */
const ofList: ReadonlySet<string> = new Set(['missing', 'holders']);

/** What answers for all entries about the right, by entry and statement. */
const aboutTheRight: Readonly<Record<string, string>> = {
  fix: 'fix-impersonate',
  still: 'new-token',
  restart: 'reboot-needed',
  compare: 'test-for-right',
  sure: 'no-guess',
  send: 'no-guess',
  who: 'who-may-fix',
  tell: 'fix-impersonate/tell-owner',
  until: 'fix-impersonate/stopgap',
  risk: 'blast-radius',
  began: 'event-4705',
  prevent: 'keep-iis-iusrs',
};

/** Of these the card of the failure says more than those entries. */
const ofCard: ReadonlySet<string> = new Set(['fix', 'sure', 'send']);

/** What only a fault has: asked in a thread that went on to a topic, the fault is meant. */
const ofFault: ReadonlySet<string> = new Set(
  'fix sure send still restart scope compare who tell until risk began prevent'.split(' '),
);

/** Returns the fault that was spoken of last before a topic that tells how things are; undefined where the referent itself is one. */
function faultBehind(
  referent: string | undefined,
  { said = [], failure }: ThreadFacts,
  { topics, causes }: Knowledge,
): string | undefined {
  const topic = referent === undefined ? undefined : topics.get(referent);
  if (!topic || topic.kind === 'tracing' || topic.steps.length > 0) return undefined;
  return said.map((one) => one.split('/')[0]!).findLast((id) => causes.has(id)) ?? failure?.cause;
}

/** A cause with so large a share is what "could it be …?" names. */
const namedFrom = 0.2;

/** Returns the cause that a question for yes or no names: the best candidate, or the one beside a doubt. */
function askedCause(
  { entry, statement }: Candidate,
  aspect: string,
  candidates: readonly Candidate[],
  { causes }: Knowledge,
): Cause | undefined {
  if (entry !== 'same') return statement === undefined ? causes.get(entry) : undefined;
  const named = candidates.find((one) => causes.has(one.entry) && one.share >= namedFrom);
  return aspect === 'sure' && named ? causes.get(named.entry) : undefined;
}

/**
 * Answers what is asked of the thread's own subject: a fact of its failure, or an aspect of what was said last. Undefined for a
 * question about anything else.
 */
export function followUp(
  candidate: Candidate,
  { aspect: named = 'more', own, candidates }: Pick<Ranking, 'aspect' | 'own' | 'candidates'>,
  score: number,
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): AskResult | undefined {
  const { entry, statement } = candidate;
  const { failure } = thread;
  // "Is it that again?" doubts the cause, and does not say that the fix has failed.
  const aspect = named === 'still' && question.signature !== undefined ? 'sure' : named;
  const found = failure && knowledge.causes.get(failure.cause);
  const isKept = found?.reasoning === 'user-right' || !ofList.has(statement ?? '');
  if (entry === 'fact' && failure && statement !== undefined && isKept) {
    const answer = factAnswer(statement, failure, knowledge);
    return { intent: 'fact', topic: failure.cause, score, answer };
  }
  const asked =
    found && question.signature !== undefined ? askedCause(candidate, aspect, candidates, knowledge) : undefined;
  if (asked && asked !== found && failure) {
    const answer = otherCauseAnswer(asked, found!, failure.confidence === 'confirmed', knowledge);
    return { intent: 'cause', topic: failure.cause, score, answer };
  }
  const isRepeated = statement === undefined && (thread.said ?? []).includes(entry);
  if (!ofThread.has(entry) && !isRepeated) return undefined;
  const referent = isRepeated ? entry : referentOf(thread, knowledge);
  const subject = ofFault.has(aspect) ? (faultBehind(referent, thread, knowledge) ?? referent) : referent;
  if (subject === undefined) return openNumber(thread.topic ?? '', score, knowledge);
  const other = isAboutTheRight(subject, knowledge) ? aboutTheRight[aspect] : undefined;
  const cause = knowledge.causes.get(subject);
  if (cause && (other === undefined || ofCard.has(aspect))) {
    const answer = aspectAnswer(aspect, cause, failure, knowledge);
    return { intent: 'cause', topic: cause.id, score, answer };
  }
  if (other !== undefined && other !== subject) {
    const [id, part] = other.split('/') as [string, string?];
    return entryResult({ entry: id, ...(part !== undefined && { statement: part }) }, score, question, knowledge);
  }
  return entryResult({ entry: subject, ...(own && { statement: own }) }, score, question, knowledge);
}

/** Answers about a number that stands for several causes; its card comes again where none of them is known. */
function openNumber(number: string, score: number, knowledge: Knowledge): AskResult | undefined {
  const causes = causesOfNumber(number, knowledge);
  const card = numberAnswer(parseQuestion(number, knowledge), knowledge);
  if (causes.length === 0 || !card) return card;
  return { ...card, score, answer: openNumberAnswer(number, causes, knowledge) };
}
