import type { FileVerdict, Report } from '../diagnosis/report.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Answer } from './answer.js';
import { errorAnswer } from './errors.js';
import { fileAnswer } from './file-answer.js';
import { findingAnswer } from './finding-answer.js';
import { findingView } from './finding-view.js';
import { manyAnswer } from './many-answer.js';

/**
 * A report in words, in the order an administrator reads: what it is and how certain, which request, the proof, why,
 * who should hold the right, one check, the fix, what to show next. One phone screen; the rest folds.
 * @param options.now for saying that a trace is old; without it nothing is said about its age
 */
export function answerReport(report: Report, knowledge: Knowledge, options: { now?: Date } = {}): Answer {
  const { now } = options;
  if (report.files.length === 0) return errorAnswer('nothing-attached');
  const readable = report.files.filter((f) => f.verdict !== 'unreadable');
  if (report.files.length === 1 && readable.length === 0) return refusal(report.files[0]!);
  const [finding] = report.diagnosis.findings;
  if (report.files.length === 1) {
    const view = finding && findingView(report, finding, knowledge, now);
    return view ? findingAnswer(view, knowledge) : fileAnswer(readable[0]!, knowledge, now);
  }
  return manyAnswer(report, knowledge, now);
}

/** Why one file cannot be used, in the catalogue's words. */
function refusal(file: FileVerdict): Answer {
  return errorAnswer(file.refusal ?? 'not-evidence', { name: file.name, looksLike: file.looksLike });
}
