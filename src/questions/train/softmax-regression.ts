import { softmax } from '../rank/evidence.js';
import type { SparseVector } from '../rank/vector.js';
import { randomNumbers, shuffle } from './random.js';

/** What a linear model is trained on. */
export interface TrainingSet {
  vectors: readonly SparseVector[];
  /** The class of each vector. */
  classes: Uint16Array;
  weights: Float32Array;
  rows: number;
  classCount: number;
}

/** How a linear model is trained. */
export interface TrainingPlan {
  /** How often the examples are gone through. */
  passes: number;
  /** The size of the first steps; it falls to 0. */
  rate: number;
  /** How far classes with few examples are made up for: 0 not at all, 1 until each class counts alike. */
  balance: number;
}

export interface LinearModel {
  /** `weights[row * classCount + class]` */
  weights: Float32Array;
  bias: Float32Array;
}

/** Share of the features left out of an example in each pass: a question holds only some of the words of its examples. */
const dropped = 0.35;
/** Smaller errors change nothing worth the time. */
const leastError = 5e-3;
/** How much more an example of a rare class counts at most. */
const mostImportance = 4;

/** Trains a softmax regression by stochastic gradient descent. The same input gives the same bytes. */
export function trainSoftmax(
  { vectors, classes, weights: counts, rows, classCount }: TrainingSet,
  { passes, rate, balance }: TrainingPlan,
): LinearModel {
  const weights = new Float32Array(rows * classCount);
  const bias = new Float32Array(classCount);
  const random = randomNumbers(1);
  const perClass = new Float32Array(classCount);
  for (const [i, label] of classes.entries()) perClass[label]! += counts[i]!;
  const mean = perClass.reduce((sum, count) => sum + count, 0) / classCount;
  const order = Uint32Array.from(vectors.keys());
  const errors = new Float32Array(classCount);
  const wrong = new Uint16Array(classCount);
  const kept = emptyFeatures(vectors);
  for (let pass = 0; pass < passes; pass++) {
    shuffle(order, random);
    const step = rate * (1 - pass / passes);
    for (const i of order) {
      const size = dropFeatures(vectors[i]!, random, kept);
      errors.set(bias);
      for (let j = 0; j < size; j++) {
        const from = kept.rows[j]! * classCount;
        const value = kept.values[j]!;
        for (let c = 0; c < classCount; c++) errors[c]! += value * weights[from + c]!;
      }
      softmax(errors);
      const label = classes[i]!;
      errors[label]! -= 1;
      let count = 0;
      for (let c = 0; c < classCount; c++) if (Math.abs(errors[c]!) > leastError) wrong[count++] = c;
      const importance = Math.min(mostImportance, (mean / perClass[label]!) ** balance) * counts[i]!;
      for (let j = 0; j < size; j++) {
        const from = kept.rows[j]! * classCount;
        const by = kept.values[j]! * step * importance;
        for (let k = 0; k < count; k++) weights[from + wrong[k]!]! -= by * errors[wrong[k]!]!;
      }
      for (let k = 0; k < count; k++) bias[wrong[k]!]! -= 0.005 * step * importance * errors[wrong[k]!]!;
    }
  }
  return { weights, bias };
}

type Features = Pick<SparseVector, 'rows' | 'values'>;

/** Returns room for the features of the longest vector: it is filled anew for each example. */
function emptyFeatures(vectors: readonly Features[]): Features {
  const most = vectors.reduce((longest, { rows }) => Math.max(longest, rows.length), 0);
  return { rows: new Uint32Array(most), values: new Float32Array(most) };
}

/** Fills `kept` with some of the features, and returns how many. */
function dropFeatures({ rows, values }: Features, random: () => number, kept: Features): number {
  let size = 0;
  for (let i = 0; i < rows.length; i++) {
    if (random() < dropped) continue;
    kept.rows[size] = rows[i]!;
    kept.values[size++] = values[i]!;
  }
  return size;
}
