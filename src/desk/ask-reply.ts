import type { Answer } from '../answer/answer.js';
import { isAnswered } from '../questions/ask.js';
import type { Choice } from '../questions/compose/choice.js';

/**
 * The reply to a question: intent (`unknown` when declined, `choice` when up to three are offered), topic, score from 0 to 1, and the
 * answer.
 */
export interface AskReply {
  intent: string;
  topic: string | null;
  score: number;
  /** What is offered, for intent `choice`. */
  choices?: Choice[];
  /** The entry of the knowledge that spoke, and the statement of it that was said. */
  entry?: string;
  statement?: string;
  /** What the asker told of the thread's failure, by the names of facts. */
  learns?: Readonly<Record<string, string>>;
  /** The evidence that the answer asks for, by ids. */
  wanted?: readonly string[];
  answer: Answer;
}

/** True when an entry of the knowledge answers. Help is no answer to what was asked. */
export function isAnsweredByEntry(reply: Pick<AskReply, 'intent'>): boolean {
  return isAnswered(reply) && reply.intent !== 'help';
}
