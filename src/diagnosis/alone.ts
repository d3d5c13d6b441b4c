import type { Observation, Reading } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import { fill } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { AloneRow, Cause, Witness } from '../knowledge/schema.js';
import type { Facts } from './reading-facts.js';
import { holds } from './match.js';

export interface Alone {
  cause: Cause;
  row: AloneRow;
  because: Observation[];
  says: string | undefined;
}

/**
 * Evidence that is no trace, judged by the rows of the cards: on each card the first row that fits, and among the cards
 * one that shows a defect before one that shows none. Undefined when no card has anything to say.
 */
export function aloneFile(facts: Facts, knowledge: Knowledge): Alone | undefined {
  let harmless: Alone | undefined;
  for (const cause of knowledge.causes.values()) {
    const found = firstRow(facts, cause);
    if (found?.row.verdict === 'failure') return found;
    harmless ??= found;
  }
  return harmless;
}

function firstRow(facts: Facts, cause: Cause): Alone | undefined {
  for (const row of cause.alone) {
    if (!isAbout(row, facts.reading)) continue;
    const because = holds(facts, row);
    if (because) return { cause, row, because, says: fill(row.says, (name) => facts.text(name as ObservationName)) };
  }
  return undefined;
}

/** Whether a row or witness speaks of this kind of file, and of this sort of list where it says so. */
export function isAbout(row: AloneRow | Witness, reading: Reading): boolean {
  return row.kind === reading.kind && (row.origin === undefined || row.origin === reading.origin);
}
