import type { Reading } from '../evidence/evidence.js';

/** A position in the order of results: a reading, the results of a zip, or nothing where a file was skipped. */
export type ReadingSlot = Reading | ReadingSlot[] | undefined;

/** Returns the readings in order. */
export function flattenSlots(slots: readonly ReadingSlot[]): Reading[] {
  return (slots as unknown[]).flat(Number.POSITIVE_INFINITY).filter((slot) => slot !== undefined) as Reading[];
}
