import type { Knowledge } from '../../knowledge/knowledge.js';
import { aspectAnswer } from '../compose/aspect-answer.js';
import { factAnswer } from '../compose/fact-answer.js';
import { numberAnswer } from '../compose/number-answer.js';
import { otherCauseAnswer } from '../compose/other-cause-answer.js';
import { entryResult } from '../entry-result.js';
import { parseQuestion, type Question } from '../parse/question.js';
import { isAboutTheRight } from '../rank/context.js';
import type { Candidate, Ranking } from '../rank/rank.js';
import type { AskResult } from '../result.js';
import { referentOf, type ThreadFacts } from './facts.js';

/** Entries of the model that mean what the thread is about; outside of a thread they mean nothing. */
const ofThread: ReadonlySet<string> = new Set(['same', 'fact']);

/** True for an entry that can be said in this thread: facts need a failure. */
export function isSayable(entry: string, { topic, failure }: ThreadFacts): boolean {
  if (entry === 'fact') return failure !== undefined;
  return entry !== 'same' || topic !== undefined || failure !== undefined;
}

/** What answers for all entries about the right. */
const aboutTheRight: Readonly<Record<string, string>> = {
  fix: 'fix-impersonate',
  still: 'new-token',
  restart: 'reboot-needed',
  compare: 'test-for-right',
  sure: 'no-guess',
  send: 'no-guess',
};

/** Of these the card of the failure says less than those entries. */
const ofAllEntries: ReadonlySet<string> = new Set(['still', 'restart', 'compare']);

/**
 * Answers what is asked of the thread's own subject: a fact of its failure, or an aspect of what was said last. Undefined for a
 * question about anything else.
 */
export function followUp(
  candidate: Candidate,
  { aspect: named = 'more', own }: Pick<Ranking, 'aspect' | 'own'>,
  score: number,
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): AskResult | undefined {
  const { entry, statement } = candidate;
  const { failure } = thread;
  // "Is it that again?" doubts the cause, and does not say that the fix has failed.
  const aspect = named === 'still' && question.signature !== undefined ? 'sure' : named;
  if (entry === 'fact' && failure && statement !== undefined) {
    const answer = factAnswer(statement, failure, knowledge);
    return { intent: 'fact', topic: failure.cause, score, answer };
  }
  const asked = question.signature !== undefined && statement === undefined ? knowledge.causes.get(entry) : undefined;
  const found = failure && knowledge.causes.get(failure.cause);
  if (asked && found && asked !== found) {
    const answer = otherCauseAnswer(asked, found, knowledge);
    return { intent: 'cause', topic: found.id, score, answer };
  }
  const isRepeated = statement === undefined && (thread.said ?? []).includes(entry);
  if (!ofThread.has(entry) && !isRepeated) return undefined;
  const subject = isRepeated ? entry : referentOf(thread, knowledge);
  if (subject === undefined) return numberAnswer(parseQuestion(thread.topic ?? '', knowledge), knowledge);
  const other = isAboutTheRight(subject, knowledge) ? aboutTheRight[aspect] : undefined;
  const cause = knowledge.causes.get(subject);
  if (cause && (other === undefined || !ofAllEntries.has(aspect))) {
    const answer = aspectAnswer(aspect, cause, failure, knowledge);
    return { intent: 'cause', topic: cause.id, score, answer };
  }
  if (other !== undefined && other !== subject) return entryResult({ entry: other }, score, question, knowledge);
  return entryResult({ entry: subject, ...(own && { statement: own }) }, score, question, knowledge);
}
