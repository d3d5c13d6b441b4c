import { describe, expect, it } from 'vitest';
import type { Ranking } from '../../src/questions/rank/rank.js';
import { preferOwnStatement } from '../../src/questions/thread/own-statement.js';

/** A ranking of three entries; nothing is nearer to the question than `nearest`. */
const rank = (share: number, nearest: string, isWritten = false): Ranking => ({
  candidates: [
    { entry: 'same', statement: 'also', share: 0.5 },
    { entry: 'php-error', statement: 'where-set', share },
    { entry: 'hsts', statement: 'where-set', share: 0.1 },
  ],
  probability: 0.5,
  elsewhere: 0,
  aspects: ['also'],
  isAspect: nearest === 'same',
  isWritten,
  likeness: (entry) => (entry === nearest ? 0.4 : 0.3),
});
const firstOf = (ranking: Ranking, about: readonly string[] = ['php-error']) =>
  preferOwnStatement(ranking, about).candidates[0]?.entry;

describe("a statement of the thread's own subject", () => {
  it('comes first where the question is nearest to it', () => {
    expect(firstOf(rank(0.3, 'php-error'))).toBe('php-error');
  });

  it.each([
    ['it is hardly likely', rank(0.1, 'php-error'), ['php-error']],
    ['every thread asks the like', rank(0.3, 'same'), ['php-error']],
    ['every thread asks just that', rank(0.3, 'php-error', true), ['php-error']],
    ['it is of another subject', rank(0.3, 'php-error'), ['hsts']],
  ])('stays where it is when %s', (_, ranking, about) => {
    expect(firstOf(ranking, about)).toBe('same');
  });
});
