import type { Observation, Reading } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import { fillBraces } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { AloneRow, Cause, Witness } from '../knowledge/schema.js';
import { matchConditions } from './match.js';
import type { ReadingFacts } from './reading-facts.js';

export interface SingleVerdict {
  cause: Cause;
  row: AloneRow;
  because: Observation[];
  says: string | undefined;
}

/**
 * Evidence that is no trace, judged by the rows of the cards: on each card the first row that fits, and among the cards
 * one that shows a defect before one that shows none. Undefined when no card has anything to say.
 */
export function judgeByRows(facts: ReadingFacts, knowledge: Knowledge): SingleVerdict | undefined {
  let harmless: SingleVerdict | undefined;
  for (const cause of knowledge.causes.values()) {
    const found = firstRow(facts, cause);
    if (found?.row.verdict === 'failure') return found;
    harmless ??= found;
  }
  return harmless;
}

function firstRow(facts: ReadingFacts, cause: Cause): SingleVerdict | undefined {
  for (const row of cause.alone) {
    if (!isAbout(row, facts.reading)) continue;
    const because = matchConditions(facts, row);
    if (because)
      return { cause, row, because, says: fillBraces(row.says, (name) => facts.text(name as ObservationName)) };
  }
  return undefined;
}

/** Whether a row or witness speaks of this kind of file, and of this sort of list where it says so. */
export function isAbout(row: AloneRow | Witness, reading: Reading): boolean {
  return row.kind === reading.kind && (row.origin === undefined || row.origin === reading.origin);
}
