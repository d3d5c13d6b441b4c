import { oddsOf, probabilityOf } from './evidence.js';
import { offTopic, type QuestionModel } from './model.js';
import type { SparseVector } from './vector.js';
import type { EntryVotes } from './votes.js';

/** Returns how likely a question is about another world, 0 to 1, calibrated on examples that the model had not seen. */
export function likelihoodOfElsewhere(vector: SparseVector, votes: EntryVotes, model: QuestionModel): number {
  return probabilityOf(evidenceOfElsewhere(vector, votes, model), model.elsewhere.calibration);
}

/**
 * What speaks for another world: all words together, by the model that knows only ours and others; the votes for lines of other
 * worlds, and for the best entry of ours; how much of the question no example holds.
 */
export function evidenceOfElsewhere(
  { rows, values }: SparseVector,
  { shares, known }: EntryVotes,
  { entries, elsewhere }: QuestionModel,
): number[] {
  let words = elsewhere.bias;
  for (let i = 0; i < rows.length; i++) words += values[i]! * elsewhere.weights[rows[i]!]!;
  const other = entries.indexOf(offTopic);
  const best = shares.reduce((most, share, entry) => (entry === other ? most : Math.max(most, share)), 0);
  return [1, words, oddsOf(shares[other] ?? 0), oddsOf(best), known];
}
