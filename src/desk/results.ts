import type { Answer } from '../answer/answer.js';
import type { Report } from '../diagnosis/report.js';
import type { Button } from './ports.js';

/** A question answered. `score` 0 to 1: how sure that this is what was asked; intent `unknown` outside the knowledge. */
export interface Asked {
  intent: string;
  topic: string | null;
  score: number;
  answer: Answer;
}

export interface Diagnosed {
  report: Report;
  answer: Answer;
}

export interface Replied {
  answer: Answer;
  /** Name of the command that answered, `ask` for free text. */
  command: string;
  /** True when the answer concerns only the asker. */
  private?: boolean;
}

/** A button, and who pressed it. */
export interface Press extends Button {
  tenant: string;
  who: string;
}
