import { shortProvider } from '../evidence/events/windows-event.js';
import type { Observation, Reading } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import type { EventRow } from '../knowledge/event-schema.js';
import { dropBraces, fillBraces } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { matchConditions } from './match.js';
import { nearestEvents } from './nearest-events.js';
import { formatValue, ReadingFacts } from './reading-facts.js';
import type { EventStory, StoryEvent } from './report.js';

/** A story with the row that decides it, and the observations of that event. */
export interface JudgedStory {
  story: EventStory;
  row: EventRow | undefined;
  because: Observation[];
}

/** One event with its row. `last`: when it came last. */
interface KnownEvent {
  event: StoryEvent;
  row: EventRow;
  facts: ReadingFacts;
}

/** The row of the highest rank decides a story: one that names the reason comes before one that only fails or follows. */
const rank = { cause: 3, failure: 2, consequence: 1, note: 0 } as const;

/** Events in a story at most; an answer folds those after the first dozen. */
const mostEvents = 200;

/** With more events than this the file is a whole log: the story is then the last failure, and what happened around it. */
const longStory = 40;
const aroundMs = 60 * 60 * 1000;

/**
 * Looks up each event of a reading in the table and returns them in order of time. Undefined for a reading without events.
 * The decisive event is the first of the highest role; in a whole log, of the hour of its last failure.
 */
export function composeStory(reading: Reading, knowledge: Knowledge): JudgedStory | undefined {
  const events = eventsOf(reading);
  if (events.length === 0) return undefined;
  const rows = rowsByProvider(knowledge);
  const known: KnownEvent[] = [];
  const unknown = new Map<string, ReadingFacts>();
  for (const facts of events) {
    const provider = facts.text('event.provider') ?? '';
    const row = (rows.get(shortProvider(provider)) ?? []).find((candidate) => fits(candidate, facts));
    const name = [provider, facts.text('event.id')].filter(Boolean).join(' ');
    if (!row) unknown.set(name, unknown.get(name) ?? facts);
    else known.push({ row, facts, event: createEvent(name, row, facts) });
  }
  const timed = known.every(({ event }) => event.time !== null);
  if (timed) known.sort((a, b) => compareTimes(a.event.time!, b.event.time!));
  const chosen = timed && known.length > longStory ? aroundLastFailure(known) : known;
  const [decisive] = [...chosen].sort((a, b) => weightOf(b.row) - weightOf(a.row));
  const shown = chosen.slice(0, mostEvents);
  const [firstUnknown] = unknown.values();
  // Words without a number, of a provider whose other event is known, are more of that one's text.
  const tellers = new Set(known.map(({ facts }) => facts.text('event.provider')));
  const strangers = [...unknown].filter(([, f]) => f.has('event.id') || !tellers.has(f.text('event.provider')));
  const strangerNames = strangers.map(([name]) => name);
  const story: EventStory = {
    rule: decisive ? keyOf(decisive.row, knowledge) : null,
    facts: decisive ? { ...poolOf(chosen), ...textsOf(decisive.facts) } : {},
    events: shown.map(({ event }) => event),
    more: known.length - shown.length,
    unknown: strangerNames.slice(0, 20),
    unknownKinds: strangers.length,
    nearest: decisive || !firstUnknown ? [] : nearestEvents(unknownEvent(firstUnknown), knowledge),
  };
  return { story, row: decisive?.row, because: decisive ? becauseOf(decisive.facts) : [] };
}

/** Returns how much a row weighs. One that happens on every server decides only where nothing else failed. */
function weightOf({ role, common }: EventRow): number {
  return common && role !== 'note' ? rank[role] / 4 : rank[role];
}

/**
 * Of a whole log: the last failure, of IIS where there is one, with the events of the hour before and after. Without a
 * failure everything is kept.
 */
function aroundLastFailure(known: readonly KnownEvent[]): readonly KnownEvent[] {
  const failures = known.filter(({ row }) => row.role !== 'note');
  const own = failures.filter(({ row }) => !row.common);
  const last = (own.length > 0 ? own : failures)
    .map(({ event }) => lastOf(event))
    .sort(compareTimes)
    .at(-1);
  if (last === undefined) return known;
  const at = Date.parse(last);
  return known.filter(({ event, row }) => row.role !== 'note' && Math.abs(Date.parse(lastOf(event)) - at) <= aroundMs);
}

