import type { Judge } from '../../diagnosis/diagnose.js';
import type { Reading } from '../../evidence/evidence.js';

/**
 * Selects of a conversation's evidence the new one, and of the earlier what belongs to it: what shows another cause stays out, because the answer is
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
  const causes = new Map<Reading, string>();
  for (const reading of evidence) {
    const { cause } = judge(reading);
    if (cause) causes.set(reading, cause.id);
    yield;
  }
  const shown = new Set(evidence.filter(isFresh).flatMap((reading) => causes.get(reading) ?? []));
  if (shown.size === 0 && found !== undefined) shown.add(found);
  if (shown.size === 0) return [...evidence];
  return evidence.filter((reading) => isFresh(reading) || !causes.has(reading) || shown.has(causes.get(reading)!));
}
