import type { Refusal } from '../evidence/evidence.js';

/** A zip that a program writes as its own kind of file. Its entries are not looked into. */
interface ClosedZip {
  refusal: Refusal;
  looksLike?: string;
  /** The names of entries that only this kind has; all of them are in it. */
  names: readonly RegExp[];
}

const closedZips: readonly ClosedZip[] = [
  // People paste screenshots into documents.
  { refusal: 'picture', names: [/^(?:word\/document|ppt\/presentation|xl\/workbook)\.xml$/] },
  { refusal: 'picture', names: [/^content\.xml$/, /^META-INF\/manifest\.xml$/] },
  {
    refusal: 'recording',
    looksLike: 'a recording of Fiddler (.saz)',
    names: [/^raw\/\d{1,8}_[cs]\.txt$/],
  },
  {
    refusal: 'holds-secrets',
    looksLike: 'an export of a database (.bacpac)',
    names: [/^model\.xml$/, /^Data\/[^/]+\/[^/]+\.BCP$/i],
  },
];

/** Returns why a zip with these entries is not read; undefined for every other. */
export function closedZip(names: readonly string[]): { refusal: Refusal; looksLike?: string } | undefined {
  return closedZips.find((one) => one.names.every((pattern) => names.some((name) => pattern.test(name))));
}

/** The directory of a zip is at its end. */
const directoryBytes = 256 * 1024;
const documentParts = /word\/document\.xml|ppt\/presentation\.xml|xl\/workbook\.xml|vnd\.oasis\.opendocument/;

/** Returns why a zip inside another one is not read, as far as the names at its end and its beginning tell. */
export function closedZipInside(zip: Uint8Array): { refusal: Refusal; looksLike?: string } {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const text = bytes.toString('latin1', 0, 4096) + bytes.toString('latin1', Math.max(0, bytes.length - directoryBytes));
  if (documentParts.test(text)) return { refusal: 'picture' };
  return /raw[\\/]\d{1,8}_[cs]\.txt/.test(text)
    ? { refusal: 'recording', looksLike: 'a recording of Fiddler (.saz)' }
    : { refusal: 'too-deep' };
}
