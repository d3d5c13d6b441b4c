import type { FactLookup } from '../answer/wording.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { entryAnswer } from './compose/entry-answer.js';
import type { Question } from './parse/question.js';
import type { Candidate } from './rank/candidate.js';
import type { AskResult } from './result.js';

/**
 * Answers with an entry, or with one of its statements.
 * @param facts what the thread knows, for texts to pass on
 */
export function entryResult(
  { entry, statement, beside }: Pick<Candidate, 'entry' | 'statement' | 'beside'>,
  score: number,
  question: Question,
  knowledge: Knowledge,
  sign?: 'yes' | 'no',
  facts?: FactLookup,
): AskResult {
  const answer = entryAnswer(entry, { statement, sign, beside }, question, knowledge, facts);
  const said = statement === undefined ? {} : { statement };
  const topic = knowledge.topics.get(entry);
  if (!topic) return { intent: 'cause', topic: entry, score: round(score), ...said, answer };
  return { intent: topic.intent, topic: topic.about ?? topic.id, score: round(score), entry, ...said, answer };
}

const round = (score: number) => Math.round(score * 100) / 100;
