import { binaryFormat } from './binary-formats.js';
import type { Refusal } from './evidence.js';
import { nearestKinds } from './nearest-kinds.js';
import { Scrubber } from './scrub/scrubber.js';
import type { TextSource } from './source.js';
import { refuseMail, refuseSecrets } from './text-formats.js';

/** Why nothing here can read a file, and what it looks like: the words for the sentence the user gets. */
export interface RefusedFile {
  refusal: Refusal;
  looksLike?: string;
}

/** Says why a file that no reader recognised cannot be used. Judges content only, never a name. */
export function refuseFile(input: Uint8Array, source: TextSource): RefusedFile {
  const empty = describeEmpty(source.bytes);
  if (empty !== undefined) return { refusal: 'empty-file', ...(empty !== '' && { looksLike: empty }) };
  const format = binaryFormat(input);
  if (format) return format;
  if (isBinary(source)) return { refusal: 'not-text', looksLike: 'binary data' };
  const closed = refuseSecrets(source.head) ?? refuseMail(source.head);
  if (closed) return closed;
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

/** Returns what a file holds that holds nothing; empty for one without bytes, undefined for any other. */
function describeEmpty(bytes: Buffer): string | undefined {
  if (bytes.length === 0) return '';
  if (bytes.every((byte) => byte === 0)) return 'it holds only zeros, as a write leaves them that was cut off';
  return bytes.every((byte) => byte <= 32) ? 'it holds only blanks' : undefined;
}

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
