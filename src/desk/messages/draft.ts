import type { Answer } from '../../answer/answer.js';
import type { ThreadFacts } from '../../questions/thread/facts.js';
import type { PostedMessage } from '../ports/message.js';
import type { DiagnosisSummary } from '../results.js';

/** Why an answer is posted again: the process ended in between, or the platform's response was lost. */
export type Repetition = 'restart' | 'lost-response';

/** An answer to be posted. */
export interface Draft {
  answer: Answer;
  /** What the thread knows after it. */
  facts?: ThreadFacts | undefined;
  /** The answer's thread when it is not the message's: a button below an answer that only one person sees has no thread. */
  thread?: string | undefined;
  /** What was diagnosed, for the audit trail. */
  summary?: DiagnosisSummary | undefined;
  /** An earlier attempt has stored the answer. */
  stored?: true;
  /** The part of the answer that an earlier attempt has posted. */
  partial?: PostedMessage;
  /** Why the answer is posted again, although it may have arrived: the platform cannot tell. */
  repeated?: Repetition | undefined;
}
