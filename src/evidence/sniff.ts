import type { Refusal } from './evidence.js';
import { nearestKinds } from './nearest-kinds.js';
import { Scrubber } from './scrub/scrubber.js';
import type { TextSource } from './source.js';

/** Why nothing here can read a file, and what it looks like: the words for the sentence the user gets. */
export interface RefusedFile {
  refusal: Refusal;
  looksLike?: string;
}

const binaryEvents = 'a binary Windows event log (.evtx)';
const oldBinaryEvents = 'an event log of Windows Server 2003 or older (.evt)';

/** First bytes of things people drop by mistake. */
const signatures: readonly { bytes: readonly number[]; at?: number; what: string }[] = [
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG image' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a JPEG image' },
  { bytes: [0x47, 0x49, 0x46, 0x38], what: 'a GIF image' },
  { bytes: [0x42, 0x4d, 0x36], what: 'a bitmap image' },
  { bytes: [0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69], at: 4, what: 'a HEIC image' },
  { bytes: [0x66, 0x74, 0x79, 0x70, 0x6d, 0x69, 0x66], at: 4, what: 'a HEIC image' },
  { bytes: [0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69], at: 4, what: 'an AVIF image' },
  { bytes: [0x57, 0x45, 0x42, 0x50], at: 8, what: 'a WebP image' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a zip archive' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], what: 'an empty zip archive' },
  { bytes: [0x1f, 0x8b], what: 'a gzip archive' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7-Zip archive' },
  { bytes: [0x52, 0x61, 0x72, 0x21], what: 'a RAR archive' },
  { bytes: [0x4d, 0x53, 0x43, 0x46], what: 'a CAB archive' },
  { bytes: [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65], what: binaryEvents },
  { bytes: [0x4c, 0x66, 0x4c, 0x65], at: 4, what: oldBinaryEvents },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Office document' },
  { bytes: [0x4d, 0x5a], what: 'a Windows program' },
  { bytes: [0x4d, 0x44, 0x4d, 0x50], what: 'a memory dump' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'a Linux program' },
];

/** Returns the known binary format that the bytes start with, or null. */
function binaryFormat(bytes: Uint8Array): string | null {
  for (const s of signatures) {
    const at = s.at ?? 0;
    if (bytes.length >= at + s.bytes.length && s.bytes.every((b, i) => bytes[at + i] === b)) return s.what;
  }
  return null;
}

/** True for what shows text to people and none to a reader: screenshots, and documents that hold them. */
function isPicture(format: string): boolean {
  return / image$|document$/i.test(format);
}

/** Says why a file that no reader recognised cannot be used. Judges content only, never a name. */
export function refuseFile(input: Uint8Array, source: TextSource): RefusedFile {
  if (source.bytes.length === 0 || (source.bytes.length < 4096 && source.head.trim() === '')) {
    return { refusal: 'empty-file' };
  }
  const format = binaryFormat(input);
  if (format)
    return {
      refusal: /\(\.evtx?\)$/.test(format) ? 'binary-events' : isPicture(format) ? 'picture' : 'not-text',
      looksLike: format,
    };
  if (isBinary(source)) return { refusal: 'not-text', looksLike: 'binary data' };
  const near = nearestKinds(source.head);
  const root = rootElementName(source.head);
  if (root === '!doctype' || root?.toLowerCase() === 'html') {
    return /<!doctype\s+html|<html[\s>]/i.test(source.head)
      ? { refusal: 'html-page', looksLike: `a web page${closestTo(near)}` }
      : { refusal: 'other-xml', looksLike: `XML with a document type declaration${closestTo(near)}` };
  }
  if (root !== null)
    return { refusal: 'other-xml', looksLike: `XML with root <${new Scrubber().text(root)}>${closestTo(near)}` };
  return near === undefined ? { refusal: 'not-evidence' } : { refusal: 'not-evidence', looksLike: near };
}

const closestTo = (near: string | undefined) => (near === undefined ? '' : `, closest to ${near}`);

/** Text has no zero bytes and hardly any control characters. */
function isBinary(source: TextSource): boolean {
  const n = Math.min(source.bytes.length, 8192);
  let control = 0;
  for (let i = 0; i < n; i++) {
    const b = source.bytes[i]!;
    if (b === 0) return true;
    if (b < 9 || (b > 13 && b < 32 && b !== 27)) control++;
  }
  return control > n * 0.02;
}

/**
 * Returns the name of the first element of an XML text, `!doctype` when a document type declaration comes first, null when the
 * text does not start as XML. Declarations, processing instructions and comments are stepped over.
 */
export function rootElementName(head: string): string | null {
  let i = skipSpace(head, 0);
  while (head[i] === '<') {
    if (head.startsWith('<?', i)) {
      const end = head.indexOf('?>', i + 2);
      if (end < 0) return null;
      i = skipSpace(head, end + 2);
    } else if (head.startsWith('<!--', i)) {
      const end = head.indexOf('-->', i + 4);
      if (end < 0) return null;
      i = skipSpace(head, end + 3);
    } else if (head.startsWith('<!', i)) {
      return '!doctype';
    } else {
      const name = /^<([A-Za-z_][\w.:-]{0,80})(?=[\s/>]|$)/.exec(head.slice(i, i + 100));
      return name ? name[1]! : null;
    }
  }
  return null;
}

function skipSpace(s: string, from: number): number {
  let i = from;
  while (i < s.length && (s.charCodeAt(i) <= 32 || s.charCodeAt(i) === 0xfeff)) i++;
  return i;
}
