import { beforeAll, describe, expect, it } from 'vitest';
import type { Knowledge } from '../../src/knowledge/knowledge.js';
import { ask } from '../../src/questions/ask.js';
import { builtKnowledge } from '../built-knowledge.js';
import { signs } from './signs.js';

let knowledge: Knowledge;
/** Each question of the table with what was answered. */
let asked: { question: string; right: string[]; sign: string; summary: string }[];
beforeAll(() => {
  knowledge = builtKnowledge();
  asked = signs.map(([question, right]) => {
    const { summary } = ask(question, knowledge).answer;
    return { question, right: right.split(' | '), sign: signOf(summary), summary };
  });
});

const signOf = (text: string) => /^(Yes|No)\. /.exec(text)?.[1] ?? '-';

describe('Yes and No', () => {
  it('is never the wrong one', () => {
    const wrong = asked.filter(({ sign, right }) => sign !== '-' && !right.includes(sign));
    expect(wrong.map(({ question, summary }) => `${question} -> ${summary}`)).toEqual([]);
  });

  it('is said to many of these questions, so that caution is no silence', () => {
    const said = asked.filter(({ sign }) => sign !== '-').length;
    console.log(`signs said: ${said} of ${asked.length}`);
    expect(said).toBeGreaterThan(0.58 * asked.length);
  });

  it.each([
    'which is dangerous, SeBackupPrivilege or SeDebugPrivilege',
    'should I keep or remove IIS_IUSRS',
    'can I remove IIS_IUSRS from the right or must I keep it',
    'why is SeImpersonatePrivilege dangerous',
    'how can I remove IIS_IUSRS from the right',
    'what breaks if I remove IIS_IUSRS from the right',
    'is it SERVICE or LOCAL SERVICE that belongs on the list',
    'is it 500.24 or the impersonation right',
    'do I have to add the group or the account to the right',
    'is gpupdate enough or must the pool be recycled too',
  ])('is not said to a question that wants something else: "%s"', (question) => {
    expect(signOf(ask(question, knowledge).answer.summary)).toBe('-');
  });
});
