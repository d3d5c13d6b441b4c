import type { FileVerdict, Finding, Report } from '../diagnosis/report.js';
import type { Knowledge } from '../knowledge/knowledge.js';

/** Pieces of a text that tell of a failure; lists of rights and their like are witnesses, and each has its own line. */
const told: ReadonlySet<FileVerdict['kind']> = new Set([
  'application-log',
  'error-page',
  'event-export',
  'fragment',
  'freb-log',
]);

const sureness = { confirmed: 2, likely: 1, possible: 0 } as const;

/**
 * Returns the finding that answers all pieces of one text: a post shows one failure as an event, a page and a trace, and the piece
 * that says most leads, a reason before what only shows that something ended. Undefined for several files, for two whole logs, and
 * where two causes are equally sure.
 */
export function findLeadOfText(report: Report, knowledge: Knowledge): Finding | undefined {
  const [first, ...others] = report.files;
  if (!first || first.continues || others.length === 0) return undefined;
  if (!others.every(({ continues }) => continues) || !report.files.every(({ kind }) => told.has(kind)))
    return undefined;
  if (report.files.filter(({ kind }) => kind === 'freb-log').length > 1) return undefined;
  const { findings } = report.diagnosis;
  const reasons = findings.filter(
    ({ cause }) => !findings.some((other) => knowledge.causes.get(cause)?.reasons.includes(other.cause)),
  );
  const candidates = reasons.length > 0 ? reasons : findings;
  const [lead, next] = [...candidates].sort((a, b) => sureness[b.confidence] - sureness[a.confidence]);
  if (!lead || knowledge.causes.get(lead.cause)?.reasoning === 'user-right') return undefined;
  return next && sureness[next.confidence] === sureness[lead.confidence] ? undefined : lead;
}
