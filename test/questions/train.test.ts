import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadExamples } from '../../src/knowledge/load-examples.js';
import { serializeModel } from '../../src/questions/rank/model.js';
import { collectExamples } from '../../src/questions/train/dataset.js';
import { fitModel } from '../../src/questions/train/fit-model.js';
import { groupExamples } from '../../src/questions/train/groups.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();
const examples = loadExamples(resolve(import.meta.dirname, '../../knowledge'), knowledge);
const of = (asks: string[], statements: Record<string, string[]> = {}) => {
  const none = { asks: [], unsorted: [], thread: [], yes: [], no: [], other: {} };
  const entry = {
    ...none,
    entry: 'potato',
    asks,
    statements: Object.fromEntries(
      Object.entries(statements).map(([id, list]) => [id, { ...none, asks: list }] as const),
    ),
  };
  // Copies with a number beside them weigh less than a question.
  const all = collectExamples(knowledge, { entries: [entry], offTopic: [] }).filter(({ weight }) => weight === 1);
  return all.slice(-(asks.length + Object.values(statements).flat().length));
};

describe('the training', () => {
  it('gives the same bytes for the same examples', () => {
    const few = collectExamples(knowledge, examples).filter((_, i) => i % 120 === 0);
    expect(Buffer.compare(serializeModel(fitModel(few)), serializeModel(fitModel(few)))).toBe(0);
  });

  it('keeps nearly the same phrasings, and those of one statement, on one side of a fold', () => {
    const groups = groupExamples(
      of(
        [
          'which tools of the potato family work on new servers',
          'which tools of the potato family work on a new server',
          'is my web server safe from this attack',
        ],
        { patches: ['does an update stop it', 'are patched machines immune'] },
      ),
      'statement',
    );
    expect(groups[0]).toBe(groups[1]);
    expect(groups[2]).not.toBe(groups[0]);
    expect(groups[3]).toBe(groups[4]);
    expect(groups[3]).not.toBe(groups[2]);
  });
});
