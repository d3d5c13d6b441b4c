import { decodeRange } from '../source.js';
import { isKept } from './names.js';
import { Needle } from './needle.js';
import { TagDistances } from './places.js';
import { type Role, roleOf } from './roles.js';
import type { EventIndex } from './split.js';

/**
 * The cheap look at an event: its level and its name, without decoding it. IIS writes every event in one layout, so
 * the place of the level and of the name is guessed from the event before and verified; what does not fit is searched.
 */

const level = Buffer.from('<Level>');
const systemEnd = Buffer.from('</System>');
/** Without its `<`: a needle that begins with a rare byte is found several times faster. */
const rendering = Buffer.from('RenderingInfo');
const opcode = Buffer.from('<Opcode>');
const time = Buffer.from('SystemTime="');

/** What is known about one event name. */
export interface EventName {
  readonly text: string;
  /** Events of this name are looked at even when their level says that nothing is wrong. */
  readonly kept: boolean;
  /** What an event of this name does to the open steps; worked out when the timeline first meets it. */
  role?: Role;
  /** The name that followed this one last time: events come in the same order again and again. */
  follower?: EventName;
  /** Number of the scan that counted last, and its count. */
  scan: number;
  count: number;
}

/** A hostile log may name more days than a real one; the rest are worked out each time. */
const mostDays = 100;

/** A name is cut there, in bytes; those of IIS have at most 40. */
const longestName = 200;

/**
 * Names met so far, found by their bytes. All logs of a thread share one table on purpose: every log has the same names,
 * and a table of its own would decode them again for each. The table only saves time; no result depends on it, and counts are
 * told apart by the number of the scan.
 */
class NameTable {
  #byText = new Map<string, EventName>();
  #byHash = new Map<number, EventName[]>();

  /** The name that stands at an offset, up to `<`. */
  at(bytes: Buffer, from: number, to: number): EventName {
    let hash = 17;
    let end = from;
    const stop = Math.min(to, from + longestName);
    for (; end < stop; end++) {
      const b = bytes[end]!;
      if (b === 0x3c) break;
      hash = (Math.imul(hash, 31) + b) | 0;
    }
    const known = this.#byHash.get(hash)?.find((n) => same(n.text, bytes, from, end));
    if (known) return known;
    const name = this.named(decodeRange(bytes, from, end).trim());
    const bucket = this.#byHash.get(hash);
    // Names made to share a hash are found by their text instead.
    if (bucket && bucket.length < 16) bucket.push(name);
    else if (!bucket) this.#byHash.set(hash, [name]);
    return name;
  }

  /** The name with this text, entered when new. */
  named(text: string): EventName {
    let name = this.#byText.get(text);
    if (!name) {
      name = { text, kept: isKept(text), scan: 0, count: 0 };
      this.#byText.set(text, name);
    }
    return name;
  }

  /** Forgets all names when hostile logs have brought too many. Only between two logs. */
  trim(): void {
    if (this.#byText.size < 5000) return;
    this.#byText = new Map();
    this.#byHash = new Map();
  }
}

/** The role of a name, worked out once. */
export function roleOfName(name: EventName): Role {
  if (name.role === undefined) name.role = roleOf(name.text);
  return name.role;
}

const names = new NameTable();
let scans = 0;

/** The names of one log: found by their bytes, and counted. */
export class NameCounter {
  readonly #scan: number;
  readonly #met = new Map<string, EventName>();
  #last: EventName | undefined;

  constructor() {
    names.trim();
    scans++;
    this.#scan = scans;
  }

