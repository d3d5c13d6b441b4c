import type { Reading } from '../evidence/evidence.js';
import { belongsApart, looksZipped } from './bundle.js';
import { sizeLimits } from './limits.js';

/** True for a text that no reader knows, and for evidence that tells of no failure by itself: words in it may. */
export function mayHoldWords({ kind, refusal }: Reading): boolean {
  if (kind === 'unknown') return refusal === 'not-evidence' || refusal === 'other-xml';
  return kind === 'server-config' || kind === 'acl-listing' || kind === 'command-output';
}

/** True for a file that is small, no archive and no binary event log: it is read on the calling thread. */
export function isInline(length: number, head: Uint8Array): boolean {
  return length <= sizeLimits.inlineBytes && !looksZipped(head) && !belongsApart(length, head);
}
