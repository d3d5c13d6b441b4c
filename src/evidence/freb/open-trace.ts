import { decodeRange, type TextSource } from '../source.js';
import { damageOf } from './damage.js';
import { FrebEvent } from './log/event.js';
import { EventHead } from './log/event-head.js';
import { type EventName, EventNames } from './log/event-names.js';
import { parseEvent } from './log/parse-event.js';
import { withoutPrefix } from './log/prefix.js';
import { type EventIndex, splitEvents } from './log/split-events.js';
import { readStartTag } from './log/start-tag.js';
import type { EventHeads, Trace, TraceEvent } from './trace.js';

/** Finds start tag and events. Null when the bytes hold no FREB log. */
export function openTrace(source: TextSource): Trace | null {
  const root = readStartTag(source.bytes);
  if (!root) return null;
  let { bytes } = source;
  let index = splitEvents(bytes, root.end);
  const unprefixed = index.count === 0 ? withoutPrefix(bytes, root.end) : null;
  if (unprefixed) {
    bytes = unprefixed;
    index = splitEvents(bytes, root.end);
  }
  const { heads, events, counts } = readHeads(bytes, index);
  const trace: Trace = {
    bytes,
    root,
    index,
    heads,
    events,
    count: (name) => counts.get(name) ?? 0,
    event: (number) => makeEvent(bytes, index, heads, number - 1),
    damage: [],
  };
  trace.damage = damageOf(source, trace);
  if (unprefixed && !trace.damage.includes('re-encoded')) trace.damage.push('re-encoded');
  return trace;
}

/** Looks at the head of every event, counts the names, and keeps the events that say something about the outcome. */
function readHeads(
  bytes: Buffer,
  index: EventIndex,
): { heads: EventHeads; events: TraceEvent[]; counts: Map<string, number> } {
  const { count, odd, ends } = index;
  const heads: EventHeads = {
    names: new Array<EventName | undefined>(count),
    levels: new Int8Array(count),
    dataAt: new Int32Array(count),
    nameAt: new Int32Array(count),
  };
  const head = new EventHead(bytes, index);
  const names = new EventNames();
  const events: TraceEvent[] = [];
  const noneOdd = odd.size === 0;
  let depth = 0;
  for (let i = 0; i < count; i++) {
    if ((noneOdd || !odd.has(i)) && head.look(i)) {
      const name = names.at(bytes, head.nameAt, ends[i]!);
      heads.names[i] = name;
      heads.levels[i] = head.level;
      heads.dataAt[i] = head.dataAt;
      heads.nameAt[i] = head.nameAt;
      if (name.routine && (head.level === 0 || head.level > 3)) continue;
    }
    const event = makeEvent(bytes, index, heads, i);
    if (!heads.names[i]) names.of(event.name);
    if (event.name === 'GENERAL_CHILD_REQUEST_END' && depth > 0) depth--;
    events.push({ event, depth });
    if (event.name === 'GENERAL_CHILD_REQUEST_START') depth++;
  }
  return { heads, events, counts: names.counts() };
}

/** Returns the event at an index; one that is not laid out as IIS does it is parsed at once. */
function makeEvent(bytes: Buffer, index: EventIndex, heads: EventHeads, i: number): FrebEvent {
  const from = index.starts[i]!;
  const to = index.ends[i]!;
  const name = heads.names[i];
  if (name) {
    const place = { bytes, from, to, odd: false, dataAt: heads.dataAt[i]!, nameAt: heads.nameAt[i]! };
    return new FrebEvent(i + 1, name.text, heads.levels[i]!, place);
  }
  const odd = index.odd.has(i);
  const parts = parseEvent(decodeRange(bytes, from, to), odd);
  return new FrebEvent(i + 1, parts.name, parts.level, { bytes, from, to, odd, dataAt: -1, nameAt: -1 }, parts);
}
