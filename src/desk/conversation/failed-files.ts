import type { Answer, Text } from '../../answer/answer.js';
import { errorAnswer, errorEntry } from '../../answer/errors.js';
import { failedFilesPart } from '../added-parts.js';
import type { Trouble } from '../trouble.js';

/** A file that could not be fetched or read. */
export interface FailedFile extends Trouble {
  name: string;
}

/** Returns the catalogue's words for a failed file. */
export function describeFailedFile({ code, facts }: FailedFile): { sentence: Text; next: Text } {
  const entry = errorEntry(code);
  return { sentence: entry.user(facts), next: entry.next(facts) };
}

/** Answers a message of which no file could be read: the first failure is the answer, the others follow as sentences. */
export function answerFailedFiles([first, ...others]: readonly FailedFile[]): Answer {
  if (!first) return errorAnswer('nothing-attached');
  return withFailedFiles(errorAnswer(first.code, first.facts), others);
}

/** Adds a sentence for each failed file to an answer. */
export function withFailedFiles(answer: Answer, failed: readonly FailedFile[]): Answer {
  if (failed.length === 0) return answer;
  return { ...answer, parts: [...answer.parts, failedFilesPart(failed.map(describeFailedFile))] };
}
