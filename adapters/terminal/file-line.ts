import { neutralize } from '../../src/answer/text.js';
import type { OnFile } from '../../src/desk/desk.js';

type FileVerdict = Parameters<OnFile>[0];

/** Renders the result of one file as a line: verdict, status, name, cause. */
export function renderFileLine(file: FileVerdict): string {
  const status = file.request?.status;
  const code = status ? `${status}${file.request?.substatus ? `.${file.request.substatus}` : ''}` : '';
  const cause = file.cause ? `${file.cause}${file.confidence ? `, ${file.confidence}` : ''}` : '';
  return `${file.verdict.padEnd(12)} ${code.padEnd(7)} ${neutralize(file.name)}${cause && `  (${cause})`}\n`;
}
