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
const commentEnd = Buffer.from('-->');
const cdataEnd = Buffer.from(']]>');
const piEnd = Buffer.from('?>');
const cdataStart = Buffer.from('<![CDATA[');

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
  /** `</failedRequest>` was seen. */
  closed: boolean;
  /** An event, comment or section was open when the bytes ended. */
  leftover: boolean;
  /** Something that no well-formed log holds, e.g. a declaration between the events. */
  malformed: boolean;
}

/** Searched without their `<`, which is everywhere. */
const bang = Buffer.from('!');
const instruction = Buffer.from('?');

/** Finds all complete events from an offset on, up to the end tag of the root. */
export function splitEvents(bytes: Buffer, from: number): EventIndex {
  const length = bytes.length;
  let capacity = Math.max(64, Math.ceil((length - from) / 900));
  const index: EventIndex = {
    count: 0,
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
    odd: new Set(),
    closed: false,
    leftover: false,
    malformed: false,
  };
  const bangs = new Needle(bytes, bang, lt);
  const instructions = new Needle(bytes, instruction, lt);
  const sections = new SectionEnds(bytes);
  const eventStarts = new Needle(bytes, eventStart);
  const eventEnds = new Needle(bytes, eventEnd);
  const rootEnds = new Needle(bytes, rootEnd);
  let skipped = false;
  let cut = false;

  /** Next occurrence of a needle outside comments, CDATA and processing instructions; -1 when there is none. */
  const next = (needle: Needle, at: number): number => {
    let position = at;
    for (;;) {
      const hit = needle.from(position);
      const limit = hit < 0 ? length : hit;
      const special = nearer(bangs.from(position + 1), instructions.from(position + 1)) - 1;
      if (special < 0 || special >= limit) return hit;
      skipped = true;
      const end = sections.behind(special);
      if (end < 0) {
        cut = true;
        return -1;
      }
      if (end === special + 2) index.malformed = true;
      position = end;
    }
  };

  let position = afterSpace(bytes, from);
  // All start tags of a log are alike: when the tag ends and `<System>` begins where they did before, it is not read again.
  let tagLength = 0;
  let systemAt = 0;
  for (;;) {
    const start = nextStart(bytes, position, (at) => next(eventStarts, at));
    const closing = start === position ? -1 : next(rootEnds, position);
    if (closing >= 0 && (start < 0 || closing < start)) {
      index.closed = true;
      return index;
    }
    if (start < 0) {
      index.leftover = cut || hasText(bytes, position);
      return index;
    }
    skipped = false;
    const alike = tagLength > 0 && bytes[start + tagLength - 1] === gt && isSystem(bytes, start + systemAt);
    const tagEnd = alike ? start + tagLength - 1 : startTagEnd(bytes, start);
    if (!alike) {
      tagLength = tagEnd < 0 ? 0 : tagEnd + 1 - start;
      systemAt = tagLength;
      while (bytes[start + systemAt]! <= 32) systemAt++;
    }
    let end: number;
    if (tagEnd > 0 && bytes[tagEnd - 1] === slash) {
      end = tagEnd + 1;
      skipped = true;
    } else {
      let hit = tagEnd < 0 ? -1 : next(eventEnds, tagEnd);
      while (hit >= 0 && !(bytes[hit - 1] === slash && bytes[hit - 2] === lt)) hit = next(eventEnds, hit + 1);
      if (hit < 0) {
        index.leftover = true;
        return index;
      }
      end = hit + eventEnd.length;
    }
    if (index.count === capacity) {
      capacity *= 2;
      index.starts = grown(index.starts, capacity);
      index.ends = grown(index.ends, capacity);
    }
    if (skipped) index.odd.add(index.count);
    index.starts[index.count] = start;
    index.ends[index.count] = end;
    index.count++;
    position = afterSpace(bytes, end);
  }
}

/** The next `<Event` that is not `<EventData`, `<EventID` or `<EventGuid`. */
function nextStart(bytes: Buffer, from: number, next: (at: number) => number): number {
  // Usually the next event follows at once.
  if (bytes[from] === lt && bytes[from + 1] === 0x45 && isStart(bytes, from)) return from;
  let at = from;
  for (;;) {
    const hit = next(at);
    if (hit < 0) return -1;
    if (isBoundary(bytes[hit + 6])) return hit;
    at = hit + 6;
  }
}

function isStart(bytes: Buffer, at: number): boolean {
  return (
    bytes[at + 2] === 0x76 &&
    bytes[at + 3] === 0x65 &&
    bytes[at + 4] === 0x6e &&
    bytes[at + 5] === 0x74 &&
    isBoundary(bytes[at + 6])
  );
}

function isBoundary(byte: number | undefined): boolean {
  return byte === 0x20 || byte === gt || byte === 0x0d || byte === 0x0a || byte === 0x09 || byte === slash;
}

/** Offset of the `>` that ends a start tag, stepping over quoted values; -1 when the bytes end first. */
export function startTagEnd(bytes: Buffer, from: number): number {
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

/** Where comments, CDATA sections and instructions end. */
class SectionEnds {
  readonly #bytes: Buffer;
  readonly #comments: Needle;
  readonly #cdata: Needle;
  readonly #instructions: Needle;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#comments = new Needle(bytes, commentEnd);
    this.#cdata = new Needle(bytes, cdataEnd);
    this.#instructions = new Needle(bytes, piEnd);
  }

  /** Offset behind the section that begins at an offset; two on when it is none; -1 when it never ends. */
  behind(at: number): number {
    const bytes = this.#bytes;
    if (bytes[at + 1] === 0x3f) return after(this.#instructions.from(at + 2), 2);
    if (bytes[at + 2] === 0x2d && bytes[at + 3] === 0x2d) return after(this.#comments.from(at + 4), 3);
    if (bytes.length - at < cdataStart.length) return -1;
    if (bytes.compare(cdataStart, 0, cdataStart.length, at, at + cdataStart.length) === 0) {
      return after(this.#cdata.from(at + cdataStart.length), 3);
    }
    return at + 2;
  }
}

/** The smaller of two offsets, of which -1 stands for "nowhere". */
function nearer(a: number, b: number): number {
  if (a < 0) return b;
  return b < 0 || a < b ? a : b;
}

function after(hit: number, length: number): number {
  return hit < 0 ? -1 : hit + length;
}

function afterSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at]! <= 32) at++;
  return at;
}

function isSystem(bytes: Buffer, at: number): boolean {
  for (let i = 0; i < system.length; i++) if (bytes[at + i] !== system[i]) return false;
  return true;
}

function hasText(bytes: Buffer, from: number): boolean {
  for (let i = from; i < bytes.length; i++) if (bytes[i]! > 32) return true;
  return false;
}

function grown(old: Int32Array, capacity: number): Int32Array {
  const larger = new Int32Array(capacity);
  larger.set(old);
  return larger;
}
