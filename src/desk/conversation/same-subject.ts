import type { Judge } from '../../diagnosis/diagnose.js';
import type { Reading } from '../../evidence/evidence.js';

/**
 * Returns the earlier evidence of a conversation that belongs to what the new one shows: what shows another cause stays out, because the answer is
 * about what was just sent. New evidence without a cause of its own belongs to the finding of the conversation.
 * @param found the cause that the conversation has found
 */
export function selectSameSubject(
  earlier: readonly Reading[],
  fresh: readonly Reading[],
  found: string | undefined,
  judge: Judge,
): Reading[] {
  const causeIn = (reading: Reading) => judge(reading).cause?.id;
  const shown = new Set(fresh.map(causeIn).filter((cause) => cause !== undefined));
  if (shown.size === 0 && found === undefined) return [...earlier];
  return earlier.filter((reading) => {
    const cause = causeIn(reading);
    return cause === undefined || (shown.size === 0 ? cause === found : shown.has(cause));
  });
}
