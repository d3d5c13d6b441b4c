/** Turns scores into shares that sum to 1, in place. */
export function softmax(scores: Float32Array): void {
  let largest = -Infinity;
  for (const score of scores) largest = Math.max(largest, score);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += scores[i] = Math.exp(scores[i]! - largest);
  for (let i = 0; i < scores.length; i++) scores[i]! /= sum;
}

/** Returns a share as a logarithm of odds, bounded near 0 and 1. */
export function oddsOf(share: number): number {
  return Math.log((share + 0.01) / (1.01 - share));
}

/** The logistic function of the weighted evidence. */
export function probabilityOf(evidence: readonly number[], calibration: readonly number[]): number {
  const sum = evidence.reduce((total, value, i) => total + value * calibration[i]!, 0);
  return 1 / (1 + Math.exp(-sum));
}
