import { isAscii, isUtf8, transcode } from 'node:buffer';

/** How the bytes were written, judged by byte order mark and content. */
type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** One file as the readers see it: always UTF-8 bytes (or, in places, stray single bytes), decoded only where asked. */
export interface TextSource {
  /** The content without byte order mark, UTF-16 turned into UTF-8. A view of the input where nothing had to change. */
  readonly bytes: Buffer;
  readonly encoding: Encoding;
  /** The first characters, enough to see what kind of text it is. */
  readonly head: string;
  /** The whole content as text, decoded once and remembered. */
  text(): string;
}

/** Enough for the declarations and comments before a root element. */
const headBytes = 16 * 1024;

/** Opens any input as UTF-8. Never throws; an odd last byte of UTF-16 is dropped. */
export function openSource(input: Uint8Array): TextSource {
  const raw = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  let encoding = encodingOf(raw);
  const bytes = toUtf8(raw, encoding);
  if (encoding === 'utf-8' && !isUtf8(bytes)) encoding = 'windows-1252';
  let head: string | undefined;
  let whole: string | undefined;
  return {
    bytes,
    encoding,
    get head() {
      head ??= decodeRange(bytes, 0, Math.min(bytes.length, headBytes));
      return head;
    },
    text() {
      whole ??= decodeRange(bytes, 0, bytes.length);
      return whole;
    },
  };
}

function encodingOf(raw: Buffer): Encoding {
  if (raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf) return 'utf-8-bom';
  if (raw[0] === 0xff && raw[1] === 0xfe) return 'utf-16le';
  if (raw[0] === 0xfe && raw[1] === 0xff) return 'utf-16be';
  return guessUtf16(raw) ?? 'utf-8';
}

/** UTF-16 without a mark: nearly every second byte of Western text is zero. */
function guessUtf16(raw: Buffer): Encoding | null {
  const n = Math.min(raw.length, 512) & ~1;
  if (n < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < n; i += 2) {
    if (raw[i] === 0) even++;
    if (raw[i + 1] === 0) odd++;
  }
  const pairs = n / 2;
  if (odd > pairs * 0.7 && even < pairs * 0.05) return 'utf-16le';
  if (even > pairs * 0.7 && odd < pairs * 0.05) return 'utf-16be';
  return null;
}

function toUtf8(raw: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'utf-8-bom') return raw.subarray(3);
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') return raw;
  const marked = (raw[0] === 0xff && raw[1] === 0xfe) || (raw[0] === 0xfe && raw[1] === 0xff);
  const body = raw.subarray(marked ? 2 : 0, raw.length & ~1);
  if (body.length === 0) return Buffer.alloc(0);
  // transcode() wants little-endian; swap16 works in place, so on a copy.
  const little = encoding === 'utf-16be' ? Buffer.from(body).swap16() : body;
  try {
    return transcode(little, 'utf16le', 'utf8');
  } catch {
    // Half of a surrogate pair: slower, but it becomes a replacement character.
    return Buffer.from(little.toString('utf16le'));
  }
}

/**
 * Returns the text of a byte range. Valid UTF-8 stays as it is; a byte that is not becomes its windows-1252 character, because
 * narrow strings are copied into logs untranslated, next to proper UTF-8.
 */
export function decodeRange(bytes: Buffer, from: number, to: number): string {
  const part = bytes.subarray(from, to);
  if (isAscii(part)) return part.toString('latin1');
  if (isUtf8(part)) return part.toString('utf8');
  return decodeMixed(part);
}

/** Characters of windows-1252 for 0x80 to 0x9f. Written out, because Node 20's decoder gives the control characters of Latin-1. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function single(byte: number): string {
  return byte >= 0x80 && byte < 0xa0 ? windows1252[byte - 0x80]! : String.fromCharCode(byte);
}

function decodeMixed(part: Buffer): string {
  const out: string[] = [];
  let good = 0;
  let i = 0;
  while (i < part.length) {
    const n = sequenceLength(part, i);
    if (n > 0) {
      i += n;
      continue;
    }
    if (i > good) out.push(part.toString('utf8', good, i));
    out.push(single(part[i]!));
    i++;
    good = i;
  }
  if (good < part.length) out.push(part.toString('utf8', good, part.length));
  return out.join('');
}

/** Length of the well-formed UTF-8 sequence at `i`, 0 when there is none. */
function sequenceLength(b: Buffer, i: number): number {
  const lead = b[i]!;
  if (lead < 0x80) return 1;
  const n = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  if (n === 0 || i + n > b.length) return 0;
  return isUtf8(b.subarray(i, i + n)) ? n : 0;
}
