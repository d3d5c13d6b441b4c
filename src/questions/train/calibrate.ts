import { evidenceOfElsewhere } from '../rank/elsewhere.js';
import { probabilityOf } from '../rank/evidence.js';
import { offTopic, type QuestionModel, rowsByPlace } from '../rank/model.js';
import { toVector } from '../rank/vector.js';
import { evidenceOf, voteForEntries } from '../rank/votes.js';
import type { Example } from './dataset.js';
import { type Grouping, groupExamples } from './groups.js';

/** In so many parts the examples are held out. */
export const folds = 2;
const rounds = 400;

/** What a question that was not learned from got, and whether that was right. */
interface HeldOut {
  example: number;
  evidence: number[];
  /** The evidence that it is about another world. */
  elsewhere: number[];
  right: boolean;
  /** The right entry is among the best three. */
  among: boolean;
}

/** Fits both calibrations on questions that each fold's model has not seen: of the best entry, and of another world. */
export function calibrate(
  examples: readonly Example[],
  learn: (examples: readonly Example[]) => QuestionModel,
): { entry: number[]; elsewhere: number[] } {
  const held = holdOut(examples, learn, 'phrasing');
  const alone = held.flatMap(({ example, elsewhere: evidence }) => {
    const { entry, inThread } = examples[example]!;
    return inThread ? [] : [{ evidence, right: entry === offTopic }];
  });
  return { entry: fitCalibration(held), elsewhere: fitCalibration(alone) };
}

/** Trains on all folds but one, and tries that one. A fold holds whole groups of examples (`groupExamples`). */
export function holdOut(
  examples: readonly Example[],
  learn: (examples: readonly Example[]) => QuestionModel,
  grouping: Grouping,
): HeldOut[] {
  const foldOf = groupExamples(examples, grouping).map((group) => group % folds);
  return Array.from({ length: folds }, (_, fold) => {
    const model = learn(examples.filter((_example, i) => foldOf[i] !== fold));
    const rowOf = rowsByPlace(model.places);
    return examples.flatMap((example, i): HeldOut[] => {
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

/** Returns the calibration that fits: logistic regression by gradient descent; few numbers, so all examples in each round. */
export function fitCalibration(held: readonly Pick<HeldOut, 'evidence' | 'right'>[]): number[] {
  const size = held[0]!.evidence.length;
  let calibration = new Array<number>(size).fill(0);
  for (let round = 0; round < rounds; round++) {
    const gradient = new Array<number>(size).fill(0);
    for (const { evidence, right } of held) {
      const error = probabilityOf(evidence, calibration) - (right ? 1 : 0);
      for (let i = 0; i < size; i++) gradient[i]! += error * evidence[i]!;
    }
    calibration = calibration.map((value, i) => value - (2 * gradient[i]!) / held.length);
  }
  return calibration;
}

const bins = 10;

/**
 * Returns the expected calibration error: how far the probability is from the share that was right, by bins of equal width,
 * weighted by their size.
 */
export function calibrationError(held: readonly HeldOut[], calibration: readonly number[]): number {
  const sums = Array.from({ length: bins }, () => ({ said: 0, right: 0 }));
  for (const { evidence, right } of held) {
    const said = probabilityOf(evidence, calibration);
    const bin = sums[Math.min(bins - 1, Math.floor(said * bins))]!;
    bin.said += said;
    bin.right += Number(right);
  }
  return sums.reduce((error, { said, right }) => error + Math.abs(said - right), 0) / held.length;
}
