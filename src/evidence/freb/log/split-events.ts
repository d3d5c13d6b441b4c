import { mostEvents } from '../../bounded.js';
import { MarkupSearch } from './markup-search.js';
import { Needle } from './needle.js';

/**
 * Finds the events of a FREB log in its bytes, exactly: an `</Event>` inside a comment, a CDATA section or a processing
 * instruction does not count. No tree is built, and nothing is decoded.
 */

const eventStart = Buffer.from('<Event');
/** Searched without its `</`: a needle that begins with a rare byte is found several times faster. */
const eventEnd = Buffer.from('Event>');
const system = Buffer.from('<System>');
const rootEnd = Buffer.from('</failedRequest>');

const lt = 0x3c;
const gt = 0x3e;
const slash = 0x2f;

/** Where the events of one log are. Event number n (1-based) is at index n - 1. */
export interface EventIndex {
  count: number;
  /** Offset of `<` of the start tag. */
  starts: Int32Array;
  /** Offset behind `>` of the end tag. */
  ends: Int32Array;
  /** Indexes of events that hold comments, CDATA or processing instructions, or are odd in another way. Mostly empty. */
  odd: Set<number>;
  /** The end tag `</failedRequest>` is there. */
  closed: boolean;
  /** Something is behind that end tag. */
  followed: boolean;
  /** An event, comment or section was open when the bytes ended. */
  leftover: boolean;
  /** The log holds something that no well-formed log holds, e.g. a declaration between the events. */
  malformed: boolean;
  /** There are more events than are read. */
  unfinished: boolean;
}

/** Finds all complete events from an offset on, up to the end tag of the root. */
export function splitEvents(bytes: Buffer, from: number): EventIndex {
  const expected = Math.max(64, Math.ceil((bytes.length - from) / 900));
  const index: EventIndex = {
    count: 0,
    starts: new Int32Array(expected),
    ends: new Int32Array(expected),
    odd: new Set(),
    closed: false,
    followed: false,
    leftover: false,
    malformed: false,
    unfinished: false,
  };
  const search = new MarkupSearch(bytes);
  const starts = new EventStarts(bytes, search);
  const ends = new EventEnds(bytes, search);
  const rootEnds = new Needle(bytes, rootEnd);

  let position = behindSpace(bytes, from);
  for (;;) {
    const start = starts.next(position);
    const closing = start === position ? -1 : search.find(rootEnds, position);
    if (closing >= 0 && (start < 0 || closing < start)) {
      index.closed = true;
      index.followed = hasText(bytes, closing + rootEnd.length);
      break;
    }
    if (start < 0) {
      index.leftover = search.openSection || hasText(bytes, position);
      break;
    }
    if (index.count === mostEvents) {
      index.unfinished = true;
      const last = bytes.lastIndexOf(rootEnd);
      index.closed = last >= start;
      index.followed = index.closed && hasText(bytes, last + rootEnd.length);
      break;
    }
    search.steppedOver = false;
    const end = ends.of(start);
    if (end < 0) {
      index.leftover = true;
      break;
    }
    if (search.steppedOver || ends.selfClosed) index.odd.add(index.count);
    addEvent(index, start, end);
    position = behindSpace(bytes, end);
  }
  index.malformed = search.malformed;
  return index;
}

function addEvent(index: EventIndex, start: number, end: number): void {
  if (index.count === index.starts.length) {
    index.starts = grow(index.starts);
    index.ends = grow(index.ends);
  }
  index.starts[index.count] = start;
  index.ends[index.count] = end;
  index.count++;
}

/** Finds the start tags of events: `<Event` that is not `<EventData`, `<EventID` or `<EventGuid`. */
class EventStarts {
  readonly #bytes: Buffer;
  readonly #search: MarkupSearch;
  readonly #needle: Needle;

  constructor(bytes: Buffer, search: MarkupSearch) {
    this.#bytes = bytes;
    this.#search = search;
    this.#needle = new Needle(bytes, eventStart);
  }

  /** Returns the offset of the next start tag at or behind a position, -1 when there is none. */
  next(from: number): number {
    const bytes = this.#bytes;
    // Usually the next event follows at once.
    if (standsAt(bytes, from, eventStart) && endsName(bytes[from + 6])) return from;
    let at = from;
    for (;;) {
      const hit = this.#search.find(this.#needle, at);
      if (hit < 0 || endsName(bytes[hit + 6])) return hit;
      at = hit + 6;
    }
  }
}

/** Finds the ends of events. */
class EventEnds {
  /** The event last looked at is `<Event/>`. */
  selfClosed = false;

  readonly #bytes: Buffer;
  readonly #search: MarkupSearch;
  readonly #needle: Needle;
  /** Length of the start tag before, 0 when there is none, and the distance from its start to `<System>`. */
  #tagLength = 0;
  #systemAt = 0;

  constructor(bytes: Buffer, search: MarkupSearch) {
    this.#bytes = bytes;
    this.#search = search;
    this.#needle = new Needle(bytes, eventEnd);
  }

  /** Returns the offset behind the event that starts at an offset, -1 when the bytes end first. */
  of(start: number): number {
    const bytes = this.#bytes;
    const tagEnd = this.#startTagEnd(start);
    this.selfClosed = tagEnd > 0 && bytes[tagEnd - 1] === slash;
    if (this.selfClosed) return tagEnd + 1;
    let hit = tagEnd < 0 ? -1 : this.#search.find(this.#needle, tagEnd);
    while (hit >= 0 && !(bytes[hit - 1] === slash && bytes[hit - 2] === lt)) {
      hit = this.#search.find(this.#needle, hit + 1);
    }
    return hit < 0 ? -1 : hit + eventEnd.length;
  }

  /** All start tags of a log are alike: one that ends where the one before did, in front of `<System>`, is not read again. */
  #startTagEnd(start: number): number {
    const bytes = this.#bytes;
    const length = this.#tagLength;
    if (length > 0 && bytes[start + length - 1] === gt && standsAt(bytes, start + this.#systemAt, system)) {
      return start + length - 1;
    }
    const end = findTagEnd(bytes, start);
    this.#tagLength = end < 0 ? 0 : end + 1 - start;
    this.#systemAt = behindSpace(bytes, start + this.#tagLength) - start;
    return end;
  }
}

/** True for a byte that ends the name of a tag. */
function endsName(byte: number | undefined): boolean {
  return byte === 0x20 || byte === gt || byte === 0x0d || byte === 0x0a || byte === 0x09 || byte === slash;
}

/** Returns the offset of the `>` that ends a start tag, quoted values stepped over; -1 when the bytes end first. */
export function findTagEnd(bytes: Buffer, from: number): number {
  let quote = 0;
  for (let i = from + 1; i < bytes.length; i++) {
    const b = bytes[i]!;
    if (quote) {
      if (b === quote) quote = 0;
    } else if (b === 0x22 || b === 0x27) quote = b;
    else if (b === gt) return i;
  }
  return -1;
}

function behindSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at]! <= 32) at++;
  return at;
}

function standsAt(bytes: Buffer, at: number, text: Buffer): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}

function hasText(bytes: Buffer, from: number): boolean {
  for (let i = from; i < bytes.length; i++) if (bytes[i]! > 32) return true;
  return false;
}

function grow(offsets: Int32Array): Int32Array {
  const larger = new Int32Array(offsets.length * 2);
  larger.set(offsets);
  return larger;
}
