import { evidenceOfElsewhere } from '../rank/elsewhere.js';
import { type QuestionModel, rowsByPlace } from '../rank/model.js';
import { toVector } from '../rank/vector.js';
import { evidenceOf, voteForEntries } from '../rank/votes.js';
import type { Example } from './example.js';
import { type GroupUnit, groupExamples } from './groups.js';

/** Parts into which the examples are divided. */
export const folds = 2;

/** What a question that was not learned from got, and whether that was right. */
export interface HoldOutResult {
  example: number;
  evidence: number[];
  /** The evidence that it is about another world. */
  elsewhere: number[];
  right: boolean;
  /** The right entry is among the best three. */
  among: boolean;
}

/**
 * Trains on all folds but one, and tries that one. A fold holds whole groups of examples (`groupExamples`).
 * @param count how many folds are tried: each of them costs a training
 */
export function holdOut(
  examples: readonly Example[],
  learn: (examples: readonly Example[]) => QuestionModel,
  grouping: GroupUnit,
  count: number = folds,
): HoldOutResult[] {
  const foldOf = groupExamples(examples, grouping).map((group) => group % folds);
  return Array.from({ length: count }, (_, fold) => {
    const model = learn(examples.filter((_example, i) => foldOf[i] !== fold));
    const rowOf = rowsByPlace(model.places);
    return examples.flatMap((example, i): HoldOutResult[] => {
      if (foldOf[i] !== fold || example.weight < 1) return [];
      const vector = toVector(example.features, rowOf, model.rarity);
      const votes = voteForEntries(vector, model);
      const names = votes.order.slice(0, 3).map((entry) => model.entries[entry]);
      return [
        {
          example: i,
          evidence: evidenceOf(votes),
          elsewhere: evidenceOfElsewhere(vector, votes, model),
          right: names[0] === example.entry,
          among: names.includes(example.entry),
        },
      ];
    });
  }).flat();
}
