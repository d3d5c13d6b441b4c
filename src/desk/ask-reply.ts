import type { Answer } from '../answer/answer.js';
import type { Choice } from '../questions/compose/other-answers.js';

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
  answer: Answer;
}
