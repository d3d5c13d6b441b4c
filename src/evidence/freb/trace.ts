import type { Damage } from '../evidence.js';
import type { TextSource } from '../source.js';
import { FrebEvent } from './event.js';
import { HeadScan, NameCounter } from './head.js';
import { type RootTag, readRoot } from './root.js';
import { type EventIndex, splitEvents } from './split.js';

/** One FREB log in memory: where its events are, and those that matter to the outcome. Lives only while the file is read. */
export interface Trace {
  bytes: Buffer;
  root: RootTag;
  index: EventIndex;
  /** Events that say something about the outcome, in file order. */
  events: TraceEvent[];
  /** How often a name occurs among all events. */
  count(name: string): number;
  /** An event by its number, kept or not. */
  event(number: number): FrebEvent;
  damage: Damage[];
}

/** An event with its place among child requests: 0 is the request itself. */
export interface TraceEvent {
  event: FrebEvent;
  depth: number;
}

/** Finds root and events. Null when the bytes hold no FREB log. */
export function openTrace(source: TextSource): Trace | null {
  const root = readRoot(source.bytes);
  if (!root) return null;
  let { bytes } = source;
  let index = splitEvents(bytes, root.end);
  const plain = index.count === 0 ? withoutPrefix(bytes, root.end) : null;
  if (plain) {
    bytes = plain;
    index = splitEvents(bytes, root.end);
  }
  const head = new HeadScan(bytes, index);
  const names = new NameCounter();
  const events: TraceEvent[] = [];
  let depth = 0;

  const make = (i: number, name: string, level: number, dataAt = -1, nameAt = -1): FrebEvent =>
    new FrebEvent(i + 1, name, level, bytes, index.starts[i]!, index.ends[i]!, index.odd.has(i), dataAt, nameAt);
  const noOdd = index.odd.size === 0;

  for (let i = 0; i < index.count; i++) {
    const plain = noOdd || !index.odd.has(i);
    let event: FrebEvent;
    if (plain && head.look(i)) {
      const name = names.at(bytes, head.nameAt, index.ends[i]!);
      const { level } = head;
      if (!name.kept && (level === 0 || level > 3)) continue;
      event = make(i, name.text, level, head.dataAt, head.nameAt);
    } else {
      const parts = make(i, '', -1).parts;
      names.named(parts.name);
      event = make(i, parts.name, parts.level);
    }
    if (event.name === 'GENERAL_CHILD_REQUEST_END' && depth > 0) depth--;
    events.push({ event, depth });
    if (event.name === 'GENERAL_CHILD_REQUEST_START') depth++;
  }

  const counts = names.counts();
  const trace: Trace = {
    bytes,
    root,
    index,
    events,
    count: (name) => counts.get(name) ?? 0,
    event(number) {
      const i = number - 1;
      const bare = make(i, '', -1).parts;
      return make(i, bare.name, bare.level);
    },
    damage: [],
  };
  trace.damage = damageOf(source, trace);
  if (plain && !trace.damage.includes('re-encoded')) trace.damage.push('re-encoded');
  return trace;
}

const prefixed = /<([A-Za-z_][\w.-]{0,40}):Event[\s>]/;

/**
 * A tool that saved the log again may have given the events' namespace a prefix, `<e:Event>`: the same log with other
 * tag names. Asked only when no event was found. Null when there is no such prefix.
 */
function withoutPrefix(bytes: Buffer, from: number): Buffer | null {
  // The first event follows the start tag; Latin-1 keeps every byte, whatever the encoding of the text between the tags.
  const prefix = prefixed.exec(bytes.toString('latin1', from, from + 16_384))?.[1];
  if (prefix === undefined) return null;
  const needle = Buffer.from(`${prefix}:`, 'latin1');
  const plain = Buffer.allocUnsafe(bytes.length);
  let length = bytes.copy(plain, 0, 0, from);
  let at = from;
  for (let hit = bytes.indexOf(needle, at); hit >= 0; hit = bytes.indexOf(needle, hit + 1)) {
    const before = bytes[hit - 1];
    if (before !== 0x3c && !(before === 0x2f && bytes[hit - 2] === 0x3c)) continue;
    length += bytes.copy(plain, length, at, hit);
    at = hit + needle.length;
  }
  length += bytes.copy(plain, length, at);
  return plain.subarray(0, length);
}

const truncated = 'LOG_FILE_MAX_SIZE_TRUNCATE';

function damageOf(source: TextSource, trace: Trace): Damage[] {
  const { root, index } = trace;
  const damage: Damage[] = [];
  if (trace.count(truncated) > 0) damage.push('truncated');
  if (!index.closed) damage.push('cut-off');
  if (root.malformed || index.malformed || source.encoding === 'windows-1252' || hasControlCharacters(trace)) {
    damage.push('malformed');
  }
  if (isReencoded(source)) damage.push('re-encoded');
  return damage;
}

/** IIS writes UTF-8 without a mark and ends its lines with CRLF. */
function isReencoded(source: TextSource): boolean {
  if (source.encoding !== 'utf-8' && source.encoding !== 'windows-1252') return true;
  const prologue = source.bytes.subarray(0, 400);
  const line = prologue.indexOf(0x0a);
  return line < 0 ? prologue.includes(0x0d) : prologue[line - 1] !== 0x0d;
}

const fromClients = new Set([
  'GENERAL_RESPONSE_ENTITY_BUFFER',
  'GENERAL_REQUEST_ENTITY',
  'GENERAL_REQUEST_HEADERS',
  'GENERAL_RESPONSE_HEADERS',
]);

/** Only bodies and headers copy bytes of clients and applications; raw control characters in them are not XML. */
function hasControlCharacters(trace: Trace): boolean {
  const { bytes, index } = trace;
  for (const { event } of trace.events) {
    if (!fromClients.has(event.name)) continue;
    const end = index.ends[event.number - 1]!;
    for (let i = index.starts[event.number - 1]!; i < end; i++) {
      const b = bytes[i]!;
      if (b < 32 && b !== 10 && b !== 13 && b !== 9) return true;
    }
  }
  return false;
}
