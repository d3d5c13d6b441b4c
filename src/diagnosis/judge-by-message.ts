import type { Knowledge } from '../knowledge/knowledge.js';
import { limitCertainty } from './claim-cause.js';
import { dropConclusions, evidenceRow } from './file-evidence.js';
import type { JudgedReading } from './judged-reading.js';
import { findKnownMessage, type KnownMessage } from './known-message.js';

/** Evidence whose words are those of a failure. */
const worded: ReadonlySet<string> = new Set(['freb-log', 'fragment', 'error-page', 'event-export', 'application-log']);

/**
 * Returns the judgement with the known message of the reading, where that says more than what was judged by: a type of
 * exception, an event or a status have one general fix, and the message names the reason.
 */
export function judgeByMessage(judged: JudgedReading, knowledge: Knowledge): JudgedReading {
  if (!worded.has(judged.file.kind)) return judged;
  const message = findKnownMessage(judged.facts, knowledge, judged.rank);
  return message ? withMessage(judged, message, knowledge) : judged;
}

function withMessage(judged: JudgedReading, message: KnownMessage, knowledge: Knowledge): JudgedReading {
  const { rule, row, says, because, parts } = message;
  const cause = knowledge.causes.get(row.means);
  const file = {
    ...judged.file,
    verdict: cause?.verdict ?? 'failure',
    cause: cause?.id ?? null,
    confidence: cause ? limitCertainty(row.certainty, judged.facts.reading) : null,
    detail: says,
    next: row.next,
    message: { rule, parts },
    evidence: [...dropConclusions(because).map(evidenceRow), ...judged.file.evidence],
  };
  return { ...judged, file, cause, because };
}
