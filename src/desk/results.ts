import type { Answer } from '../answer/answer.js';
import type { Report } from '../diagnosis/report.js';
import type { TraceComparison } from '../evidence/freb/compare.js';
import type { ThreadFacts } from '../questions/thread/facts.js';
import type { AskReply } from './ask-reply.js';
import type { Button, DoorName } from './ports/message.js';

export interface DiagnoseReply {
  report: Report;
  answer: Answer;
  /** Where the two logs part; comparisons only. */
  comparison?: TraceComparison;
}

/** A diagnosis without any content, for the audit trail. */
export interface DiagnosisSummary {
  kinds: string[];
  cause: string | undefined;
  verdict: string;
}

/**
 * The reply to a line. For a question, intent, topic and score are those of the question; for any other command, the intent is
 * the command's name.
 */
export interface CommandReply extends AskReply {
  /** Name of the command that answered, `ask` for free text. */
  command: string;
  /** True when the answer concerns only the asker. */
  private?: boolean;
  /** What the thread knows after it; absent when that is what it knew before. */
  facts?: ThreadFacts;
  /** Set when the line was evidence. */
  summary?: DiagnosisSummary;
}

/** The person behind a call, and the conversation the call belongs to. A call without one is remembered nowhere. */
export interface Caller {
  door: DoorName;
  tenant: string;
  who: string;
  thread: string;
  /** Key of the channel, for quotas; the thread's key when absent. */
  place?: string;
  /** The call is in no thread of a chat. */
  alone?: true;
}

/** A button, and the person who pressed it. */
export interface ButtonPress extends Button {
  door: DoorName;
  tenant: string;
  who: string;
}
