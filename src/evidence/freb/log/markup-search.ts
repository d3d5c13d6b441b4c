import { Needle } from './needle.js';

const lt = 0x3c;

/** Searched without their `<`, which is everywhere. */
const bang = Buffer.from('!');
const question = Buffer.from('?');

const commentEnd = Buffer.from('-->');
const cdataStart = Buffer.from('<![CDATA[');
const cdataEnd = Buffer.from(']]>');
const instructionEnd = Buffer.from('?>');

/** Searches markup outside sections: comments, CDATA and processing instructions, whose text is not markup. */
export class MarkupSearch {
  /** A section was stepped over since this was last set to false. */
  steppedOver = false;
  /** A section was open when the bytes ended. */
  openSection = false;
  /** `<!` was met that begins no section, e.g. a declaration between the events. */
  malformed = false;

  readonly #bytes: Buffer;
  readonly #bangs: Needle;
  readonly #questions: Needle;
  readonly #commentEnds: Needle;
  readonly #cdataEnds: Needle;
  readonly #instructionEnds: Needle;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#bangs = new Needle(bytes, bang, lt);
    this.#questions = new Needle(bytes, question, lt);
    this.#commentEnds = new Needle(bytes, commentEnd);
    this.#cdataEnds = new Needle(bytes, cdataEnd);
    this.#instructionEnds = new Needle(bytes, instructionEnd);
  }

  /** Returns the next offset of a needle at or behind a position, outside sections; -1 when there is none. */
  find(needle: Needle, from: number): number {
    let position = from;
    for (;;) {
      const hit = needle.from(position);
      const limit = hit < 0 ? this.#bytes.length : hit;
      const section = nearer(this.#bangs.from(position + 1), this.#questions.from(position + 1)) - 1;
      if (section < 0 || section >= limit) return hit;
      this.steppedOver = true;
      const end = this.#sectionEnd(section);
      if (end < 0) {
        this.openSection = true;
        return -1;
      }
      if (end === section + 2) this.malformed = true;
      position = end;
    }
  }

  /** Returns the offset behind the section that begins at an offset; two on when none begins there; -1 when it never ends. */
  #sectionEnd(at: number): number {
    const bytes = this.#bytes;
    if (bytes[at + 1] === 0x3f) return behind(this.#instructionEnds.from(at + 2), 2);
    if (bytes[at + 2] === 0x2d && bytes[at + 3] === 0x2d) return behind(this.#commentEnds.from(at + 4), 3);
    if (bytes.length - at < cdataStart.length) return -1;
    if (bytes.compare(cdataStart, 0, cdataStart.length, at, at + cdataStart.length) === 0) {
      return behind(this.#cdataEnds.from(at + cdataStart.length), 3);
    }
    return at + 2;
  }
}

/** Returns the smaller of two offsets, of which -1 stands for "nowhere". */
function nearer(a: number, b: number): number {
  if (a < 0) return b;
  return b < 0 || a < b ? a : b;
}

function behind(hit: number, length: number): number {
  return hit < 0 ? -1 : hit + length;
}
