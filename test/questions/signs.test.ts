import { beforeAll, describe, expect, it } from 'vitest';
import type { Knowledge } from '../../src/knowledge/knowledge.js';
import { compileProposition, propositionOf } from '../../src/knowledge/propositions.js';
import { ask } from '../../src/questions/ask.js';
import { polarAnswer } from '../../src/questions/polar.js';
import { readQuestion } from '../../src/questions/read.js';
import { builtKnowledge } from '../built-knowledge.js';
import { signs } from './signs.js';

let knowledge: Knowledge;
/** Each question of the table with what was answered. */
let asked: { question: string; right: string[]; text: string; sign: string; entry: string | undefined }[];
beforeAll(() => {
  knowledge = builtKnowledge();
  asked = signs.map(([question, right]) => {
    const { answer, entry } = ask(question, knowledge);
    const { text } = readQuestion(question);
    return { question, right: right.split(' | '), text, sign: signOf(answer.summary), entry };
  });
});

const signOf = (text: string | undefined) => /^(Yes|No|It depends)[:,]/.exec(text ?? '')?.[1] ?? '-';
const isRight = (sign: string, right: readonly string[]) => sign === '-' || right.includes(sign);

describe('Yes and No', () => {
  it('is never the wrong one', () => {
    const wrong = asked.filter(({ sign, right }) => !isRight(sign, right));
    expect(wrong.map(({ question, sign, entry }) => `${question} -> ${sign}, by ${entry}`)).toEqual([]);
  });

  it('is never the wrong one, whatever topic the search may take', () => {
    const wrong = asked.flatMap(({ question, right, text }) =>
      [...knowledge.topics.values()]
        .map((topic) => ({ topic, sign: signOf(polarAnswer(topic, text, knowledge)) }))
        .filter(({ sign }) => !isRight(sign, right))
        .map(({ topic, sign }) => `${question} -> ${sign}, by ${topic.id}`),
    );
    expect(wrong).toEqual([]);
  });

  it('is said to many of these questions, so that caution is no silence', () => {
    expect(asked.filter(({ sign }) => sign !== '-').length).toBeGreaterThan(0.45 * asked.length);
  });

  it('is tried in both directions for every answer that holds one', () => {
    const entries = [...knowledge.topics.values()].flatMap((topic) => topic.polars.map((polar) => ({ topic, polar })));
    const untried = entries.flatMap(({ topic, polar }) => {
      const speaks = ({ text }: { text: string }) => polarAnswer(topic, text, knowledge) === polar.answer;
      const opposite = asked.some((a) => a.entry === topic.id && !a.right.includes(signOf(polar.answer)) && !speaks(a));
      if (asked.some(speaks) && opposite) return [];
      return [`${topic.id}: ${polar.answer} (${opposite ? 'never said' : 'no opposite'})`];
    });
    expect(untried).toEqual([]);
  });

  it.each([
    'which is dangerous, SeBackupPrivilege or SeDebugPrivilege',
    'should I keep or remove IIS_IUSRS',
    'can I remove IIS_IUSRS from the right or must I keep it',
    'why is SeImpersonatePrivilege dangerous',
    'how can I remove IIS_IUSRS from the right',
    'what breaks if I remove IIS_IUSRS from the right',
    'is it SERVICE or LOCAL SERVICE that belongs on the list',
  ])('is not said to a question that wants something else: "%s"', (question) => {
    expect(signOf(ask(question, knowledge).answer.summary)).toBe('-');
  });
});

describe('the pattern of a question', () => {
  const fits = (when: string, question: string) => compileProposition(when).test(propositionOf(question));

  it('covers the whole question, so that no word is skipped that may turn the sign round', () => {
    const when = '<may> <remove> <group><offlist>';
    expect(fits(when, 'can i remove iis_iusrs from the right?')).toBe(true);
    expect(fits(when, 'can we really just delete the iis_iusrs group')).toBe(true);
    for (const other of [
      'can i not remove iis_iusrs from the right',
      'can i remove iis_iusrs from the right or not',
      'can i remove iis_iusrs from the right without a restart',
      'can i never remove iis_iusrs',
      'can i keep iis_iusrs',
      'why can i remove iis_iusrs',
    ])
      expect(fits(when, other), other).toBe(false);
  });

  it('is refused when it names a slot that does not exist or is no expression', () => {
    expect(() => compileProposition('is <nothing> needed')).toThrow(/no slot <nothing>/);
    expect(() => compileProposition('is (it')).toThrow();
  });

  it('takes nothing from a text too long for one question', () => {
    expect(propositionOf(`is it ${'very '.repeat(40)} dangerous`)).toBe('');
  });
});
