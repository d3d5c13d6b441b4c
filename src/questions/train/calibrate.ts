import { probabilityOf } from '../rank/evidence.js';
import { offTopic, type QuestionModel } from '../rank/model.js';
import type { Example } from './example.js';
import { type HoldOutResult, holdOut } from './hold-out.js';

/** Fits both calibrations on questions that a fold's model has not seen: of the best entry, and of another world. */
export function calibrate(
  examples: readonly Example[],
  learn: (examples: readonly Example[]) => QuestionModel,
): { entry: number[]; elsewhere: number[] } {
  // One fold is some ten thousand questions: enough for a few numbers, at half the time.
  const held = holdOut(examples, learn, 'phrasing', 1);
  const alone = held.flatMap(({ example, elsewhere: evidence }) => {
    const { entry, inThread } = examples[example]!;
    return inThread ? [] : [{ evidence, right: entry === offTopic }];
  });
  return { entry: fitCalibration(held), elsewhere: fitCalibration(alone) };
}

/** Steps of the descent; more change nothing. */
const rounds = 400;

/** Returns the calibration that fits: logistic regression by gradient descent; few numbers, so all examples in each round. */
export function fitCalibration(held: readonly Pick<HoldOutResult, 'evidence' | 'right'>[]): number[] {
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
export function calibrationError(held: readonly HoldOutResult[], calibration: readonly number[]): number {
  const sums = Array.from({ length: bins }, () => ({ said: 0, right: 0 }));
  for (const { evidence, right } of held) {
    const said = probabilityOf(evidence, calibration);
    const bin = sums[Math.min(bins - 1, Math.floor(said * bins))]!;
    bin.said += said;
    bin.right += Number(right);
  }
  return sums.reduce((error, { said, right }) => error + Math.abs(said - right), 0) / held.length;
}
