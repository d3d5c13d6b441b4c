import type { LinearModel } from './softmax-regression.js';

/** Weights below this share of their row's largest say nothing. */
export const leastWeight = 0.18;

/** Smaller weights are noise of the training. */
const leastKept = 0.02;

/**
 * Adds what a linear model learned to rows of a table.
 * @param target the row of the table for each row of the model
 * @param first the column of the model's first class
 */
export function addWeights(
  { weights, bias: { length: columns } }: LinearModel,
  target: readonly Map<number, number>[],
  first: number,
): void {
  for (const [i, row] of target.entries())
    for (let column = 0; column < columns; column++) {
      const value = weights[i * columns + column]!;
      if (Math.abs(value) > leastKept) row.set(first + column, value);
    }
}

/** Returns rows of a table without values. */
export const emptyRows = (count: number) => Array.from({ length: count }, () => new Map<number, number>());
