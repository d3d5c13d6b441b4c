import { knownCodeOf } from '../../answer/codes.js';
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

/** Returns a line without the code that its thread has seen; a question, and a line of nothing else, as it is. */
export function withoutKnownCode(line: string, thread: ThreadFacts, knowledge: Knowledge): string {
  if (line.trim().endsWith('?')) return line;
  const rest = line.replace(/[\w.-]+/g, (word) => (isKnownNumber(word, thread, knowledge) ? '' : word));
  return /\p{L}{3}/u.test(rest) ? rest : line;
}

/** True for the code that the thread has seen before this line: it tells nothing new. */
export function isKnownNumber(number: string, { failure, told, toldNow }: ThreadFacts, knowledge: Knowledge): boolean {
  const code = knownCodeOf(number, knowledge)?.hresult;
  const before = toldNow?.includes('code') ? undefined : told?.code;
  return code !== undefined && [failure?.code, before].includes(code);
}
