import { ByteReader, DamagedBytesError } from './byte-reader.js';
import { Allowance, type EventElement, fillShape, type SlotValue } from './element.js';
import { type Shape, ShapeReader, type Slot, token } from './shape.js';
import { decodeValue, type RawValue, valueType } from './value.js';

/** A chunk of an event log, in bytes: a header, and records that share names and templates of this chunk only. */
export const chunkLength = 65_536;
const headerLength = 512;
const signature = 'ElfChnk\0';
const recordSignature = 0x00002a2a;
const recordHeader = 24;
/** Real events nest values once: event data inside of the event. */
const deepestValue = 8;

/** A record of a chunk: its event, or null where its bytes are damaged. `spent` counts the elements that were built for it. */
export interface DecodedRecord {
  event: EventElement | null;
  spent: number;
}

/** True for bytes that begin as a chunk does. */
export function isChunk(bytes: Buffer): boolean {
  return bytes.length > headerLength && bytes.toString('latin1', 0, 8) === signature;
}

/** One chunk of a binary event log. Reads nothing outside of its bytes, each template once. */
export class EventChunk {
  readonly #bytes: Buffer;
  readonly #shapes: ShapeReader;
  /** Templates by their place; null for a damaged one, which is not tried again for each record. */
  readonly #templates = new Map<number, Shape | null>();

  /** @param bytes a whole chunk, or the part of it that a cut-off file has */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#shapes = new ShapeReader(bytes);
  }

  /** Yields the records in order. Searches for the next signature of a record behind a damaged head. */
  *records(): Generator<DecodedRecord> {
    const bytes = this.#bytes;
    const used = bytes.readUInt32LE(48);
    // Deleted events leave their bytes behind the used part.
    const end = used >= headerLength && used <= bytes.length ? used : bytes.length;
    let at = headerLength;
    // A chunk that is not full ends in zeros.
    while (at + recordHeader + 4 <= end) {
      const length = bytes.readUInt32LE(at + 4);
      const isWhole =
        bytes.readUInt32LE(at) === recordSignature &&
        length >= recordHeader + 4 &&
        at + length <= end &&
        bytes.readUInt32LE(at + length - 4) === length;
      if (isWhole) {
        yield this.#readRecord(at + recordHeader, at + length - 4);
        at += length;
        continue;
      }
      const next = bytes.indexOf('**\0\0', at + 1, 'latin1');
      const rest = next < 0 || next >= end ? end : next;
      if (bytes.subarray(at, rest).some((byte) => byte !== 0)) yield { event: null, spent: 0 };
      at = rest;
    }
  }

  #readRecord(from: number, to: number): DecodedRecord {
    const allowance = new Allowance();
    try {
      const event = this.#readFragment(new ByteReader(this.#bytes, from, to), 0, allowance);
      return { event: event ?? null, spent: allowance.spent };
    } catch (error) {
      if (!(error instanceof DamagedBytesError)) throw error;
      return { event: null, spent: allowance.spent };
    }
  }

  /** Reads an event, or a value that is binary XML itself: a template with its values, or a plain element. */
  #readFragment(reader: ByteReader, depth: number, allowance: Allowance): EventElement | undefined {
    if (depth > deepestValue) throw new DamagedBytesError('values too deep in values');
    while (reader.peek() === token.fragment) reader.skip(4);
    if (reader.peek() === token.end) return undefined;
    if (reader.peek() !== token.templateInstance) {
      const [element] = fillShape(this.#shapes.read(reader, false), () => undefined, allowance);
      return element;
    }
    reader.skip(6);
    const place = reader.u32();
    // The first use holds the definition; later uses only point at it.
    if (place === reader.at) {
      reader.skip(20);
      reader.skip(reader.u32());
    }
    const shape = this.#readTemplate(place);
    const values = readValues(reader);
    const [element] = fillShape(shape, (slot) => this.#readSlot(slot, values, depth, allowance), allowance);
    return element;
  }

  #readTemplate(place: number): Shape {
    let shape = this.#templates.get(place);
    if (shape === undefined) {
      shape = null;
      this.#templates.set(place, shape);
      const head = new ByteReader(this.#bytes, place, this.#bytes.length);
      head.skip(20);
      const length = head.u32();
      const body = new ByteReader(this.#bytes, head.at, head.at + length);
      while (body.peek() === token.fragment) body.skip(4);
      shape = this.#shapes.read(body, true);
      this.#templates.set(place, shape);
    }
    if (shape === null) throw new DamagedBytesError('a damaged template');
    return shape;
  }

  #readSlot(slot: Slot, values: readonly RawValue[], depth: number, allowance: Allowance): SlotValue {
    const value = values[slot.index];
    if (!value) return undefined;
    allowance.spend(0, value.to - value.from);
    if (value.type !== valueType.binaryXml) return decodeValue(this.#bytes, value);
    return this.#readFragment(new ByteReader(this.#bytes, value.from, value.to), depth + 1, allowance);
  }
}

/** Reads the values of a template: their number, the length and type of each, then all of them one behind the other. */
function readValues(reader: ByteReader): RawValue[] {
  const count = reader.u32();
  if (count * 4 > reader.end - reader.at) throw new DamagedBytesError('more values than bytes');
  const heads = Array.from({ length: count }, () => {
    const length = reader.u16();
    const type = reader.u8();
    reader.skip(1);
    return { length, type };
  });
  return heads.map(({ length, type }) => {
    const from = reader.at;
    reader.skip(length);
    return { type, from, to: reader.at };
  });
}
