import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { passes } from '../../src/evidence/vocabulary/identifiers.js';

/** Milliseconds. Linear patterns need far less for all these texts; a pattern that backtracks needs years. */
const timeout = 20_000;

const units = 'a A 1 é . _ $ - + , @ \\ / : { ( * # 0x % ; = aA a. a, a\\ a_ a1 1. 1- f: S-1- A.'.split(' ');
/** An ending that fits no shape, so that a pattern has to try every way to match. */
const texts = [...units, ' ', 'a '].flatMap((unit) =>
  ['', 'S-1-5', 'a'].map((start) => `${start}${unit.repeat(2000 / unit.length)}\u0001`),
);
const shapes = new Map(
  Object.entries(passes).flatMap(([name, pass]) => {
    const shape = typeof pass === 'object' && 'only' in pass ? pass.only : pass;
    return shape instanceof RegExp ? [[shape, name]] : [];
  }),
);

describe('the shape of an identifier', () => {
  it.each([...shapes].map(([shape, name]) => ({ name, shape })))('refuses a long text at once: $name', ({ shape }) => {
    const passed = runInNewContext('texts.filter((text) => shape.test(text)).length', { shape, texts }, { timeout });
    expect(passed).toBe(0);
  });
});
