import type { Question } from '../parse/question.js';
import { mayLean } from '../rank/context.js';

/** Fewer words ("thanks!") ask nothing. */
const fewestWords = 3;

/**
 * Returns the part of a line that asks, where that is short enough to refer to its thread: the last sentence of a longer line ("It works now. How do
 * we keep it so?"), or what follows the last comma of a question ("still the same, do I reboot?").
 */
export function lastSentence({ folded, length }: Pick<Question, 'folded' | 'length'>): string | undefined {
  return mayLean({ length }) ? lastClause(folded) : lastOfSentences(folded);
}

function lastOfSentences(folded: string): string | undefined {
  const sentences = folded.split(/(?<=[.!?;])\s+/);
  // What follows a question mostly says why it is asked.
  const last = sentences.findLast((one) => one.endsWith('?')) ?? sentences.at(-1) ?? '';
  return sentences.length > 1 && isShort(last) ? last : undefined;
}

function lastClause(folded: string): string | undefined {
  const clauses = folded.split(/,\s+/);
  const last = clauses.at(-1)!;
  return clauses.length > 1 && last.endsWith('?') && isShort(last) ? last : undefined;
}

function isShort(part: string): boolean {
  const words = part.split(' ').length;
  return words >= fewestWords && mayLean({ length: words });
}
