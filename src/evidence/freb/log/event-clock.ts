import type { EventIndex } from './split-events.js';
import { TagDistances } from './tag-distances.js';

const timeAttribute = Buffer.from('SystemTime="');

/** Characters of `2026-06-08T19:52:08.721Z`. */
const timeLength = 24;

/** A hostile log may name more days than a real one; the rest are worked out each time. */
const mostDays = 100;

/** Reads the times of the events of one log. */
export class EventClock {
  readonly #bytes: Buffer;
  readonly #index: EventIndex;
  readonly #attributes: TagDistances;
  /** Midnights in milliseconds, by date: a log has one or two. */
  readonly #midnights = new Map<number, number>();
  /** Offset of the time last read, -1 before. */
  #lastAt = -1;
  #lastMs = -1;

  constructor(bytes: Buffer, index: EventIndex) {
    this.#bytes = bytes;
    this.#index = index;
    this.#attributes = new TagDistances(bytes, timeAttribute);
  }

  /** Returns when the event at an index was written, in milliseconds since 1970; -1 when it has no readable time. */
  read(i: number): number {
    let at = this.#attributes.find(this.#index.starts[i]!, this.#index.ends[i]!);
    if (at < 0) return -1;
    at += timeAttribute.length;
    // Windows' clock moves in steps of about 15 ms, so the text is mostly that of the event before.
    if (this.#lastAt < 0 || !this.#repeatsLast(at)) this.#lastMs = this.#parse(at);
    this.#lastAt = at;
    return this.#lastMs;
  }

  /** Compares from the end, where times of one log differ. */
  #repeatsLast(at: number): boolean {
    const bytes = this.#bytes;
    const last = this.#lastAt;
    for (let i = timeLength - 1; i >= 0; i--) if (bytes[last + i] !== bytes[at + i]) return false;
    return true;
  }

  /** Parses in place; -1 for what is not a time. */
  #parse(at: number): number {
    const bytes = this.#bytes;
    if (bytes[at + 10] !== 0x54 || bytes[at + 13] !== 0x3a || bytes[at + 16] !== 0x3a) return -1;
    const midnight = this.#midnight(at);
    if (!Number.isFinite(midnight)) return -1;
    let fraction = 0;
    if (bytes[at + 19] === 0x2e) {
      for (let i = 0, scale = 100; i < 3; i++, scale /= 10) {
        const digit = bytes[at + 20 + i]! - 48;
        if (!(digit >= 0 && digit <= 9)) break;
        fraction += digit * scale;
      }
    }
    const time = this.#number(at + 11) * 3_600_000 + this.#number(at + 14) * 60_000 + this.#number(at + 17) * 1000;
    return time >= 0 && time < 86_401_000 ? midnight + time + fraction : -1;
  }

  #midnight(at: number): number {
    const date =
      this.#number(at) * 1_000_000 + this.#number(at + 2) * 10_000 + this.#number(at + 5) * 100 + this.#number(at + 8);
    let midnight = this.#midnights.get(date);
    if (midnight === undefined) {
      midnight = Date.parse(`${this.#bytes.toString('latin1', at, at + 10)}T00:00:00Z`);
      if (Number.isFinite(midnight) && this.#midnights.size < mostDays) this.#midnights.set(date, midnight);
    }
    return midnight;
  }

  /** Two digits. */
  #number(at: number): number {
    return (this.#bytes[at]! - 48) * 10 + this.#bytes[at + 1]! - 48;
  }
}
