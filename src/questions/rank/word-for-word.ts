import type { Candidate } from './candidate.js';
import { ofThread, type QuestionModel, statementOf } from './model.js';
import type { NearExample } from './votes.js';

/** From this similarity on a question is an example, word for word. */
export const wordForWord = 0.9;

/**
 * Returns the entry that a question means which is word for word what every thread may ask: its own subject, or a fact of its failure.
 * @param about what the thread is about
 */
export function findCommonQuestion(
  near: readonly NearExample[],
  about: readonly string[],
  model: QuestionModel,
): string | undefined {
  const owners = near.filter(({ similarity }) => similarity >= wordForWord).map((one) => ownerOf(one, model));
  // The same words in threads about something of their own mean that.
  return owners.some((owner) => about.includes(owner)) ? undefined : owners.find((owner) => ofThread.has(owner));
}

/** Returns the entry of a near example. */
const ownerOf = ({ example }: NearExample, model: QuestionModel): string =>
  model.entries[statementOf(example, model).entry]!;

/** From this similarity on a question differs from an example by signs at most. */
const sameWords = 0.97;

/** Returns the entry whose example a question repeats; undefined where examples of several entries have these words. */
export function findRepeatedExample(near: readonly NearExample[], model: QuestionModel): string | undefined {
  const owners = near
    .filter(({ similarity }) => similarity >= sameWords)
    .map((one) => ownerOf(one, model))
    .filter((entry) => !ofThread.has(entry));
  return owners.every((entry) => entry === owners[0]) ? owners[0] : undefined;
}

/** Returns the candidates with this entry before all others. */
export function putFirst(entry: string, candidates: readonly Candidate[], statement: string | undefined): Candidate[] {
  const share = candidates[0]?.share ?? 1;
  return [{ entry, share, ...(statement && { statement }) }, ...candidates.filter((one) => one.entry !== entry)];
}
