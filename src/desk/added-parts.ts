import type { Part, Text } from '../answer/answer.js';
import { countWords } from '../answer/wording.js';
import { toSpans } from './short-answer.js';

/** Parts that the desk adds to an answer. */

/** Returns the files that could not be read, below the answer about the others. */
export function failedFilesPart(failed: readonly { sentence: Text; next: Text }[]): Part {
  return {
    kind: 'notice',
    id: 'failed-files',
    level: 'warning',
    keep: 'always',
    text: failed.flatMap(({ sentence, next }, i) => [
      ...(i > 0 ? [' '] : []),
      ...toSpans(sentence),
      ' ',
      ...toSpans(next),
    ]),
  };
}

/** Below an error: its number in the operator's log. */
export function requestNumberPart(request: string): Part {
  return { kind: 'text', id: 'request', keep: 'normal', text: `Request ${request}` };
}

/** Returns the number of skipped files of a bundle, so that nothing is skipped silently. */
export function skippedPart(files: number): Part {
  const text = `I skipped ${countWords(files, 'file')} that ${files === 1 ? "isn't" : "aren't"} evidence (style sheets, pictures, other texts).`;
  return { kind: 'text', id: 'skipped', keep: 'fold', text };
}
