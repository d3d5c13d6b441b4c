import type { FileVerdict, Report } from '../diagnosis/report.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Answer } from './answer.js';
import { errorAnswer } from './errors.js';
import { fileAnswer } from './file-answer.js';
import { findingAnswer } from './finding-answer.js';
import { findingView } from './finding-view.js';
import { fleetAnswer } from './fleet-answer.js';
import { findLeadOfText } from './lead-of-text.js';
import { manyAnswer } from './many-answer.js';

/**
 * Answers a report, in the order an administrator reads: the cause and its certainty, the request, the fix, the proof, why, who
 * should have the right, one check, what to send next. One phone screen; the rest folds.
 * @param options.now for the age of a trace; without it the answer says nothing about it
 */
export function answerReport(report: Report, knowledge: Knowledge, options: { now?: Date } = {}): Answer {
  const { now } = options;
  if (report.files.length === 0) return errorAnswer('nothing-attached');
  const readable = report.files.filter((f) => f.verdict !== 'unreadable');
  if (report.files.length === 1 && readable.length === 0) return refusal(report.files[0]!);
  if (report.fleet) return fleetAnswer(report.fleet, report, knowledge);
  const [finding] = report.diagnosis.findings;
  const lead = findLeadOfText(report, knowledge);
  const leading = lead && findingView(report, lead, knowledge, now);
  if (leading) return findingAnswer({ ...leading, single: true }, knowledge);
  if (report.files.length === 1) {
    const view = finding && findingView(report, finding, knowledge, now);
    return view ? findingAnswer(view, knowledge) : fileAnswer(readable[0]!, knowledge, now);
  }
  return manyAnswer(report, knowledge, now);
}

/** Says why one file cannot be used, in the catalogue's words. */
function refusal(file: FileVerdict): Answer {
  return errorAnswer(file.refusal ?? 'not-evidence', { name: file.name, looksLike: file.looksLike });
}
