import { plainText } from '../answer/answer.js';
import { generalize } from '../answer/wording.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { shorten } from './compose/short.js';
import { holdsSides, type Side, sidesAnswer } from './compose/sides-answer.js';
import type { Question } from './parse/question.js';
import { findSides } from './parse/sides.js';
import type { AskResult } from './result.js';

/** A side that is less sure than this is left out, and with it the others. */
const sureFrom = 0.6;

/**
 * Answers a question that compares two or three things by each of them, where what was found speaks of one only. Undefined for any other
 * question, and where a side is unknown.
 * @param found the answer to the question as a whole
 * @param askFor answers the question for one side
 */
export function compareSides(
  { named }: Question,
  found: AskResult | undefined,
  askFor: (question: string) => AskResult,
  knowledge: Knowledge,
): AskResult | undefined {
  const sides = findSides(named);
  if (!sides || (found && holdsSides(found.answer, sides))) return undefined;
  const answers = sides.map((side) => askFor(`what is ${side}`));
  if (answers.some(({ intent, score }) => intent === 'unknown' || intent === 'choice' || score < sureFrom))
    return undefined;
  if (new Set(answers.map(({ answer }) => answer.summary)).size < answers.length) return undefined;
  const { statement: _, ...result } = answers[0]!;
  const score = Math.min(...answers.map((one) => one.score));
  return { ...result, score, answer: shorten(sidesAnswer(answers.map((one) => sideOf(one, knowledge)))) };
}

function sideOf({ entry, topic, statement, answer }: AskResult, { topics, causes }: Knowledge): Side {
  const card = topics.get(entry ?? '') ?? causes.get(topic ?? '');
  const name = card ? plainText(generalize(card.title)) : plainText(answer.title);
  return { name, answer, isStatement: statement !== undefined };
}
