import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EntryExamples } from '../../src/knowledge/examples.js';
import { loadExamples } from '../../src/knowledge/load-examples.js';
import { readNumbers } from '../../src/questions/parse/numbers.js';
import { marksOf, parseQuestion } from '../../src/questions/parse/question.js';
import { findRights } from '../../src/questions/parse/rights.js';
import { fold, segments } from '../../src/questions/parse/words.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();
const examples = loadExamples(resolve(import.meta.dirname, '../../knowledge'), knowledge);

/** Questions that need no thread to be understood. */
function standingAlone({ asks, unsorted, other, statements }: EntryExamples): string[] {
  const own = Object.values(statements).flatMap((one) => [
    ...one.asks,
    ...one.yes,
    ...one.no,
    ...Object.values(one.other).flat(),
  ]);
  return [...asks, ...unsorted, ...Object.values(other).flat(), ...own];
}

describe('the examples of questions', () => {
  it('stand under one entry each', () => {
    const owners = new Map<string, Set<string>>();
    const add = (question: string, owner: string) => {
      const words = segments(fold(question)).join(' ');
      owners.set(words, (owners.get(words) ?? new Set()).add(owner));
    };
    for (const entry of examples.entries) for (const question of standingAlone(entry)) add(question, entry.entry);
    for (const { lines } of examples.offTopic) for (const line of lines) add(line, 'off-topic');
    expect([...owners].filter(([, entries]) => entries.size > 1).map(([words, e]) => `${words}: ${[...e]}`)).toEqual(
      [],
    );
  });

  it('teach one statement each, as they are read', () => {
    const taught = new Map<string, { text: string; statement: string }[]>();
    const add = (text: string, statement: string) => {
      const words = segments(readNumbers(findRights(fold(text), knowledge).text).rest).join(' ');
      // Patterns of numbers, and numbers that are left out of the words.
      if (words === '' || /<(?:code|status)>/.test(text)) return;
      taught.set(words, [...(taught.get(words) ?? []), { text, statement }]);
    };
    for (const { entry, asks, other, statements } of examples.entries) {
      for (const text of [...asks, ...Object.values(other).flat()]) add(text, entry);
      for (const [id, { asks: own, yes, no, other: more }] of Object.entries(statements))
        for (const text of [...own, ...yes, ...no, ...Object.values(more).flat()]) add(text, `${entry}/${id}`);
    }
    const marks = (text: string) => marksOf(parseQuestion(text, knowledge), knowledge).sort().join();
    const twice = [...taught.values()].flatMap((same) =>
      same.flatMap((one, i) =>
        same
          .slice(0, i)
          .filter(({ text, statement }) => statement !== one.statement && marks(text) === marks(one.text))
          .map(({ text, statement }) => `${statement}: ${text} / ${one.statement}: ${one.text}`),
      ),
    );
    expect(twice).toEqual([]);
  });

  it('are there for every statement', () => {
    const asked = new Set(
      examples.entries.flatMap(({ entry, statements }) => Object.keys(statements).map((id) => `${entry}/${id}`)),
    );
    const all = [...knowledge.topics.values(), ...knowledge.causes.values()];
    const silent = all.flatMap(({ id, statements }) => statements.map((one) => `${id}/${one.id}`));
    expect(
      silent.filter((id) => !asked.has(id)),
      'write questions for these statements into a file of knowledge/examples, see "Teach it how people ask" in knowledge/README.md',
    ).toEqual([]);
  });
});
