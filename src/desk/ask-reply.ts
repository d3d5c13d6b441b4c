import type { Answer } from '../answer/answer.js';

/** The reply to a question: intent (`unknown` outside the knowledge), topic, score from 0 to 1, and the answer. */
export interface AskReply {
  intent: string;
  topic: string | null;
  score: number;
  answer: Answer;
}
