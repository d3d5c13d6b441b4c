import { decodeRange } from '../../source.js';
import { isRoutine } from './routine-events.js';
import { type StepRole, stepRole } from './step-role.js';

/** One name of events, as all logs of a thread share it. */
export interface EventName {
  readonly text: string;
  /** Events of this name say nothing about the outcome while their level reports no problem. */
  readonly routine: boolean;
  /** What events of this name do to the open steps of the timeline. */
  readonly role: StepRole;
  /** The name that followed this one last time: events come in the same order again and again. */
  follower?: EventName;
  /** Number of the log that counted last, and its count. */
  log: number;
  count: number;
}

/** A name is cut there, in bytes; those of IIS have at most 40. */
const longestName = 200;

/** Names made to share a hash are found by their text instead. */
const mostPerHash = 16;

/** Hostile logs may bring more names than there are; then all are forgotten. */
const mostNames = 5000;

/**
 * Names met so far, found by their bytes. All logs of a thread share one table on purpose: every log has the same names,
 * and its own table would decode them again for each. The table only saves time: no result depends on it.
 */
class NameTable {
  #byText = new Map<string, EventName>();
  #byHash = new Map<number, EventName[]>();

  /** Returns the name that begins at an offset and ends before `<` or at `to`. */
  at(bytes: Buffer, from: number, to: number): EventName {
    let hash = 17;
    let end = from;
    const stop = Math.min(to, from + longestName);
    for (; end < stop; end++) {
      const b = bytes[end]!;
      if (b === 0x3c) break;
      hash = (Math.imul(hash, 31) + b) | 0;
    }
    const bucket = this.#byHash.get(hash);
    const known = bucket?.find((name) => isTextAt(name.text, bytes, from, end));
    if (known) return known;
    const name = this.of(decodeRange(bytes, from, end).trim());
    if (!bucket) this.#byHash.set(hash, [name]);
    else if (bucket.length < mostPerHash) bucket.push(name);
    return name;
  }

  /** Returns the name with this text, entered when new. */
  of(text: string): EventName {
    let name = this.#byText.get(text);
    if (!name) {
      name = { text, routine: isRoutine(text), role: stepRole(text), log: 0, count: 0 };
      this.#byText.set(text, name);
    }
    return name;
  }

  /** Forgets all names when there are too many. Called between two logs only. */
  trim(): void {
    if (this.#byText.size < mostNames) return;
    this.#byText = new Map();
    this.#byHash = new Map();
  }
}

const table = new NameTable();
let logs = 0;

/** The names of one log: found by their bytes, and counted. */
export class EventNames {
  readonly #log: number;
  readonly #met: EventName[] = [];
  #last: EventName | undefined;

  constructor() {
    table.trim();
    logs++;
    this.#log = logs;
  }

  /** Returns and counts the name at an offset, up to `<`. */
  at(bytes: Buffer, from: number, to: number): EventName {
    const last = this.#last;
    const guess = last?.follower;
    const name = guess && isNameAt(guess.text, bytes, from) ? guess : table.at(bytes, from, to);
    if (last) last.follower = name;
    this.#last = name;
    return this.#count(name);
  }

  /** Returns and counts the name with this text. */
  of(text: string): EventName {
    return this.#count(table.of(text));
  }

  /** Returns how often each name occurred, once all events are counted. */
  counts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const name of this.#met) counts.set(name.text, name.count);
    return counts;
  }

  #count(name: EventName): EventName {
    if (name.log !== this.#log) {
      name.log = this.#log;
      name.count = 0;
      this.#met.push(name);
    }
    name.count++;
    return name;
  }
}

function isNameAt(text: string, bytes: Buffer, from: number): boolean {
  const end = from + text.length;
  return bytes[end] === 0x3c && isTextAt(text, bytes, from, end);
}

/** True when each byte is the character of the text at its place. Names beyond Latin-1 are found by their text instead. */
function isTextAt(text: string, bytes: Buffer, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false;
  return true;
}
