import type { Observation } from '../evidence/evidence.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Cause } from '../knowledge/schema.js';
import { findKnownMessage, type KnownMessage } from './known-message.js';
import { formatValue, type ReadingFacts } from './reading-facts.js';
import type { FileVerdict } from './report.js';

/** A judgement, with how much it rests on. */
interface Judgement {
  file: FileVerdict;
  facts: ReadingFacts;
  cause: Cause | undefined;
  because: Observation[];
  /** On the scale of the priorities of the cards. */
  rank: number;
}

/** Evidence whose words are those of a failure. */
const worded: ReadonlySet<string> = new Set(['freb-log', 'fragment', 'error-page', 'event-export', 'application-log']);

/**
 * Returns the judgement with the known message of the reading, where that says more than what was judged by: a type of
 * exception, an event or a status have one general fix, and the message names the reason.
 */
export function judgedByMessage(judged: Judgement, knowledge: Knowledge): Judgement {
  const { file, facts, rank } = judged;
  if (!worded.has(file.kind)) return judged;
  const message = findKnownMessage(facts, knowledge);
  return message && message.row.priority > rank ? withMessage(judged, message, knowledge) : judged;
}

function withMessage(judged: Judgement, message: KnownMessage, knowledge: Knowledge): Judgement {
  const { rule, row, says, because, parts } = message;
  const cause = knowledge.causes.get(row.means);
  const certain = judged.file.kind === 'fragment' && row.certainty === 'confirmed' ? 'likely' : row.certainty;
  const file = {
    ...judged.file,
    verdict: cause?.verdict ?? 'failure',
    cause: cause?.id ?? null,
    confidence: cause ? certain : null,
    detail: says,
    next: row.next,
    message: { rule, parts },
    evidence: [
      ...because.map((o) => ({
        event: o.event ?? null,
        ...(o.eventName !== undefined && { eventName: o.eventName }),
        field: o.field ?? o.name,
        value: o.raw ?? formatValue(o.value),
      })),
      ...judged.file.evidence,
    ],
  };
  return { ...judged, file, cause, because };
}
