import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageLimitBytes, renderCards, wireSize } from '../../adapters/teams/render/index.js';
import type { Answer, Part } from '../../src/answer/answer.js';
import { cardElements, cardFaults, cardText, elementsWithoutFallback } from './cards.js';

const answer = (parts: Part[], more: Partial<Answer> = {}): Answer => ({
  title: 'The title',
  summary: 'One sentence that says it all.',
  parts,
  actions: [],
  sources: [],
  ...more,
});

/** One part of every kind, each string holding the mark it is given. */
const everyKind = (mark: string, keep: Part['keep'] = 'normal'): Part[] => [
  { kind: 'text', id: 'text', heading: `Heading ${mark}`, keep, text: [mark, { code: mark }, { strong: mark }] },
  { kind: 'facts', id: 'facts', keep, facts: [{ label: `Pool ${mark}`, value: mark }] },
  {
    kind: 'table',
    id: 'table',
    keep,
    columns: ['Right', mark],
    rows: [
      ['a', mark],
      [mark, 'b'],
    ],
  },
  {
    kind: 'steps',
    id: 'steps',
    keep,
    steps: [{ text: mark, command: `run ${mark}`, note: mark, rollback: mark }, { text: 'then that' }],
  },
  { kind: 'command', id: 'command', keep, command: `first ${mark}\nsecond`, language: 'powershell', note: mark },
  {
    kind: 'evidence',
    id: 'evidence',
    keep,
    items: [{ file: mark, event: 73, eventName: mark, field: mark, value: mark, note: mark }],
  },
  { kind: 'notice', id: 'notice', keep, level: 'warning', text: mark },
];

const one = (of: Answer) => {
  const made = renderCards(of);
  expect(made).toHaveLength(1);
  return made[0];
};

