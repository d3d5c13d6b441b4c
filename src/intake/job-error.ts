import type { Refusal } from '../evidence/evidence.js';

/** Why a job did not finish: too much memory, too much time, or an error of ours. */
export type FailureKind = 'memory' | 'time' | 'failed';

const refusals: Readonly<Record<FailureKind, Refusal>> = {
  memory: 'too-much-memory',
  time: 'took-too-long',
  failed: 'file-failed',
};

/** A thread or process ended before its job was done. */
export class JobError extends Error {
  override readonly name = 'JobError';
  readonly failure: FailureKind;
  /** Index of the file or entry that was being read; undefined when there was none. */
  readonly index: number | undefined;

  constructor(failure: FailureKind, reason: string, index?: number) {
    super(reason);
    this.failure = failure;
    this.index = index;
  }

  /** The catalogue's code for the file that was being read. */
  get refusal(): Refusal {
    return refusals[this.failure];
  }
}
