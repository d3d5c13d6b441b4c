import type { Observation } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import { fillBraces } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { OutputRow } from '../knowledge/output-schema.js';
import { matchConditions } from './match.js';
import type { ReadingFacts } from './reading-facts.js';

/** A row of the table of outputs that fits, with the observations that make it fit and its filled sentence. */
export interface JudgedOutput {
  row: OutputRow;
  because: Observation[];
  says: string | undefined;
}

/** Returns the first row about the command that printed this; undefined for what no command of the table printed. */
export function findOutputRow(facts: ReadingFacts, knowledge: Knowledge): JudgedOutput | undefined {
  for (const row of knowledge.outputs.values()) {
    if (row.output !== facts.reading.form) continue;
    const because = matchConditions(facts, { all: row.when, none: [] });
    const says = fillBraces(row.says, (name) => facts.text(name as ObservationName));
    if (because && says !== undefined) return { row, because, says };
  }
  return undefined;
}
