import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/answer/answer.js';
import { phoneScreen, screenSize } from '../../src/answer/screen.js';
import { renderText } from '../../src/answer/text.js';
import { gallery } from '../../src/questions/gallery.js';
import { builtKnowledge } from '../built-knowledge.js';

const entries = gallery(builtKnowledge());
const goldens = resolve(import.meta.dirname, '../goldens/answers');

describe('every answer there is', () => {
  it.each(entries)('$name reads as in its golden', async ({ name, answer }) => {
    await expect(renderText(answer, { columns: 100, actions: true })).toMatchFileSnapshot(`${goldens}/${name}.txt`);
  });

  it('has an example of each kind', () => {
    const names = entries.map((e) => e.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of [
      'right-likely',
      'right-confirmed',
      'challenge',
      'slow',
      'aborted',
      'many-mixed',
      'fix-powershell',
      'code-known',
      'topic',
      'error-internal',
    ]) {
      expect(names).toContain(name);
    }
  });

  it('is the same each time', () => {
    expect(gallery(builtKnowledge())).toEqual(entries);
  });

  it('survives JSON, as the store keeps it', () => {
    for (const { answer } of entries) expect(renderText(JSON.parse(JSON.stringify(answer)))).toBe(renderText(answer));
  });

  it.each(entries)('$name has part ids a button can point at', ({ answer }) => {
    const ids = answer.parts.map((p) => p.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const action of answer.actions) if (action.part) expect(ids).toContain(action.part);
  });

  it.each(entries.filter((e) => e.name !== 'hostile'))(
    '$name says in one sentence what it is, for notifications',
    ({ answer }) => {
      expect(answer.summary.length).toBeGreaterThan(10);
      // Notifications and screen readers show it alone.
      expect(answer.summary).toMatch(/[.?!]$/);
      expect(answer.summary).not.toMatch(/[{}]|undefined|null|\[object/);
      expect(plainText(answer.title)).not.toBe('');
    },
  );

  it.each(entries.filter((e) => e.name !== 'hostile'))(
    '$name shows no brace, no undefined and no empty value',
    ({ name, answer }) => {
      const text = renderText(answer);
      expect(text).not.toMatch(/undefined|\bnull\b|\[object|NaN/);
      if (!name.startsWith('fix-') && name !== 'capture') expect(text).not.toMatch(/\{[a-z][a-z0-9.|-]*\}/);
    },
  );

  it.each(['right-likely', 'right-export-alone', 'file-not-found', 'aspnet-exception', 'slow', 'hostile'])(
    '%s fits a phone screen before "show more"',
    (name) => {
      expect(screenSize(entries.find((e) => e.name === name)!.answer)).toBeLessThanOrEqual(phoneScreen.single);
    },
  );

  it.each(['right-confirmed', 'right-confirmed-gpo', 'right-page-and-parts', 'many-mixed'])(
    '%s fits a phone screen although it ties several files together',
    (name) => {
      expect(screenSize(entries.find((e) => e.name === name)!.answer)).toBeLessThanOrEqual(phoneScreen.several);
    },
  );
});