describe('an answer as an Adaptive Card', () => {
  it('is a valid card of schema 1.5 with every kind of part', () => {
    const card = one(
      answer(everyKind('x'), { verdict: 'failure', sources: [{ title: 'KB', url: 'https://example.org/kb' }] }),
    );
    expect(cardFaults(card)).toEqual([]);
    expect(elementsWithoutFallback(card)).toEqual([]);
    expect(card).toMatchObject({ type: 'AdaptiveCard', version: '1.5', speak: 'One sentence that says it all.' });
  });

  it('is checked by a validator that finds faults', () => {
    expect(cardFaults({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Nonsense' }] })).not.toEqual([]);
    expect(elementsWithoutFallback({ type: 'AdaptiveCard', body: [{ type: 'CodeBlock' }] })).toEqual(['CodeBlock']);
  });

  it('shows commands as code to copy, or in monospace with a line each, and numbers the steps', () => {
    const card = one(answer(everyKind('x')));
    const code = cardElements(card).filter((e) => e.type === 'CodeBlock');
    expect(code.map((e) => [e.codeSnippet, e.language])).toEqual([
      ['run x', 'DOS'],
      ['first x\nsecond', 'PowerShell'],
    ]);
    const mono = code
      .flatMap((e) => cardElements(e.fallback))
      .filter((e) => e.fontType === 'Monospace')
      .map((e) => e.text);
    expect(mono).toEqual(['run x', 'first x', 'second']);
    expect(cardText(card)).toContain('1. x');
    expect(cardText(card)).toContain('2. then that');
    expect(cardText(card)).toContain('Undo: x');
  });

  it('gives a table a fallback that says the same line by line', () => {
    const table = cardElements(one(answer(everyKind('x')))).find((e) => e.type === 'Table');
    expect(cardText(table?.fallback)).toBe('Right: a · x: x\nRight: x · x: b');
  });

  it('hides folded parts behind a button that opens them in place', () => {
    const folded: Part = {
      kind: 'text',
      id: 'gpo',
      heading: 'Text for the GPO owner',
      keep: 'fold',
      text: 'Dear owner',
    };
    const card = one(
      answer([folded], { actions: [{ id: 'gpo', label: 'For the GPO owner', case: 'c1', part: 'gpo' }] }),
    );
    expect(cardElements(card).find((e) => e.id === 'part-gpo')).toMatchObject({ isVisible: false });
    const buttons = cardElements(card).filter((e) => String(e.type).startsWith('Action.'));
    expect(buttons).toEqual([
      { type: 'Action.ToggleVisibility', title: 'For the GPO owner', targetElements: ['part-gpo'] },
    ]);
  });

  it('adds a button for a folded part that has none', () => {
    const card = one(answer([{ kind: 'text', id: 'why', heading: 'Why', keep: 'fold', text: 'Because.' }]));
    expect(cardText(card)).toContain('Because.');
    const hidden = one(
      answer([{ kind: 'text', id: 'why', heading: 'Why', keep: 'fold', text: 'Because.' }], {
        actions: [{ id: 'fixed', label: 'This fixed it', case: 'c1' }],
      }),
    );
    expect(cardText(hidden)).toContain('[Show more]');
  });

  it('sends other buttons with verb, case and part, and as a message from old clients', () => {
    const [button] = cardElements(
      one(answer([], { actions: [{ id: 'fixed', label: 'This fixed it', case: 'c1', part: 'p' }] })),
    ).filter((e) => e.type === 'Action.Execute');
    expect(button).toEqual({
      type: 'Action.Execute',
      title: 'This fixed it',
      verb: 'fixed',
      data: { case: 'c1', part: 'p' },
      fallback: { type: 'Action.Submit', title: 'This fixed it', data: { case: 'c1', part: 'p', verb: 'fixed' } },
    });
  });

  it('shows three buttons in rows that fit on a phone, and puts the others into the menu', () => {
    const actions = Array.from({ length: 14 }, (_, i) => ({ id: `a${i}`, label: `Button ${i}`, case: 'c1' }));
    const sets = cardElements(one(answer([], { actions }))).filter((e) => e.type === 'ActionSet');
    const labels = sets.map((set) => (set.actions as { title: string }[]).map(({ title }) => title));
    expect(labels.flat()).toEqual(actions.map(({ label }) => label));
    const shown = sets.map((set) =>
      (set.actions as { title: string; mode?: string }[]).filter(({ mode }) => mode !== 'secondary'),
    );
    expect(shown.flat()).toHaveLength(3);
    for (const row of shown) expect(row.map(({ title }) => title).join('').length).toBeLessThanOrEqual(36);
  });
});

describe('hostile text', () => {
  const hostile = [
    '**bold** _it_ `code` [click](https://evil.example) ![x](https://evil.example/p.png)',
    '<at>everyone</at> <script>alert(1)</script> &lt;b&gt;',
    '{{DATE(2026-06-08T20:00:00Z, SHORT)}} {{TIME(2026-06-08T20:00:00Z)}}',
    '# heading\n- item\n1. item\n> quote',
    'a\u202Eexe.xml \u001b[31mred\u001b[0m \u0007',
    'https://evil.example/a www.evil.example',
  ];

  it.each(hostile)('stays literal in every kind of part: %j', (mark) => {
    const card = one(answer(everyKind(mark), { title: mark, summary: mark, sources: [{ title: mark }] }));
    expect(cardFaults(card)).toEqual([]);
    // Only elements that read no Markdown carry it.
    for (const element of cardElements(card)) {
      expect(['TextBlock', 'FactSet', 'Image', 'Media']).not.toContain(element.type);
      expect(element.selectAction).toBeUndefined();
    }
    // No run alone holds what a card would replace by a date, and no control or direction character is left.
    const texts = cardElements(card)
      .flatMap((e) => (e.type === 'RichTextBlock' ? (e.inlines as (string | { text: string })[]) : []))
      .map((i) => (typeof i === 'string' ? i : i.text));
    for (const text of texts) {
      expect(text).not.toMatch(/\{\{/);
      expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }
    expect(JSON.stringify(card)).not.toContain('"entities"');
  });

  it('goes into a FactSet only when it reads the same as Markdown', () => {
    const facts = (value: string): Part[] => [
      { kind: 'facts', id: 'f', keep: 'normal', facts: [{ label: 'Pool', value }] },
    ];
    const types = (value: string) => cardElements(one(answer(facts(value)))).map((e) => e.type);
    expect(types('Portal')).toContain('FactSet');
    for (const value of ['a_b_c', '*x*', 'http://h/x', '<b>', '[a](b)', '{{DATE(x)}}', '1. one', '- x', 'a@b']) {
      expect(types(value), value).not.toContain('FactSet');
    }
  });

  it('gets no link except to https', () => {
    const link = (href: string): Part => ({ kind: 'text', id: href, keep: 'normal', text: [{ link: 'here', href }] });
    const card = one(answer([link('javascript:alert(1)'), link('http://plain.example'), link('https://good.example')]));
    expect(
      cardElements(card)
        .filter((e) => e.type === 'Action.OpenUrl')
        .map((e) => e.url),
    ).toEqual(['https://good.example']);
  });
});

describe('size', () => {
  const long = (id: string, keep: Part['keep'], length: number): Part => ({
    kind: 'text',
    id,
    heading: `Heading ${id}`,
    keep,
    text: '§'.repeat(length),
  });
  const stored = [{ id: 'fixed', label: 'This fixed it', case: 'c1' }];

  it('is counted as UTF-16, so a two-byte letter costs as much as an ASCII one', () => {
    expect(wireSize('ab')).toBe(8);
    expect(wireSize('äß')).toBe(8);
  });

  it('opens folded parts that do not fit from the stored answer', () => {
    const card = one(
      answer([long('a', 'always', 3000), long('b', 'fold', 3000), long('c', 'fold', 30_000)], { actions: stored }),
    );
    expect(wireSize(card)).toBeLessThan(messageLimitBytes);
    expect(cardText(card)).toContain('Heading b');
    expect(cardText(card)).not.toContain('§'.repeat(30_000));
    expect(cardElements(card)).toContainEqual(
      expect.objectContaining({
        type: 'Action.Execute',
        title: 'Heading c',
        verb: 'show',
        data: { case: 'c1', part: 'c' },
      }),
    );
  });

  it('folds normal parts first, from the last one', () => {
    const card = one(
      answer([long('a', 'normal', 5000), long('b', 'always', 4000), long('c', 'normal', 5000)], { actions: stored }),
    );
    const shown = cardElements(card)
      .filter((e) => e.type === 'Action.Execute')
      .map((e) => e.title);
    expect(shown).toEqual(['This fixed it', 'Heading c']);
  });

  it('spreads parts that must stay over further cards, in order and complete', () => {
    const rows = Array.from({ length: 900 }, (_, i) => [`row ${i}`, `value ${i}`]);
    const steps = Array.from({ length: 300 }, (_, i) => ({ text: `do number ${i} ${'x'.repeat(40)}` }));
    const made = renderCards(
      answer([
        { kind: 'table', id: 't', keep: 'always', columns: ['a', 'b'], rows },
        { kind: 'steps', id: 's', keep: 'normal', steps },
        long('p', 'always', 20_000),
      ]),
    );
    expect(made.length).toBeGreaterThan(3);
    const all = made.map(cardText).join('\n');
    for (const [name] of rows) expect(all).toContain(`${name}\n`);
    for (const [i, step] of steps.entries()) expect(all).toContain(`${i + 1}. ${step.text}`);
    expect(all.match(/§/g)).toHaveLength(20_000);
    for (const card of made) expect(wireSize(card)).toBeLessThanOrEqual(messageLimitBytes);
  });

  it('holds for any answer', () => {
    const text = fc.string({ unit: 'binary', maxLength: 3000 });
    const part = fc.record({ index: fc.nat(6), text, keep: fc.constantFrom<Part['keep']>('always', 'normal', 'fold') });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.boolean(), (list, withCase) => {
        const parts = list.map(({ index, text, keep }, i) => ({
          ...(everyKind(text, keep)[index] as Part),
          id: `p${i}`,
        }));
        for (const card of renderCards(answer(parts, { actions: withCase ? stored : [] }))) {
          expect(wireSize(card)).toBeLessThanOrEqual(messageLimitBytes);
          expect(elementsWithoutFallback(card)).toEqual([]);
          expect(cardFaults(card)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
