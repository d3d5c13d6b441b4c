/** Places of features and their values. */
export type FeatureVector = readonly (readonly [place: number, value: number])[];

/** Weights by the place of a feature. Positive ones speak for what was wanted. */
export interface LogisticModel {
  weights: Float32Array;
  bias: number;
}

/** How often the lines are gone through, and how far each moves the weights. */
const passes = 20;
const rate = 0.6;

/** What the bias moves beside a weight. */
const biasShare = 0.1;

/**
 * Trains a logistic regression in a fixed order, so that the same lines give the same answers.
 * @param size how many places there are
 */
export function trainLogistic(lines: readonly { vector: FeatureVector; wanted: 0 | 1 }[], size: number): LogisticModel {
  const model: LogisticModel = { weights: new Float32Array(size), bias: 0 };
  // A stride that has no factor in common with the count visits each line once, mixing the kinds.
  const stride = strideFor(lines.length);
  for (let pass = 0; pass < passes; pass++) {
    const step = rate * (1 - pass / passes);
    for (let i = 0; i < lines.length; i++) {
      const { vector, wanted } = lines[(i * stride) % lines.length]!;
      const by = step * (wanted - likelihoodOf(vector, model));
      model.bias += by * biasShare;
      for (const [place, value] of vector) model.weights[place]! += by * value;
    }
  }
  return model;
}

/** Returns how likely a vector is what was wanted, 0 to 1. */
export function likelihoodOf(vector: FeatureVector, { weights, bias }: LogisticModel): number {
  const score = vector.reduce((sum, [place, value]) => sum + value * weights[place]!, bias);
  return 1 / (1 + Math.exp(-score));
}

/** Scales the features of a line to the same length, so that long lines weigh no more than short ones. */
export function scaleVector(features: FeatureVector, length = 3): [number, number][] {
  const size = Math.sqrt(features.reduce((sum, [, value]) => sum + value * value, 0)) || 1;
  return features.map(([place, value]) => [place, (length * value) / size]);
}

function strideFor(count: number): number {
  const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
  let stride = Math.max(1, Math.floor(count * 0.618));
  while (commonDivisor(stride, count) !== 1) stride++;
  return stride;
}
