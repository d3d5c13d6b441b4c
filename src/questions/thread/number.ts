import type { Knowledge } from '../../knowledge/knowledge.js';
import { numberAnswer } from '../compose/number-answer.js';
import type { Question } from '../parse/question.js';
import type { ThreadFacts } from './facts.js';

/** Returns true for a question with a number that has a card, and not the one of the thread's failure. */
export function hasNewCard(question: Question, thread: ThreadFacts, knowledge: Knowledge): boolean {
  return numberAnswer(question, knowledge) !== undefined && !namesFailure(question, thread);
}

/** Returns true for a status that is the one of the thread's failure, or its first part: "it still says 403" asks for no card. */
export function namesFailure({ codes, statuses }: Question, { failure }: ThreadFacts): boolean {
  const known = failure?.status;
  return known !== undefined && codes.length === 0 && statuses.every(({ code }) => `${known}.`.startsWith(`${code}.`));
}
