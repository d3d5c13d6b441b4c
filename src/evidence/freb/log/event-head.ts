import { Needle } from './needle.js';
import type { EventIndex } from './split-events.js';
import { TagDistances } from './tag-distances.js';

/**
 * The cheap look at an event: its level, and where its fields and its name are, without decoding it. IIS writes every
 * event in one layout, so the offsets are guessed from the event before and verified; what does not fit is searched.
 */

const level = Buffer.from('<Level>');
const systemEnd = Buffer.from('</System>');
/** Without its `<`: a needle that begins with a rare byte is found several times faster. */
const rendering = Buffer.from('RenderingInfo');
const opcode = Buffer.from('<Opcode>');

const lt = 0x3c;

/** Looks at the events of one log. One object, filled again for each event. */
export class EventHead {
  /** 0 General … 5 Verbose. */
  level = -1;
  /** Offset of the fields, behind `</System>`. */
  dataAt = -1;
  /** Offset of the name. */
  nameAt = -1;

  readonly #bytes: Buffer;
  readonly #index: EventIndex;
  readonly #levels: TagDistances;
  readonly #systemEnds: TagDistances;
  readonly #renderings: Needle;
  readonly #opcodes: TagDistances;

  constructor(bytes: Buffer, index: EventIndex) {
    this.#bytes = bytes;
    this.#index = index;
    this.#levels = new TagDistances(bytes, level);
    this.#systemEnds = new TagDistances(bytes, systemEnd);
    this.#renderings = new Needle(bytes, rendering, lt);
    this.#opcodes = new TagDistances(bytes, opcode);
  }

  /** Looks at the event at an index. False when it is laid out differently and must be parsed to be understood. */
  look(i: number): boolean {
    const bytes = this.#bytes;
    const from = this.#index.starts[i]!;
    const to = this.#index.ends[i]!;

    const at = this.#levels.find(from, to);
    if (at < 0) return false;
    const digit = bytes[at + level.length]! - 48;
    if (digit < 0 || digit > 9 || bytes[at + level.length + 1] !== lt) return false;

    const system = this.#systemEnds.find(from, to);
    if (system < at) return false;
    const dataAt = system + systemEnd.length;

    const info = this.#renderings.from(dataAt);
    if (info < 0 || info >= to) return false;
    const name = this.#opcodes.find(info, to);
    if (name < 0) return false;

    this.level = digit;
    this.dataAt = dataAt;
    this.nameAt = name + opcode.length;
    return true;
  }
}
