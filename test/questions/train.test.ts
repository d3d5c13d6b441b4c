import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadExamples } from '../../src/knowledge/load-examples.js';
import { serializeModel } from '../../src/questions/rank/model-file.js';
import { exampleOf } from '../../src/questions/train/example.js';
import { fitModel } from '../../src/questions/train/fit-model.js';
import { groupExamples } from '../../src/questions/train/groups.js';
import { textsOfExamples, textsOfOtherWorlds } from '../../src/questions/train/texts-of-examples.js';
import { textsOfKnowledge } from '../../src/questions/train/texts-of-knowledge.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();
const examples = loadExamples(resolve(import.meta.dirname, '../../knowledge'), knowledge);
/** Examples of its own entry, as a whole or for its statements. */
const of = (asks: string[], statements: Record<string, string[]> = {}) =>
  Object.entries({ '': asks, ...statements }).flatMap(([statement, list]) =>
    list.flatMap((text) => exampleOf({ text, entry: 'potato', statement }, knowledge) ?? []),
  );

describe('the training', () => {
  it('gives the same bytes for the same examples', () => {
    const texts = [
      ...textsOfKnowledge(knowledge),
      ...textsOfExamples(examples.entries, knowledge, () => 0),
      ...textsOfOtherWorlds(examples.offTopic, knowledge),
    ];
    const few = texts.filter((_, i) => i % 120 === 0).flatMap((text) => exampleOf(text, knowledge) ?? []);
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
