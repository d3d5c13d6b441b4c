import { isEventLog } from '../evidence/events/evtx/event-log.js';
import type { Reading, Refusal } from '../evidence/evidence.js';
import { sizeLimits } from './limits.js';

/** True for files that every bundle has and that are not evidence: the style sheet beside the logs, and what desktops add. */
export function isJunkName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return /(^|\/)__macosx\//i.test(path) || junkNames.has(name) || name.startsWith('._');
}

const junkNames: ReadonlySet<string> = new Set(['freb.xsl', '.ds_store', 'thumbs.db', 'desktop.ini', '']);

/** Refusals of files that belong to something else; a bundle holds them by chance. */
const unrelatedRefusals: ReadonlySet<Refusal | undefined> = new Set([
  'not-text',
  'picture',
  'other-archive',
  'holds-secrets',
  'recording',
  'registry-file',
  'event-trace',
  'mail',
  'other-xml',
  'html-page',
  'not-evidence',
] satisfies Refusal[]);

/** Entries of a zip that a person packed by hand: a screenshot, a dump or an archive among them was meant to be seen. */
const packedByHand = 20;
const meantToBeSeen: ReadonlySet<Refusal | undefined> = new Set([
  'picture',
  'other-archive',
  'holds-secrets',
  'recording',
  'mail',
] satisfies Refusal[]);

/**
 * True when the answer should mention a file of a bundle: it is evidence, or would be if it were not empty, damaged or too
 * large. A folder of event logs holds a hundred that say nothing about IIS.
 * @param files how many files the bundle has, where that is known
 */
export function shouldReport(reading: Reading, files = Number.POSITIVE_INFINITY): boolean {
  if (meantToBeSeen.has(reading.refusal) && files <= packedByHand) return true;
  if (reading.kind === 'unknown') return !unrelatedRefusals.has(reading.refusal);
  return reading.damage.length > 0 || !reading.observations.some((o) => o.name === 'events.count' && o.value === 0);
}

/** True for bytes that begin like a zip archive, also an empty one. */
export function looksZipped(head: Uint8Array): boolean {
  const [p, k, a, b] = head;
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

/**
 * True for a file that is read in its own process: a large one, and a binary event log of any size, because the bytes of
 * the log decide how much of it is read.
 * @param head its first bytes
 */
export function belongsApart(length: number, head: Uint8Array): boolean {
  return length > sizeLimits.threadBytes || isEventLog(head);
}
