import { signatures } from './binary-signatures.js';
import type { Refusal } from './evidence.js';

const holdsWithin = 1024 * 1024;

/** Returns the known binary format that the bytes have, and why it is refused. */
export function binaryFormat(bytes: Uint8Array): { refusal: Refusal; looksLike: string } | null {
  for (const [refusal, ofKind] of signatures) {
    const found = ofKind.find(
      (one) =>
        has(bytes, one.at ?? 0, one.bytes) &&
        (!one.also || has(bytes, one.also.at, one.also.bytes)) &&
        (!one.holds || Buffer.from(bytes.subarray(0, holdsWithin)).includes(Buffer.from(one.holds))),
    );
    if (found) return { refusal, looksLike: found.what };
  }
  return null;
}

function has(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  return bytes.length >= at + wanted.length && wanted.every((byte, i) => bytes[at + i] === byte);
}
