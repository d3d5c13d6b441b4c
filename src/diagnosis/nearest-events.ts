import { shortProvider } from '../evidence/events/windows-event.js';
import type { EventRow } from '../knowledge/event-schema.js';
import { fillPlainly } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';

/** An event without a row in the table. */
export interface UnknownEvent {
  provider: string;
  id: number | undefined;
  message: string;
}

/** A known event that is near to an unknown one: provider and number, and what it means. */
export interface NearEvent {
  name: string;
  means: string;
}

const mostNear = 3;
/** Steps between two numbers that count as much as one shared word of their texts. */
const wordWeight = 4;

/**
 * Returns the three known events nearest to an unknown one: of the same provider those with the nearest numbers and words,
 * then those of other providers with the same number or the same words.
 */
export function nearestEvents(unknown: UnknownEvent, knowledge: Knowledge): NearEvent[] {
  const provider = shortProvider(unknown.provider);
  const words = wordsOf(unknown.message);
  const candidates = [...knowledge.events.values()].flatMap((row) => {
    const same = row.provider.some((name) => shortProvider(name) === provider);
    const shared = wordsOf(row.meaning).filter((word) => words.includes(word)).length;
    const id = nearestId(row, unknown.id);
    const apart = id === undefined || unknown.id === undefined ? 1000 : Math.abs(id - unknown.id);
    if (!same && shared < 3 && apart > 0) return [];
    return { row, id, same, score: shared * wordWeight - Math.min(apart, 1000) };
  });
  candidates.sort((a, b) => Number(b.same) - Number(a.same) || b.score - a.score);
  const near = new Map<string, NearEvent>();
  for (const { row, id } of candidates) {
    const name = [row.provider[0], id].filter((part) => part !== undefined).join(' ');
    if (near.size < mostNear && !near.has(name)) near.set(name, { name, means: fillPlainly(row.meaning) });
  }
  return [...near.values()];
}

function nearestId(row: EventRow, id: number | undefined): number | undefined {
  const ids = row.event ?? [];
  return id === undefined ? ids[0] : [...ids].sort((a, b) => Math.abs(a - id) - Math.abs(b - id))[0];
}

/** Words that tell texts apart: four letters and more, the first of a long text. */
function wordsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .slice(0, 1000)
        .toLowerCase()
        .match(/\p{L}{4,}/gu),
    ),
  ].filter((word) => !common.has(word));
}

const common: ReadonlySet<string> = new Set([
  'event',
  'that',
  'this',
  'with',
  'from',
  'could',
  'cannot',
  'which',
  'were',
]);
