import type { Knowledge } from '../knowledge/knowledge.js';
import { marksOf, parseQuestion } from './parse/question.js';
import { fold, segments } from './parse/words.js';
import { featureSpace, featuresOf } from './rank/features.js';

/** How often the lines are gone through, and how far each moves the weights. */
const passes = 20;
const rate = 0.6;

/** Weights by the place of a feature. Positive ones speak for a question to Frebot. */
interface TalkModel {
  weights: Float32Array;
  bias: number;
}

const models = new WeakMap<Knowledge, TalkModel>();

/**
 * Returns how likely a line of a thread is a question for Frebot and not for the people there, 0 to 1; 0 for knowledge that
 * holds no such lines. Learned from them at the first call, which takes some tenths of a second: a desk that serves warms it.
 */
export function likelihoodForFrebot(line: string, knowledge: Knowledge): number {
  if (knowledge.talk.size === 0) return 0;
  let model = models.get(knowledge);
  if (!model) {
    model = trainTalk(knowledge);
    models.set(knowledge, model);
  }
  return likelihood(vectorOf(line, knowledge), model);
}

/** Trains a logistic regression in a fixed order, so that the same lines give the same answers. */
function trainTalk(knowledge: Knowledge): TalkModel {
  const lines = [...knowledge.talk.values()].flatMap(({ to, lines }) =>
    lines.map((line) => ({ vector: vectorOf(line, knowledge), wanted: to === 'frebot' ? 1 : 0 })),
  );
  const model: TalkModel = { weights: new Float32Array(featureSpace), bias: 0 };
  // A stride that has no factor in common with the count visits each line once, mixing both kinds.
  const stride = strideFor(lines.length);
  for (let pass = 0; pass < passes; pass++) {
    const step = rate * (1 - pass / passes);
    for (let i = 0; i < lines.length; i++) {
      const { vector, wanted } = lines[(i * stride) % lines.length]!;
      const by = step * (wanted - likelihood(vector, model));
      model.bias += by * 0.1;
      for (const [place, value] of vector) model.weights[place]! += by * value;
    }
  }
  return model;
}

function likelihood(vector: readonly (readonly [number, number])[], { weights, bias }: TalkModel): number {
  const score = vector.reduce((sum, [place, value]) => sum + value * weights[place]!, bias);
  return 1 / (1 + Math.exp(-score));
}

/** The words and how the line begins, which says most about whom it is for. */
function vectorOf(line: string, knowledge: Knowledge): [number, number][] {
  const folded = fold(line);
  const [first = '', second = '', third = ''] = segments(folded);
  const begins = [`begins ${first}`, `begins ${first} ${second}`, `begins ${first} ${second} ${third}`];
  const marks = marksOf(parseQuestion(line, knowledge), knowledge);
  const features = [...featuresOf(folded, [...begins, ...marks])];
  const length = Math.sqrt(features.reduce((sum, [, value]) => sum + value * value, 0)) || 1;
  return features.map(([place, value]) => [place, (3 * value) / length]);
}

function strideFor(count: number): number {
  const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
  let stride = Math.max(1, Math.floor(count * 0.618));
  while (commonDivisor(stride, count) !== 1) stride++;
  return stride;
}
