import type { Observation, Reading } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import { fill } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { AloneRow, Cause, Witness } from '../knowledge/schema.js';
import type { Facts } from './facts.js';
import { holds } from './match.js';

/**
 * Evidence that is no trace, judged by the rows of the cards: the first row that shows a defect, else the first that
 * fits. Undefined when no card has anything to say about it.
 */
export function aloneFile(
  facts: Facts,
  knowledge: Knowledge,
): { cause: Cause; row: AloneRow; because: Observation[]; says: string | undefined } | undefined {
  for (const defects of [true, false]) {
    for (const cause of knowledge.causes.values()) {
      for (const row of cause.alone) {
        if ((row.verdict === 'failure') !== defects || !isAbout(row, facts.reading)) continue;
        const because = holds(facts, row);
        if (!because) continue;
        return { cause, row, because, says: fill(row.says, (name) => facts.text(name as ObservationName)) };
      }
    }
  }
  return undefined;
}

/** Whether a row or witness speaks of this kind of file, and of this sort of list where it says so. */
export function isAbout(row: AloneRow | Witness, reading: Reading): boolean {
  return row.kind === reading.kind && (row.origin === undefined || row.origin === reading.origin);
}
