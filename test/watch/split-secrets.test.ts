import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/watch/reports/schema.js';
import { createScrubReport } from '../../src/watch/reports/scrub-report.js';
import { builtKnowledge } from '../built-knowledge.js';

const scrub = createScrubReport(builtKnowledge());
const part = { id: 'seen', keep: 'always' };
const answer = { title: 'New failure', summary: 'New failure.', parts: [] as unknown[], actions: [], sources: [] };
const withParts = (...parts: unknown[]) => ({ answer: { ...answer, parts } });
const text = (one: unknown) => ({ ...part, kind: 'text', text: one });
const steps = (...one: object[]) => ({ ...part, kind: 'steps', steps: one });

/** Every way in which a report has one string behind another. */
const places: Record<string, (first: string, second: string) => object> = {
  'title and summary': (a, b) => ({ answer: { ...answer, title: a, summary: b } }),
  'summary and heading': (a, b) => ({
    answer: { ...answer, summary: a, parts: [{ ...text('It failed.'), heading: b }] },
  }),
  'two pieces': (a, b) => withParts(text([a, b])),
  'a piece and code': (a, b) => withParts(text(['See ', a, { code: b }, ' there.'])),
  'code and strong': (a, b) => withParts(text([{ code: a }, { strong: b }])),
  'strong and a link': (a, b) => withParts(text([{ strong: a }, { link: b, href: 'https://contoso.example/' }])),
  'pieces of a title': (a, b) => ({ answer: { ...answer, title: ['New: ', a, { strong: b }] } }),
  'heading and text': (a, b) => withParts({ ...text(b), heading: a }),
  'two parts': (a, b) => withParts(text(a), text(b)),
  'a part and the heading of the next': (a, b) => withParts(text(a), { ...text('It failed.'), heading: b }),
  'label and value': (a, b) => withParts({ ...part, kind: 'facts', facts: [{ label: a, value: b }] }),
  'label and pieces': (a, b) =>
    withParts({ ...part, kind: 'facts', facts: [{ label: a, value: [b, { code: ' x' }] }] }),
  'two facts': (a, b) =>
    withParts({
      ...part,
      kind: 'facts',
      facts: [
        { label: '', value: a },
        { label: '', value: b },
      ],
    }),
  'column and cell': (a, b) => withParts({ ...part, kind: 'table', columns: ['Pool', a], rows: [['Shop', b]] }),
  'column and a later row': (a, b) =>
    withParts({
      ...part,
      kind: 'table',
      columns: ['Pool', a],
      rows: [
        ['Shop', '-'],
        ['Blog', [{ code: b }]],
      ],
    }),
  'two cells': (a, b) => withParts({ ...part, kind: 'table', columns: ['Name', 'What'], rows: [[a, b]] }),
  'a cell and the last of its row': (a, b) =>
    withParts({ ...part, kind: 'table', columns: ['Name', 'Since', 'What'], rows: [[a, 'today', b]] }),
  'two columns': (a, b) => withParts({ ...part, kind: 'table', columns: [a, b], rows: [] }),
  'step and command': (a, b) => withParts(steps({ text: a, command: b })),
  'command and note': (a, b) => withParts(steps({ text: 'Look.', command: a, note: b })),
  'note and undo': (a, b) => withParts(steps({ text: 'Look.', note: a, rollback: [b] })),
  'two steps': (a, b) => withParts(steps({ text: a }, { text: b })),
  'a command part and its note': (a, b) => withParts({ ...part, kind: 'command', command: a, note: b }),
  'heading and command': (a, b) => withParts({ ...part, kind: 'command', heading: a, command: b }),
  'a notice and a text': (a, b) => withParts({ ...part, kind: 'notice', level: 'info', text: a }, text(b)),
  'pool and site': (a, b) => ({ answer, group: { ...group, pool: a, site: b } }),
  'server and page': (a, b) => ({ answer, group: { ...group, server: a, page: b } }),
};
const group = { verdict: 'failure', cause: null, pool: null, site: null, server: null, page: null, count: 1 };

/** Secrets in two strings. The marker is what must not be left, in either of them. */
const split: Record<string, [string, string]> = {
  'name and value': ['Password', 'Zqhunter77'],
  'name with a sign, and value': ['Password=', 'Zqhunter77'],
  'name with a colon, and value': ['client secret:', 'Zqhunter77'],
  'a value cut in two': ['Password=Zqhu', 'nter77'],
  'a key cut in two': ['Pass', 'word=Zqhunter77'],
  'a sign and the value': ['pwd', '=Zqhunter77'],
  'the words of a person': ['the password is', ' Zqhunter77'],
  'mail before the sign': ['Zqhunter77', '@contoso.example'],
  'mail behind the sign': ['Zqhunter77@', 'contoso.example'],
  'mail cut in the name': ['Zqhu', 'nter77@contoso.example'],
  'an account': ['CONTOSO\\', 'Zqhunter77'],
  'an account before the sign': ['CONTOSO', '\\Zqhunter77'],
  'a profile': ['C:\\Users\\', 'Zqhunter77\\site'],
  'a query': ['/page.aspx?id=', 'Zqhunter77'],
  'a ticket': ['Bearer ', 'Zqhunter77Zqhunter77'],
  'an encoding': ['CONTOSO%', '5CZqhunter77'],
};

/** The pieces of the marker that a report still has: all of it, or a half. */
const left = (report: object) => JSON.stringify(report).match(/Zqhu(?:nter77)?|nter77/g) ?? [];

describe('a secret that is split over two strings of a report is withheld', () => {
  it.each(Object.entries(places))('in %s', (_place, put) => {
    for (const [name, [first, second]] of Object.entries(split)) {
      const report = {
        schema: 'frebot.report/1',
        id: 'e0e7f9a0-1111-4222-8333-444455556666',
        kind: 'new',
        at: '2026-06-08T19:53:49Z',
        ...put(first, second),
      };
      expect(left(scrub(reportSchema.parse(report))), name).toEqual([]);
    }
  });

  it('over three pieces and more', () => {
    for (const secret of ['Password=Zqhunter77', 'Zqhunter77@contoso.example', 'CONTOSO\\Zqhunter77'])
      for (const size of [1, 2, 5]) {
        const pieces = secret.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
        expect(left({ shown: scrub(withParts(text(pieces))) }).length, pieces.join('|')).toBe(0);
        expect(JSON.stringify(scrub(withParts(text(pieces.map((code) => ({ code }))))))).not.toMatch(/Zq|77/);
      }
  });

  it('a table with names in its first row', () => {
    const rows = [
      ['sa', 'password'],
      ['Zqhunter76', 'Zqhunter77'],
    ];
    const shown = JSON.stringify(scrub(withParts({ ...part, kind: 'table', columns: ['A', 'B'], rows })));
    expect(shown).not.toContain('Zqhunter77');
  });

  it('what is beside it stays', () => {
    const report = withParts(
      text(['The pool ', { strong: 'Shop' }, ' failed: ', 'Password=', { code: 'Zqhunter77' }, ' today.']),
    );
    expect(scrub(report)).toEqual(
      withParts(text(['The pool ', { strong: 'Shop' }, ' failed: ', 'Password=', { code: '…' }, ' today.'])),
    );
  });
});
