import type { Answer } from '../answer/answer.js';
import type { Report } from '../diagnosis/report.js';
import type { Button } from './ports/message.js';

/** A question answered. `score` 0 to 1: how sure that this is what was asked; intent `unknown` outside the knowledge. */
export interface AskReply {
  intent: string;
  topic: string | null;
  score: number;
  answer: Answer;
}

export interface DiagnoseReply {
  report: Report;
  answer: Answer;
}

export interface CommandReply {
  answer: Answer;
  /** Name of the command that answered, `ask` for free text. */
  command: string;
  /** True when the answer concerns only the asker. */
  private?: boolean;
}

/** A button, and who pressed it. */
export interface ButtonPress extends Button {
  tenant: string;
  who: string;
}
