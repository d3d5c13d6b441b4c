import { decodeRange } from '../../source.js';
import { DamagedBytesError } from './byte-reader.js';

/** A value of an event: its type, and where it is in the chunk. */
export interface RawValue {
  type: number;
  from: number;
  to: number;
}

/** Set in the type of a list. */
const flagList = 0x80;

export const valueType = { none: 0x00, text: 0x01, ansi: 0x02, binaryXml: 0x21 } as const;

/** How one value of a fixed size is written, by its type. */
const fixedSizes: Record<number, { size: number; write: (bytes: Buffer, at: number) => string }> = {
  3: { size: 1, write: (b, at) => String(b.readInt8(at)) },
  4: { size: 1, write: (b, at) => String(b.readUInt8(at)) },
  5: { size: 2, write: (b, at) => String(b.readInt16LE(at)) },
  6: { size: 2, write: (b, at) => String(b.readUInt16LE(at)) },
  7: { size: 4, write: (b, at) => String(b.readInt32LE(at)) },
  8: { size: 4, write: (b, at) => String(b.readUInt32LE(at)) },
  9: { size: 8, write: (b, at) => String(b.readBigInt64LE(at)) },
  10: { size: 8, write: (b, at) => String(b.readBigUInt64LE(at)) },
  11: { size: 4, write: (b, at) => String(b.readFloatLE(at)) },
  12: { size: 8, write: (b, at) => String(b.readDoubleLE(at)) },
  13: { size: 4, write: (b, at) => String(b.readInt32LE(at) !== 0) },
  15: { size: 16, write: writeGuid },
  17: { size: 8, write: (b, at) => writeFileTime(b.readBigUInt64LE(at)) },
  18: { size: 16, write: writeSystemTime },
  20: { size: 4, write: (b, at) => `0x${b.readUInt32LE(at).toString(16)}` },
  21: { size: 8, write: (b, at) => `0x${b.readBigUInt64LE(at).toString(16)}` },
};

/**
 * Returns a value as Windows prints it in XML; a list as its items. Undefined where the event holds no value.
 * @throws DamagedBytesError
 */
export function decodeValue(bytes: Buffer, { type, from, to }: RawValue): string | string[] | undefined {
  if (type === valueType.none) return undefined;
  return type & flagList ? decodeList(bytes, type & ~flagList, from, to) : decodeOne(bytes, type, from, to);
}

function decodeOne(bytes: Buffer, type: number, from: number, to: number): string {
  if (from === to) return '';
  const fixedSize = fixedSizes[type];
  if (fixedSize) {
    // Some providers write a truth value in one byte.
    if (type === 13 && to - from < fixedSize.size) return String(bytes[from] !== 0);
    if (to - from < fixedSize.size) throw new DamagedBytesError('a value is too short');
    return fixedSize.write(bytes, from);
  }
  if (type === valueType.text) return trimTerminator(bytes.toString('utf16le', from, to));
  if (type === valueType.ansi) return trimTerminator(decodeRange(bytes, from, to));
  if (type === 16) return decodeOne(bytes, to - from === 4 ? 20 : 21, from, to);
  if (type === 19) return writeSid(bytes, from, to);
  return bytes.toString('hex', from, to).toUpperCase();
}

function decodeList(bytes: Buffer, type: number, from: number, to: number): string[] {
  if (type === valueType.text || type === valueType.ansi) {
    const text = type === valueType.text ? bytes.toString('utf16le', from, to) : decodeRange(bytes, from, to);
    return trimTerminator(text).split('\0');
  }
  const size = fixedSizes[type]?.size ?? to - from;
  const items: string[] = [];
  for (let at = from; size > 0 && at + size <= to; at += size) items.push(decodeOne(bytes, type, at, at + size));
  return items;
}

function trimTerminator(text: string): string {
  return text.endsWith('\0') ? text.slice(0, -1) : text;
}

function writeGuid(bytes: Buffer, at: number): string {
  const hex = (from: number, to: number) => bytes.toString('hex', at + from, at + to);
  const reversedHex = (from: number, to: number) =>
    Buffer.from(bytes.subarray(at + from, at + to))
      .reverse()
      .toString('hex');
  return `{${reversedHex(0, 4)}-${reversedHex(4, 6)}-${reversedHex(6, 8)}-${hex(8, 10)}-${hex(10, 16)}}`.toUpperCase();
}

/** Milliseconds from 1601, where Windows begins to count, to 1970. */
const since1601 = 11_644_473_600_000;

/** Returns a time in steps of 100 nanoseconds since 1601 as ISO 8601, '' for one that no calendar has. */
function writeFileTime(steps: bigint): string {
  const time = new Date(Number(steps / 10_000n) - since1601);
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

function writeSystemTime(bytes: Buffer, at: number): string {
  const [year, month, , day, hour, minute, second, ms] = Array.from({ length: 8 }, (_, i) =>
    bytes.readUInt16LE(at + 2 * i),
  ) as [number, number, number, number, number, number, number, number];
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second, ms));
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

function writeSid(bytes: Buffer, from: number, to: number): string {
  const count = bytes[from + 1] ?? 0;
  if (to - from < 8 + 4 * count) throw new DamagedBytesError('a security identifier is too short');
  const parts = Array.from({ length: count }, (_, i) => bytes.readUInt32LE(from + 8 + 4 * i));
  return ['S', bytes[from], bytes.readUIntBE(from + 2, 6), ...parts].join('-');
}
