import type { Knowledge } from '../knowledge/knowledge.js';
import { buildOnce } from '../knowledge/per-knowledge.js';
import { likelihoodOf, scaleVector, trainLogistic } from './logistic.js';
import { marksOf, parseQuestion } from './parse/question.js';
import { fold, segments } from './parse/words.js';
import { featureSpace, featuresOf } from './rank/features.js';

/**
 * Returns how likely a line of a thread is a question for Frebot and not for the people there, 0 to 1; 0 for knowledge that
 * holds no such lines. Learned from them at the first call, which takes some tenths of a second: a desk that serves warms it.
 */
export function likelihoodForFrebot(line: string, knowledge: Knowledge): number {
  if (knowledge.talk.size === 0) return 0;
  return likelihoodOf(vectorOf(line, knowledge), talkModel(knowledge));
}

const talkModel = buildOnce((knowledge) => {
  const lines = [...knowledge.talk.values()].flatMap(({ to, lines }) =>
    lines.map((line) => ({ vector: vectorOf(line, knowledge), wanted: to === 'frebot' ? (1 as const) : (0 as const) })),
  );
  return trainLogistic(lines, featureSpace);
});

/** The words and how the line begins, which says most about whom it is for. */
function vectorOf(line: string, knowledge: Knowledge): [number, number][] {
  const folded = fold(line);
  const [first = '', second = '', third = ''] = segments(folded);
  const begins = [`begins ${first}`, `begins ${first} ${second}`, `begins ${first} ${second} ${third}`];
  const marks = marksOf(parseQuestion(line, knowledge), knowledge);
  return scaleVector([...featuresOf(folded, [...begins, ...marks])]);
}
