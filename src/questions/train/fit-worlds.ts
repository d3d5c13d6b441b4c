import { offTopic, type QuestionModel } from '../rank/model.js';
import type { SparseVector } from '../rank/vector.js';
import type { Example } from './example.js';
import { trainSoftmax } from './softmax-regression.js';

/** Both worlds count alike, though most examples are of ours. */
const plan = { passes: 7, rate: 4, balance: 1 } as const;

/** Fits what tells other worlds from ours: one weight for each row, positive for others. */
export function fitWorlds(
  examples: readonly Example[],
  vectors: readonly SparseVector[],
  rows: number,
): QuestionModel['elsewhere'] {
  const { weights, bias } = trainSoftmax(
    {
      vectors,
      classes: Uint16Array.from(examples, ({ entry }) => Number(entry === offTopic)),
      weights: Float32Array.from(examples, ({ weight }) => weight),
      rows,
      classCount: 2,
    },
    plan,
  );
  return {
    weights: Float32Array.from({ length: rows }, (_, row) => weights[2 * row + 1]! - weights[2 * row]!),
    bias: bias[1]! - bias[0]!,
    calibration: [],
  };
}
