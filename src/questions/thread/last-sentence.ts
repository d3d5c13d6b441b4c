import type { Question } from '../parse/question.js';
import { mayLean } from '../rank/context.js';

/** Fewer words ("thanks!") ask nothing. */
const fewestWords = 3;

/** Returns the sentence of a longer line that asks, or its last one, where that is short enough to lean on its thread: "It works now. How do we keep it so?" */
export function lastSentence({ folded, length }: Pick<Question, 'folded' | 'length'>): string | undefined {
  if (mayLean({ length })) return undefined;
  const sentences = folded.split(/(?<=[.!?;])\s+/);
  // What follows a question mostly says why it is asked.
  const last = sentences.findLast((one) => one.endsWith('?')) ?? sentences.at(-1) ?? '';
  const words = last.split(' ').length;
  return sentences.length > 1 && words >= fewestWords && mayLean({ length: words }) ? last : undefined;
}
