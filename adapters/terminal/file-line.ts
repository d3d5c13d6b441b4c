import { statusText } from '../../src/answer/parts.js';
import { neutralize, type Paint } from '../../src/answer/text.js';
import type { OnFile } from '../../src/desk/desk.js';

type FileVerdict = Parameters<OnFile>[0];

/** Renders the result of one file as a line: verdict, status, name, cause. */
export function renderFileLine(file: FileVerdict, paint: Paint = (_role, text) => text): string {
  const code = (file.request && statusText(file.request)) ?? '';
  const cause = file.cause ? `${file.cause}${file.confidence ? `, ${file.confidence}` : ''}` : '';
  const verdict = paint(file.verdict, file.verdict.padEnd(12));
  return `${verdict} ${code.padEnd(7)} ${neutralize(file.name)}${cause && `  (${cause})`}\n`;
}
