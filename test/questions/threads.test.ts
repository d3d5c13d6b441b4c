import { describe, expect, it } from 'vitest';
import { ask } from '../../src/questions/ask.js';
import { rememberAnswer, type ThreadFacts } from '../../src/questions/thread/facts.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();

/** Asks these questions one after the other in one thread; returns the last result and what the thread knows. */
function converse(...questions: string[]) {
  let thread: ThreadFacts = {};
  let result = ask('', knowledge);
  for (const question of questions) {
    result = ask(question, knowledge, thread);
    thread = rememberAnswer(thread, result, knowledge) ?? thread;
  }
  return { result, thread };
}

describe('what a thread knows', () => {
  it('is what spoke last, and what was said', () => {
    const { thread } = converse('explain group-empty', 'explain default-holders');
    expect(thread).toMatchObject({ entry: 'default-holders', said: ['group-empty', 'default-holders'] });
  });

  it('stays when an answer says nothing of ours', () => {
    const { thread } = converse('explain group-empty', 'thanks');
    expect(thread.entry).toBe('group-empty');
  });

  it('is bounded', () => {
    const { thread } = converse(...[...knowledge.topics.keys()].map((id) => `explain ${id}`));
    expect(thread.said).toHaveLength(40);
  });
});

describe('a question of the same words', () => {
  it('means in each thread what that is about', () => {
    const inThread = (first: string) => converse(first, 'why').result.topic;
    expect(inThread('explain slow-client')).toBe('slow-client');
    expect(inThread('explain directory-listing-denied')).toBe('directory-listing-denied');
  });

  it('stands alone outside of a thread', () => {
    expect(ask('which pool is it', knowledge).intent).not.toBe('fact');
  });
});
