import type { Refusal } from '../evidence/evidence.js';

/** Why a job came to no end: too much memory, too much time, or something in us. */
export type Failure = 'memory' | 'time' | 'failed';

const refusals: Readonly<Record<Failure, Refusal>> = {
  memory: 'too-much-memory',
  time: 'took-too-long',
  failed: 'file-failed',
};

/** A thread or process died over a job. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';
  readonly failure: Failure;
  /** The file or entry that was being read, as `index` of what the job finds; undefined when it was none. */
  readonly index: number | undefined;

  constructor(failure: Failure, reason: string, index?: number) {
    super(reason);
    this.failure = failure;
    this.index = index;
  }

  /** The catalogue's word for the file it died of. */
  get refusal(): Refusal {
    return refusals[this.failure];
  }
}