  /** The name at an offset, counted. */
  at(bytes: Buffer, from: number, to: number): EventName {
    const guess = this.#last?.follower;
    if (guess && bytes[from + guess.text.length] === 0x3c && same(guess.text, bytes, from, from + guess.text.length)) {
      this.#last = guess;
      return this.#counted(guess);
    }
    const name = names.at(bytes, from, to);
    if (this.#last) this.#last.follower = name;
    this.#last = name;
    return this.#counted(name);
  }

  named(text: string): EventName {
    return this.#counted(names.named(text));
  }

  /** How often each name occurred, once the scan is over. */
  counts(): Map<string, number> {
    return new Map([...this.#met].map(([text, name]) => [text, name.count]));
  }

  #counted(name: EventName): EventName {
    if (name.scan !== this.#scan) {
      name.scan = this.#scan;
      name.count = 0;
      this.#met.set(name.text, name);
    }
    name.count++;
    return name;
  }
}

function same(text: string, bytes: Buffer, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false;
  return true;
}

function sameText(bytes: Buffer, a: number, b: number, length: number): boolean {
  for (let i = length - 1; i >= 0; i--) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}

/** Result of the cheap look; one object, filled anew for each event. */
export class HeadScan {
  level = -1;
  /** Offset of the name, -1 when the event has none. */
  nameAt = -1;
  /** Offset of the text of SystemTime of the event last asked for, -1 before. */
  timeAt = -1;
  /** Offset behind `</System>`, -1 when not found. */
  dataAt = -1;

  readonly #levels: TagDistances;
  readonly #systems: TagDistances;
  readonly #infos: Needle;
  readonly #opcodes: TagDistances;
  readonly #times: TagDistances;
  #lastTime = -1;
  /** Midnights already worked out, in milliseconds by date: a log has one or two. */
  readonly #days = new Map<number, number>();

  private readonly bytes: Buffer;
  private readonly index: EventIndex;

  constructor(bytes: Buffer, index: EventIndex) {
    this.bytes = bytes;
    this.index = index;
    this.#levels = new TagDistances(bytes, level);
    this.#systems = new TagDistances(bytes, systemEnd);
    this.#infos = new Needle(bytes, rendering, 0x3c);
    this.#opcodes = new TagDistances(bytes, opcode);
    this.#times = new TagDistances(bytes, time);
  }

  /** Looks at one event. False when it is laid out differently and must be parsed to be understood. */
  look(i: number): boolean {
    const { bytes } = this;
    const from = this.index.starts[i]!;
    const to = this.index.ends[i]!;
    this.level = -1;
    this.nameAt = -1;

    const at = this.#levels.find(from, to);
    if (at < 0) return false;
    const digit = bytes[at + 7]! - 48;
    if (digit < 0 || digit > 9 || bytes[at + 8] !== 0x3c) return false;

    const system = this.#systems.find(from, to);
    if (system < at) return false;
    this.dataAt = system + systemEnd.length;

    const info = this.#infos.from(this.dataAt);
    if (info < 0 || info >= to) return false;
    const name = this.#opcodes.find(info, to);
    if (name < 0) return false;
    this.level = digit;
    this.nameAt = name + opcode.length;
    return true;
  }

  /** Milliseconds of the event last looked at, -1 when it has no readable time. */
  time(i: number): number {
    const { bytes } = this;
    const from = this.index.starts[i]!;
    let at = this.#times.find(from, this.index.ends[i]!);
    if (at < 0) return -1;
    at += time.length;
    // The clock moves in steps of about 15 ms, so the text is mostly that of the event before.
    if (this.timeAt < 0 || !sameText(bytes, this.timeAt, at, 24)) this.#lastTime = parseTime(bytes, at, this.#days);
    this.timeAt = at;
    return this.#lastTime;
  }
}

/** Returns `2026-06-08T19:52:08.721Z`, read in place, in milliseconds; -1 when it is something else. `days` holds midnights by date. */
function parseTime(bytes: Buffer, at: number, days: Map<number, number>): number {
  if (bytes[at + 10] !== 0x54 || bytes[at + 13] !== 0x3a || bytes[at + 16] !== 0x3a) return -1;
  const day = two(bytes, at) * 1_000_000 + two(bytes, at + 2) * 10_000 + two(bytes, at + 5) * 100 + two(bytes, at + 8);
  let midnight = days.get(day);
  if (midnight === undefined) {
    midnight = Date.parse(`${bytes.toString('latin1', at, at + 10)}T00:00:00Z`);
    if (!Number.isFinite(midnight)) return -1;
    if (days.size < mostDays) days.set(day, midnight);
  }
  let fraction = 0;
  if (bytes[at + 19] === 0x2e) {
    for (let i = 0, scale = 100; i < 3; i++, scale /= 10) {
      const digit = bytes[at + 20 + i]! - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      fraction += digit * scale;
    }
  }
  const clock = two(bytes, at + 11) * 3_600_000 + two(bytes, at + 14) * 60_000 + two(bytes, at + 17) * 1000;
  return clock >= 0 && clock < 86_401_000 ? midnight + clock + fraction : -1;
}

function two(bytes: Buffer, at: number): number {
  return (bytes[at]! - 48) * 10 + bytes[at + 1]! - 48;
}
