import type { Reading, Refusal } from '../evidence/evidence.js';

/**
 * Returns true for files that lie in every bundle and are no evidence: the style sheet IIS puts beside its logs, and what
 * desktops add. They are counted and not read.
 */
export function isJunkName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return /(^|\/)__macosx\//i.test(path) || junk.has(name) || name.startsWith('._');
}

const junk: ReadonlySet<string> = new Set(['freb.xsl', '.ds_store', 'thumbs.db', 'desktop.ini', '']);

/** Refusals that only say "something else": in a bundle such files came along by chance. */
const byCatch: ReadonlySet<Refusal | undefined> = new Set([
  'not-text',
  'binary-events',
  'other-xml',
  'html-page',
  'not-evidence',
] satisfies Refusal[]);

/** True when the answer should mention a file of a bundle: evidence, or something that should have been (empty, damaged, too large). */
export function shouldReport(reading: Reading): boolean {
  return reading.kind !== 'unknown' || !byCatch.has(reading.refusal);
}

/** Starts like a zip archive, also an empty one. */
export function looksZipped(head: Uint8Array): boolean {
  const [p, k, a, b] = head;
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}
