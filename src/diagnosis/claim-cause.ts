import type { Reading } from '../evidence/evidence.js';
import type { Cause } from '../knowledge/cause-schema.js';
import { causeDetail, isFromHttpSys } from './cause-detail.js';
import type { Match } from './match.js';
import type { ReadingFacts } from './reading-facts.js';
import type { FileVerdict } from './report.js';

/** Writes into a verdict the cause that its reading matches, and what to ask for next. */
export function claimCause(file: FileVerdict, facts: ReadingFacts, match: Match | undefined): void {
  if (!match) return;
  file.cause = match.cause.id;
  file.confidence = limitCertainty(match.signature.certainty ?? match.cause.certainty, facts.reading);
  file.detail = causeDetail(match, facts);
  // A piece that decides needs no log; no log exists of what HTTP.sys answered.
  const undecided = facts.reading.kind === 'fragment' && file.confidence === 'possible';
  const next = isFromHttpSys(facts) ? match.cause.next.filter((id) => id !== 'freb-log') : match.cause.next;
  file.next = undecided && !isFromHttpSys(facts) ? [...new Set(['freb-log', ...next])] : next;
}

/** Lowers `confirmed` to `likely` for a pasted piece, because what was left out is unknown. */
export function limitCertainty(certainty: Cause['certainty'], reading: Reading): Cause['certainty'] {
  return reading.kind === 'fragment' && certainty === 'confirmed' ? 'likely' : certainty;
}
