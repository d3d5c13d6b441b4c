import { describe, expect, it } from 'vitest';
import type { Answer, Keep, Part } from '../../src/answer/answer.js';
import { foldParts } from '../../src/answer/fold.js';
import { renderText } from '../../src/answer/text.js';

const text = (id: string, keep: Keep, length = 10): Part => ({ kind: 'text', id, keep, text: 'x'.repeat(length) });
const size = (shown: Part[]) => shown.reduce((sum, p) => sum + (p.kind === 'text' ? String(p.text).length : 0), 0);
const ids = (parts: Part[]) => parts.map((p) => p.id);

describe('what folds at a size limit', () => {
  const parts = [text('a', 'always'), text('b', 'normal'), text('c', 'fold'), text('d', 'normal'), text('e', 'always')];

  it('shows all but what is meant to fold while there is room', () => {
    const fit = foldParts({ parts }, size, 100);
    expect([ids(fit.shown), ids(fit.folded), fit.over]).toEqual([['a', 'b', 'd', 'e'], ['c'], false]);
  });

  it('folds the last normal part first and keeps the order', () => {
    const fit = foldParts({ parts }, size, 35);
    expect([ids(fit.shown), ids(fit.folded)]).toEqual([
      ['a', 'b', 'e'],
      ['c', 'd'],
    ]);
  });

  it('never folds an always part: it says that the limit is broken instead', () => {
    const fit = foldParts({ parts }, size, 5);
    expect([ids(fit.shown), fit.over]).toEqual([['a', 'e'], true]);
  });

  it('loses nothing at any limit', () => {
    for (let limit = 0; limit < 60; limit++) {
      const fit = foldParts({ parts }, size, limit, { unfold: limit % 2 === 0 });
      expect([...ids(fit.shown), ...ids(fit.folded)].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    }
  });

  it('unfolds while there is room when asked to', () => {
    expect(ids(foldParts({ parts }, size, 100, { unfold: true }).shown)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('plain text', () => {
  const answer: Answer = {
    title: 'Title',
    summary: 'Title.',
    parts: [
      { kind: 'text', id: 't', keep: 'always', heading: 'Why', text: 'word '.repeat(60).trim() },
      { kind: 'command', id: 'c', keep: 'normal', command: `secedit ${'/x '.repeat(60)}`.trim() },
      { kind: 'table', id: 'tab', keep: 'normal', columns: ['A', 'B'], rows: [['1', 'word '.repeat(30).trim()]] },
      { kind: 'text', id: 'f', keep: 'fold', heading: 'Folded', text: 'later' },
    ],
    actions: [{ id: 'fix', label: 'Fix steps' }],
    sources: [{ title: 'Page', url: 'https://example.org/', date: '2024-10' }],
  };

  it.each([80, 100])('wraps prose and tables at %d columns, commands never', (columns) => {
    const lines = renderText(answer, { columns }).split('\n');
    const long = lines.filter((l) => l.length > columns);
    expect(long).toHaveLength(1);
    expect(long[0]).toContain('secedit');
  });

  it('names what is folded when it is left out', () => {
    expect(renderText(answer, { folded: false })).toContain('More: Folded');
    expect(renderText(answer, { folded: false })).not.toContain('later');
    expect(renderText(answer)).toContain('later');
  });

  it('says where it comes from', () => {
    expect(renderText(answer)).toContain('- Page (2024-10)\n  https://example.org/');
  });
});