function lastOf({ time, lastTime }: StoryEvent): string {
  return lastTime ?? time!;
}

function compareTimes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unknownEvent(facts: ReadingFacts) {
  return {
    provider: facts.text('event.provider') ?? '',
    id: facts.number('event.id'),
    message: facts.text('event.message') ?? '',
  };
}

/** Returns the observations of each event separately. */
function eventsOf(reading: Reading): ReadingFacts[] {
  const byEvent = new Map<number, Observation[]>();
  for (const o of reading.observations) {
    if (o.event === undefined || !/^(?:event|exception)\./.test(o.name)) continue;
    const same = byEvent.get(o.event);
    if (same) same.push(o);
    else byEvent.set(o.event, [o]);
  }
  return [...byEvent.values()]
    .filter((observations) => observations.some((o) => o.name === 'event.provider'))
    .map((observations) => new ReadingFacts({ ...reading, observations }));
}

function rowsByProvider(knowledge: Knowledge): Map<string, EventRow[]> {
  const rows = new Map<string, EventRow[]>();
  for (const row of knowledge.events.values())
    for (const provider of row.provider) {
      const key = shortProvider(provider);
      rows.set(key, [...(rows.get(key) ?? []), row]);
    }
  return rows;
}

/** True when a row is about an event. A text without its head has no number: then the words of `when` decide. */
function fits(row: EventRow, facts: ReadingFacts): boolean {
  const id = facts.number('event.id');
  const numbered = row.event === undefined || (id === undefined ? row.when.length > 0 : row.event.includes(id));
  return numbered && matchConditions(facts, { all: row.when, none: [] }) !== undefined;
}

function createEvent(name: string, row: EventRow, facts: ReadingFacts): StoryEvent {
  return {
    event: facts.first('event.provider')!.event!,
    name,
    time: facts.text('event.time') ?? null,
    count: facts.number('event.count') ?? 1,
    lastTime: facts.text('event.last-time') ?? null,
    means: meaningOf(row, facts),
    role: row.role,
  };
}

/** Returns the row's sentence with the values of this event. Braces without a value are removed. */
function meaningOf(row: EventRow, facts: ReadingFacts): string {
  const filled = fillBraces(row.meaning, (name) => facts.text(name as ObservationName));
  return filled ?? dropBraces(row.meaning);
}

function keyOf(row: EventRow, knowledge: Knowledge): string | null {
  for (const [key, value] of knowledge.events) if (value === row) return key;
  return null;
}

function textsOf(facts: ReadingFacts): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const o of facts.reading.observations) texts[o.name] ??= formatValue(o.value);
  const pool = texts['event.pool'];
  return pool === undefined ? texts : { ...texts, pool };
}

/** Returns the pool that the other events of a story are about, where they name only one. */
function poolOf(known: readonly KnownEvent[]): Record<string, string> {
  const pools = new Set(known.flatMap(({ facts }) => facts.text('event.pool') ?? []));
  const [pool] = pools;
  return pool === undefined || pools.size > 1 ? {} : { 'event.pool': pool, pool };
}

/** Returns the proof: an exception with its request, or the text of the event with its code. */
function becauseOf(facts: ReadingFacts): Observation[] {
  const first = (names: ObservationName[]) => names.flatMap((name) => facts.all(name).slice(0, 1));
  if (facts.has('exception.message'))
    return first(['exception.type', 'exception.message', 'event.method', 'event.application', 'event.url']);
  const others = first([
    'event.code',
    'event.logon-type',
    ...(facts.has('event.logon-type') ? (['event.process'] as const) : []),
    'event.file',
    'event.pool',
    'exception.type',
  ]);
  const [message] = facts.all('event.message');
  if (!message) return others.length > 0 ? others.slice(0, 4) : first(['event.id']);
  // The text of the event usually holds the other values.
  const text = formatValue(message.value);
  return [message, ...others.filter((o) => !text.includes(formatValue(o.value)))].slice(0, 4);
}
