import type { Knowledge } from '../../knowledge/knowledge.js';
import { asksForMeaning } from '../answer-by-name.js';
import type { Question } from '../parse/question.js';
import type { AskResult } from '../result.js';
import { referentOf, type ThreadFacts } from './facts.js';
import { faultOf } from './fault.js';
import { knownAnswer } from './known-answer.js';
import { isKnownNumber } from './number.js';

/** What has its own form is read, not guessed. */
const sure = 0.9;

/** Most words beside the name of an account with which a line only tells it; a few more where they say that it is the pool's. */
const fewWords = 6;
const mostWords = 12;

/** Answers a short line that names the account of the pool. Undefined for any other line. */
export function answerToldAccount(
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): AskResult | undefined {
  const { told, assertion, length, folded } = question;
  const longest = told.account === thread.told?.account ? mostWords : fewWords;
  if (told.account === undefined || assertion !== undefined || length > longest || folded.endsWith('?'))
    return undefined;
  const fault = faultOf(referentOf(thread, knowledge), 'told-account', thread, knowledge);
  return fault && knownAnswer('told-account', fault, sure, question, thread, knowledge);
}

/** Answers a line that names a number which decides about the fault of its thread: an event, or the code of one. Undefined for any other line. */
export function answerToldNumber(question: Question, thread: ThreadFacts, knowledge: Knowledge): AskResult | undefined {
  const news = question.told.numbers.filter((one) => !isKnownNumber(one, thread, knowledge));
  if (news.length === 0 || asksForMeaning(question)) return undefined;
  const referent = referentOf(thread, knowledge);
  const isFollowed = thread.failure !== undefined || knowledge.causes.has(referent ?? '');
  // Beside a topic the number of an event is asked about; a code that is one by its form was read on a page or in a log.
  if (!isFollowed && !question.codes.some(({ certain }) => certain)) return undefined;
  const fault = faultOf(referent, 'told-number', thread, knowledge);
  const told = { ...question.told, numbers: news };
  return fault && knownAnswer('told-number', fault, sure, { ...question, told }, thread, knowledge);
}
