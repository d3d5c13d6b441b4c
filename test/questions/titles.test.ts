import { describe, expect, it } from 'vitest';
import { titleOf } from '../../src/questions/compose/titles.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();

describe('the choices that are offered', () => {
  it('are each titled by what they say, and fit on a button', () => {
    const owners = new Map<string, string[]>();
    for (const { id, statements } of [...knowledge.topics.values(), ...knowledge.causes.values()])
      for (const statement of [undefined, ...statements.map((one) => one.id)]) {
        const title = titleOf(id, statement, knowledge);
        owners.set(title, [...(owners.get(title) ?? []), `${id}/${statement ?? ''}`]);
      }
    expect([...owners].filter(([title, ids]) => ids.length > 1 || title.length > 75)).toEqual([]);
  });
});
