import { expect, it } from 'vitest';
import { renderJson } from '../../adapters/terminal/json.js';

it('JSON for a terminal holds no control character and keeps its content', () => {
  const value = { a: 'x\u009b31m\u202ey\u2066\u200b\ufeff\u2028\u007f\u{e0041}ü…' };
  const text = renderJson(value);
  expect(text).toMatch(/^[\n -~ü…]*$/);
  expect(JSON.parse(text)).toEqual(value);
});
