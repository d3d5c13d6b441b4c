import type { Observation } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import type { Condition } from '../knowledge/condition-schema.js';
import { fillBraces } from '../knowledge/fill.js';
import { matchConditions } from './match.js';
import type { ReadingFacts } from './reading-facts.js';

/** A row of a table of the knowledge: when it fits, and its sentence with braces. */
interface TableRow {
  when: Condition[];
  says: string;
}

/** A row that fits, with the observations that make it fit and its filled sentence. */
export interface FittingRow<R> {
  row: R;
  because: Observation[];
  says: string;
}

/** Returns the first row that fits. A row whose sentence needs a value that the file does not hold does not fit. */
export function findFittingRow<R extends TableRow>(rows: Iterable<R>, facts: ReadingFacts): FittingRow<R> | undefined {
  for (const row of rows) {
    const because = matchConditions(facts, { all: row.when, none: [] });
    const says = because && fillBraces(row.says, (name) => facts.text(name as ObservationName));
    if (because && says !== undefined) return { row, because, says };
  }
  return undefined;
}
