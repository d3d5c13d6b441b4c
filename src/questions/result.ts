import type { Answer } from '../answer/answer.js';
import type { Aspect } from '../knowledge/follow-up-schema.js';
import type { Choice } from './compose/choice.js';

/** What a question is about and what to say. */
export interface AskResult {
  /** `explain`, `defaults`, `fix`, `code`, `status`, `cause` …; `choice` when three are offered, `unknown` when declined. */
  intent: string;
  /** Id of the topic or cause, a code, a status, a right's constant; null when nothing is claimed. */
  topic: string | null;
  /** How likely this answers the question, 0 to 1, calibrated. */
  score: number;
  /** The entry of `knowledge/topics/` that spoke (several of them are about the same right), or the cause that a code and a status mean together. */
  entry?: string;
  /** The statement of the entry or card that was asked for. */
  statement?: string;
  /** What is offered, for intent `choice`. */
  choices?: Choice[];
  /** How much speaks for another world, 0 to 1, for intent `choice`. */
  elsewhere?: number;
  /** What was asked or told of the thread's own subject, where that answers. */
  aspect?: Aspect;
  /** What the asker told of the failure, by the names of facts. */
  learns?: Readonly<Record<string, string>>;
  /** The evidence that the answer asks for, by ids. */
  wanted?: readonly string[];
  answer: Answer;
}
