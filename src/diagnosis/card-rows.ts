import type { Observation, Reading } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import type { Cause, SingleFileRow, Witness } from '../knowledge/cause-schema.js';
import { fillBraces } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { matchConditions } from './match.js';
import type { ReadingFacts } from './reading-facts.js';

/** A row of a card that fits a file, with the observations that make it fit and its filled sentence. */
export interface RowVerdict {
  cause: Cause;
  row: SingleFileRow;
  because: Observation[];
  says: string | undefined;
}

/**
 * Judges evidence other than traces by the rows of the cards. On each card the first row that fits counts; among the cards
 * one that shows a defect comes before one that shows none. Returns undefined when no row fits.
 */
export function judgeByRows(facts: ReadingFacts, knowledge: Knowledge): RowVerdict | undefined {
  let harmless: RowVerdict | undefined;
  for (const cause of knowledge.causes.values()) {
    const verdict = findFirstRow(facts, cause);
    if (verdict?.row.verdict === 'failure') return verdict;
    harmless ??= verdict;
  }
  return harmless;
}

function findFirstRow(facts: ReadingFacts, cause: Cause): RowVerdict | undefined {
  for (const row of cause.alone) {
    if (!isAbout(row, facts.reading)) continue;
    const because = matchConditions(facts, row);
    if (because)
      return { cause, row, because, says: fillBraces(row.says, (name) => facts.text(name as ObservationName)) };
  }
  return undefined;
}

/** True when a row or witness is about this kind of file and, where it names one, this origin of a list. */
export function isAbout(row: SingleFileRow | Witness, reading: Reading): boolean {
  return row.kind === reading.kind && (row.origin === undefined || row.origin === reading.origin);
}
