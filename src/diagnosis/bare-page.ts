import type { Observation } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import type { BarePageRow } from '../knowledge/bare-page-schema.js';
import { fillBraces } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { matchConditions } from './match.js';
import type { ReadingFacts } from './reading-facts.js';

/** The first row of the table that speaks of this page, with its sentence; undefined for pages with details. */
export function judgeBarePage(
  facts: ReadingFacts,
  knowledge: Knowledge,
): { row: BarePageRow; because: Observation[]; says: string } | undefined {
  if (facts.reading.kind !== 'error-page') return undefined;
  for (const row of knowledge.barePages.values()) {
    const because = matchConditions(facts, { all: row.when, none: [] });
    if (!because) continue;
    const says = fillBraces(row.meaning, (name) => facts.text(name as ObservationName)) ?? row.meaning;
    return { row, because, says };
  }
  return undefined;
}
