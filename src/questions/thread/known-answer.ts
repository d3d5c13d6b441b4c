import type { FactLookup } from '../../answer/wording.js';
import type { Cause } from '../../knowledge/cause-schema.js';
import { fillBraces } from '../../knowledge/fill.js';
import type { Aspect } from '../../knowledge/follow-up-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { knownFindingAnswer } from '../compose/known-finding-answer.js';
import type { Question } from '../parse/question.js';
import type { AskResult } from '../result.js';
import type { ThreadFacts } from './facts.js';
import { factsOfFault } from './fault.js';
import { chooseReply } from './finding-reply.js';

/** Answers with what the thread knows of its fault; undefined where the knowledge has no reply that fits. */
export function knownAnswer(
  aspect: Aspect,
  cause: Cause,
  score: number,
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): AskResult | undefined {
  const facts = factsOfFault(cause, thread, question.told);
  const reply = chooseReply(aspect, cause.id, facts, knowledge, question.told.numbers);
  if (!reply) return undefined;
  const { next } = reply;
  const learns = fillLearned(reply.learns, facts);
  // What the line tells holds for what follows in the same answer.
  const lookUp: FactLookup = (name) => (Object.hasOwn(learns, name) ? learns[name] : facts(name));
  const answer = knownFindingAnswer(reply, cause, question, lookUp, knowledge);
  if (!answer) return undefined;
  const wanted = next !== undefined && knowledge.evidenceRequests.has(next) ? [next] : [];
  return { intent: 'cause', topic: cause.id, score, aspect, learns, wanted, answer };
}

/** What is learned may be a value that the line tells, in braces; it is left out where the line tells none. */
function fillLearned(learns: Readonly<Record<string, string>>, facts: FactLookup): Record<string, string> {
  const filled = Object.entries(learns).map(([name, value]) => [name, fillBraces(value, facts)] as const);
  return Object.fromEntries(filled.filter((one): one is [string, string] => one[1] !== undefined));
}
