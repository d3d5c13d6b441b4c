import { ByteReader, DamagedBytesError } from './byte-reader.js';

/** Where a value of the event goes. An optional one without a value leaves its element or attribute out. */
export interface Slot {
  index: number;
  optional: boolean;
}

/** An element as a template describes it: fixed text and slots. */
export interface Shape {
  name: string;
  attributes: { name: string; value: (string | Slot)[] }[];
  content: Piece[];
}

export type Piece = string | Slot | Shape;

/** Tokens of binary XML without their flag "more follows" (MS-EVEN6, 2.2.12). */
export const token = {
  end: 0x00,
  openElement: 0x01,
  closeStart: 0x02,
  closeEmpty: 0x03,
  closeElement: 0x04,
  text: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  charReference: 0x08,
  entity: 0x09,
  instructionTarget: 0x0a,
  instructionData: 0x0b,
  templateInstance: 0x0c,
  slot: 0x0d,
  optionalSlot: 0x0e,
  fragment: 0x0f,
} as const;

const flagMore = 0x40;
const tokenOf = (byte: number) => byte & ~flagMore;

/** Real templates are less than ten deep, and their names have less than a hundred characters. */
const deepest = 32;
const longestName = 1000;

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Reads elements of one chunk. A chunk holds each name once, and elements refer to it by its place. */
export class ShapeReader {
  readonly #bytes: Buffer;
  readonly #names = new Map<number, string>();

  /** @param bytes the chunk */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /**
   * Reads the element that begins at the reader.
   * @param inTemplate elements of a template carry a dependency identifier, those that are in an event itself do not
   * @throws DamagedBytesError
   */
  read(reader: ByteReader, inTemplate: boolean, depth = 0): Shape {
    if (depth > deepest) throw new DamagedBytesError('too deep');
    const opening = reader.u8();
    if (tokenOf(opening) !== token.openElement) throw new DamagedBytesError('no element');
    reader.skip(inTemplate ? 6 : 4);
    const shape: Shape = { name: this.#readName(reader), attributes: [], content: [] };
    if (opening & flagMore) {
      reader.skip(4);
      while (tokenOf(reader.peek()) === token.attribute) {
        reader.skip(1);
        const name = this.#readName(reader);
        const value = this.#readPieces(reader, inTemplate, depth);
        shape.attributes.push({ name, value: value.filter((piece): piece is string | Slot => !isShape(piece)) });
      }
    }
    const closing = reader.u8();
    if (closing === token.closeEmpty) return shape;
    if (closing !== token.closeStart) throw new DamagedBytesError('no end of a start tag');
    shape.content = this.#readPieces(reader, inTemplate, depth);
    if (reader.u8() !== token.closeElement) throw new DamagedBytesError('no end tag');
    return shape;
  }

  /** Reads the content of an element or attribute, up to the first token that is not part of it. */
  #readPieces(reader: ByteReader, inTemplate: boolean, depth: number): Piece[] {
    const pieces: Piece[] = [];
    for (;;) {
      switch (tokenOf(reader.peek())) {
        case token.openElement:
          pieces.push(this.read(reader, inTemplate, depth + 1));
          break;
        case token.text:
          reader.skip(2);
          pieces.push(reader.utf16(reader.u16()));
          break;
        case token.cdata:
          reader.skip(1);
          pieces.push(reader.utf16(reader.u16()));
          break;
        case token.charReference:
          reader.skip(1);
          pieces.push(String.fromCharCode(reader.u16()));
          break;
        case token.entity:
          reader.skip(1);
          pieces.push(entities[this.#readName(reader)] ?? '');
          break;
        case token.instructionTarget:
          reader.skip(1);
          this.#readName(reader);
          break;
        case token.instructionData:
          reader.skip(1);
          reader.utf16(reader.u16());
          break;
        case token.slot:
        case token.optionalSlot: {
          const optional = tokenOf(reader.u8()) === token.optionalSlot;
          pieces.push({ index: reader.u16(), optional });
          reader.skip(1);
          break;
        }
        default:
          return pieces;
      }
    }
  }

  /** Returns the name that the next four bytes point at. A name right behind them is skipped. */
  #readName(reader: ByteReader): string {
    const at = reader.u32();
    const inPlace = at === reader.at;
    const knownName = inPlace ? undefined : this.#names.get(at);
    if (knownName !== undefined) return knownName;
    const source = inPlace ? reader : new ByteReader(this.#bytes, at, this.#bytes.length);
    source.skip(6);
    const length = source.u16();
    if (length > longestName) throw new DamagedBytesError('no name');
    const name = source.utf16(length);
    source.skip(2);
    this.#names.set(at, name);
    return name;
  }
}

function isShape(piece: Piece): piece is Shape {
  return typeof piece === 'object' && 'content' in piece;
}
