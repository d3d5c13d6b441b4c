import type { FileVerdict, Report } from '../diagnosis/report.js';
import type { Part, Text } from './answer.js';
import { errorEntry } from './errors.js';
import { kindOf } from './kind-names.js';
import { statusText, urlPath } from './parts.js';
import { capitalize, formatUtc } from './wording.js';

/** Files that each have a line on the first screen; the table of more files folds. */
export const linesShown = 5;

/** Rows of the table of files; the rest is a number. */
const rowsShown = 100;

/** Lists each file with its own verdict. */
export function filesPart(report: Report): Part {
  const rows = report.files.slice(0, rowsShown).map((f): Text[] => [f.name, verdictWords(f), lineOf(f)]);
  const hiddenCount = report.files.length - rows.length;
  if (hiddenCount > 0) rows.push([`${hiddenCount.toLocaleString('en-US')} more`, '', '']);
  return {
    kind: 'table',
    id: 'files',
    heading: 'Results per file',
    keep: report.files.length <= linesShown ? 'normal' : 'fold',
    columns: ['File', 'Verdict', 'What it shows'],
    rows,
  };
}

function verdictWords(file: FileVerdict): string {
  return file.confidence && file.verdict === 'failure' ? `${file.verdict}, ${file.confidence}` : file.verdict;
}

function lineOf(file: FileVerdict): Text {
  if (file.verdict === 'unreadable') {
    return errorEntry(file.refusal ?? 'not-evidence').user({ name: 'It', looksLike: file.looksLike });
  }
  const request = file.request;
  if (!request) return file.detail ?? capitalize(kindOf(file));
  const status = statusText(request);
  const what = [request.verb, request.url && urlPath(request.url)].filter(Boolean).join(' ');
  const pieces = [
    what,
    status && `→ ${status}`,
    file.decisive?.errorCode,
    request.time && formatUtc(request.time),
  ].filter(Boolean);
  return pieces.join(' ');
}
