/** A number or text of a binary event log is impossible. The record or chunk around it is left out. */
export class DamagedBytesError extends Error {
  override readonly name = 'DamagedBytesError';
}

/** Reads numbers (little-endian) and text (UTF-16) one after the other, and nothing outside of its range of the bytes. */
export class ByteReader {
  readonly bytes: Buffer;
  readonly end: number;
  at: number;

  /** @param at first byte of the range; @param end the byte behind it */
  constructor(bytes: Buffer, at: number, end: number) {
    if (!(at >= 0 && at <= end && end <= bytes.length)) throw new DamagedBytesError('outside of the chunk');
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** Returns the next byte without moving on; behind the range 0, the token that ends everything. */
  peek(): number {
    return this.at < this.end ? this.bytes[this.at]! : 0;
  }

  u8(): number {
    return this.bytes[this.#step(1)]!;
  }

  u16(): number {
    return this.bytes.readUInt16LE(this.#step(2));
  }

  u32(): number {
    return this.bytes.readUInt32LE(this.#step(4));
  }

  /** @param length in characters, two bytes each */
  utf16(length: number): string {
    const from = this.#step(length * 2);
    return this.bytes.toString('utf16le', from, this.at);
  }

  skip(length: number): void {
    this.#step(length);
  }

  #step(length: number): number {
    const from = this.at;
    if (from + length > this.end) throw new DamagedBytesError('ends too early');
    this.at = from + length;
    return from;
  }
}
