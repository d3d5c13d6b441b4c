import { describe, expect, it } from 'vitest';
import { type Answer, plainText } from '../../src/answer/answer.js';
import { withNextEntry } from '../../src/questions/compose/next-entry.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();
const answerOf = (text: string): Answer => ({
  title: 'IUSR',
  summary: text,
  parts: [
    { kind: 'text', id: 'answer', keep: 'always', text },
    { kind: 'text', id: 'next', keep: 'normal', text: 'Look at the site.' },
  ],
  actions: [],
  sources: [],
});
const candidates = (share: number) => [
  { entry: 'iusr', share: 1 - share },
  { entry: 'iis-iusrs', statement: 'name-not-translated', share },
];
const shown = ({ parts }: Answer) => parts.filter(({ keep }) => keep !== 'fold').map(({ id }) => id);

describe('an answer', () => {
  it('also says what the next likely entry says, before the next step', () => {
    const answer = withNextEntry(answerOf('It is so.'), 'iusr', candidates(0.1), knowledge);
    expect(shown(answer)).toEqual(['answer', 'also', 'next']);
    const also = answer.parts.find(({ id }) => id === 'also');
    expect(also?.kind === 'text' && plainText(also.text)).toContain('S-1-5-32-568');
  });

  it('says nothing of an entry that is hardly meant, and folds it where there is no room', () => {
    expect(shown(withNextEntry(answerOf('It is so.'), 'iusr', candidates(0.01), knowledge))).toEqual([
      'answer',
      'next',
    ]);
    const long = withNextEntry(answerOf('word '.repeat(85)), 'iusr', candidates(0.1), knowledge);
    expect(shown(long)).not.toContain('also');
  });
});
