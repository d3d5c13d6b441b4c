import { describe, expect, it } from 'vitest';
import { matchConditions } from '../../src/diagnosis/match.js';
import { ReadingFacts } from '../../src/diagnosis/reading-facts.js';
import type { Condition } from '../../src/knowledge/condition-schema.js';
import { reading } from './readings.js';

const facts = new ReadingFacts(
  reading('a.xml', 'freb-log', {
    'final-status': 404,
    'decisive.module': 'StaticFileModule',
    'right.holders': ['*S-1-5-19', '*S-1-5-6'],
    'rewrite.target': 'http://localhost:$Port/x',
    'right.defined': false,
  }),
);
const fits = (all: Partial<Condition>[], none: Partial<Condition>[] = []) =>
  matchConditions(facts, { all: all as Condition[], none: none as Condition[] }) !== undefined;

describe('a condition', () => {
  it('sees what is there and what is not', () => {
    expect(fits([{ observation: 'decisive.module', present: true }])).toBe(true);
    expect(fits([{ observation: 'decisive.code', present: true }])).toBe(false);
    expect(fits([{ observation: 'decisive.code', absent: true }])).toBe(true);
    expect(fits([{ observation: 'decisive.module', absent: true }])).toBe(false);
    expect(fits([{ observation: 'right.defined', present: true }])).toBe(true);
  });

  it('compares words without regard to case, numbers and flags exactly', () => {
    expect(fits([{ observation: 'decisive.module', equals: 'staticfilemodule' }])).toBe(true);
    expect(fits([{ observation: 'final-status', equals: 404 }])).toBe(true);
    expect(fits([{ observation: 'final-status', equals: '404' }])).toBe(false);
    expect(fits([{ observation: 'right.defined', equals: false }])).toBe(true);
    expect(fits([{ observation: 'final-status', oneOf: [401, 404] }])).toBe(true);
    expect(fits([{ observation: 'final-status', atLeast: 400 }])).toBe(true);
    expect(fits([{ observation: 'final-status', atLeast: 405 }])).toBe(false);
  });

  it('looks into lists by member and into strings by part', () => {
    expect(fits([{ observation: 'right.holders', includes: '*S-1-5-6' }])).toBe(true);
    expect(fits([{ observation: 'right.holders', includes: 'S-1-5' }])).toBe(false);
    expect(fits([{ observation: 'rewrite.target', includes: '$' }])).toBe(true);
    expect(fits([{ observation: 'right.holders', lacks: '*S-1-5-32-568' }])).toBe(true);
    expect(fits([{ observation: 'right.holders', lacks: '*S-1-5-6' }])).toBe(false);
  });

  it('that asks what a list lacks is not met when there is no list', () => {
    expect(fits([{ observation: 'token.groups', lacks: 'S-1-5-6' }])).toBe(false);
  });

  it('under none excludes', () => {
    expect(fits([{ observation: 'final-status', equals: 404 }], [{ observation: 'final-status', atLeast: 400 }])).toBe(
      false,
    );
    expect(
      fits([{ observation: 'final-status', equals: 404 }], [{ observation: 'decisive.code', present: true }]),
    ).toBe(true);
  });
});
