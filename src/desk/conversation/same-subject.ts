import { differInNumbers, type FailureNumbers, failureNumbersOf } from '../../answer/failure-numbers.js';
import type { Judge } from '../../diagnosis/diagnose.js';
import type { EvidenceKind, Reading } from '../../evidence/evidence.js';
import type { Cause } from '../../knowledge/cause-schema.js';

/**
 * Selects of a conversation's evidence the new one, and of the earlier what belongs to it: what shows another cause, or the same with another code, stays out, because the answer is
 * about what was just sent. New evidence without its own cause belongs to the finding of the conversation. In steps, because each reading is judged.
 * @param found the cause that the conversation has found
 */
export function* selectSameSubject(
  evidence: readonly Reading[],
  isFresh: (reading: Reading) => boolean,
  found: string | undefined,
  judge: Judge,
): Generator<void, Reading[]> {
  if (evidence.every(isFresh)) return [...evidence];
  const causes = new Map<Reading, ShownFailure>();
  for (const reading of evidence) {
    const { cause, file } = judge(reading);
    if (cause) causes.set(reading, shownBy(reading, cause, failureNumbersOf(file)));
    yield;
  }
  const shown = evidence.filter(isFresh).flatMap((reading) => causes.get(reading) ?? []);
  if (shown.length === 0 && found === undefined) return [...evidence];
  return evidence.filter((reading) => {
    const earlier = causes.get(reading);
    if (isFresh(reading) || !earlier) return true;
    return shown.length === 0 ? earlier.cause === found : shown.some((fresh) => isSameFailure(fresh, earlier));
  });
}

/** What a reading shows of a failure. */
interface ShownFailure extends FailureNumbers {
  cause: string;
  isOfRight: boolean;
  /** It is what a page or a program said, and tells one failure whole. */
  isSaying: boolean;
}

const sayings: ReadonlySet<EvidenceKind> = new Set<EvidenceKind>([
  'error-page',
  'fragment',
  'application-log',
  'event-export',
]);

const shownBy = ({ kind }: Reading, { id, reasoning }: Cause, numbers: FailureNumbers): ShownFailure => ({
  cause: id,
  isOfRight: reasoning === 'user-right',
  isSaying: sayings.has(kind),
  ...numbers,
});

/** The right shows in several numbers and pieces. Of any other cause another code is another failure, and so is what was said anew. */
function isSameFailure(fresh: ShownFailure, earlier: ShownFailure): boolean {
  if (fresh.cause !== earlier.cause || fresh.isOfRight) return fresh.cause === earlier.cause;
  return !differInNumbers(fresh, earlier) && !(fresh.isSaying && earlier.isSaying);
}
