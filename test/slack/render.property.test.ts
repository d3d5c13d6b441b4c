import { describe, expect, it } from 'vitest';
import { render, renderModal, renderPlain, renderPrivate } from '../../adapters/slack/render/index.js';
import type { Answer, Part } from '../../src/answer/answer.js';
import { gallery } from '../../src/questions/gallery.js';
import { builtKnowledge } from '../built-knowledge.js';
import { buttonsOf, readable } from '../fakes/slack/index.js';
import { judge, written } from '../fakes/slack/judge.js';

const knowledge = builtKnowledge();
const entries = gallery(knowledge);

/** As the desk stores it: every button knows its answer. */
const stored = (answer: Answer): Answer => ({
  ...answer,
  actions: answer.actions.map((action) => ({ ...action, case: 'case-1' })),
});

const long = (words: number) => Array.from({ length: words }, (_, n) => `word${n}`).join(' ');
const text = (id: string, keep: Part['keep'], words: number): Part => ({
  kind: 'text',
  id,
  keep,
  heading: id,
  text: long(words),
});
const answerOf = (parts: Part[], more: Partial<Answer> = {}): Answer => ({
  title: 'A title',
  summary: 'A sentence.',
  parts,
  actions: [{ id: 'fixed', label: 'This fixed it', case: 'case-1' }],
  sources: [],
  ...more,
});

describe('every answer of the gallery', () => {
  it.each(entries.map(({ name, answer }) => [name, answer] as const))('fits what Slack takes: %s', (name, answer) => {
    for (const version of [answer, stored(answer)]) {
      const messages = render(version);
      for (const { text, blocks } of messages) {
        expect(judge(blocks, 'message')).toBeUndefined();
        expect(text).not.toBe('');
      }
      // Without a stored answer there is nothing to open, so the texts for the owner are shown at once too.
      expect(messages).toHaveLength(version === answer && name === 'right-confirmed' ? 2 : 1);
    }
    for (const { blocks } of renderPrivate(stored(answer))) expect(judge(blocks, 'private')).toBeUndefined();
    const modal = renderModal(stored(answer));
    if (modal) expect(judge(modal, 'modal')).toBeUndefined();
    for (const piece of renderPlain(answer)) expect(piece.length).toBeLessThan(12_000);
  });
});

describe('sizes', () => {
  it('folds the least important parts first, behind a button', () => {
    const [message, ...more] = render(
      answerOf([
        text('kept', 'always', 500),
        text('usual', 'normal', 700),
        text('late', 'normal', 900),
        text('deep', 'fold', 10),
      ]),
    );
    expect(more).toEqual([]);
    expect(readable(message?.blocks)).toContain('kept');
    expect(readable(message?.blocks)).toContain('usual');
    const button = buttonsOf(message?.blocks ?? []).find((b) => b.text.text.startsWith('Show more'));
    expect(button?.text.text).toBe('Show more (2)');
    expect(JSON.parse(button?.value ?? '')).toEqual({ case: 'case-1', parts: ['late', 'deep'] });
  });

  it('spreads parts that must stay over several messages, without losing a word', () => {
    const parts = [text('one', 'always', 1500), text('two', 'always', 1500), text('three', 'always', 1500)];
    const messages = render(answerOf(parts));
    expect(messages.length).toBeGreaterThan(1);
    for (const { blocks } of messages) {
      expect(judge(blocks, 'message')).toBeUndefined();
      expect(written(blocks)).toBeLessThanOrEqual(13_200);
    }
    const read = messages.map(({ blocks }) => readable(blocks).replaceAll('\n', '')).join('');
    for (const part of parts)
      if (part.kind === 'text') expect(read.replace(/\s+/g, '')).toContain((part.text as string).replace(/\s+/g, ''));
  });

  it('shows all parts of an answer that is not stored, because its buttons could open nothing', () => {
    const answer = answerOf([text('kept', 'always', 10), text('deep', 'fold', 10)], {
      actions: [{ id: 'fixed', label: 'This fixed it' }],
    });
    const [message] = render(answer);
    expect(readable(message?.blocks)).toContain('deep');
    expect(buttonsOf(message?.blocks ?? [])).toEqual([]);
  });

  it('splits a script longer than an element, narrows a wide table and shortens a long title', () => {
    const script = Array.from({ length: 300 }, (_, n) => `Set-Something -Number ${n} -Path 'C:\\inetpub'`).join('\n');
    const messages = render(
      answerOf(
        [
          { kind: 'command', id: 'script', keep: 'always', language: 'powershell', command: script },
          {
            kind: 'table',
            id: 'wide',
            keep: 'always',
            columns: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
            rows: [['1', '2', '3', '4', '5', '6', '']],
          },
        ],
        { title: long(60) },
      ),
    );
    for (const { blocks } of messages) expect(judge(blocks, 'message')).toBeUndefined();
    const read = messages.map(({ blocks }) => readable(blocks)).join('\n');
    for (const line of script.split('\n')) expect(read).toContain(line);
  });

  it('uses one native table in a message and a list for the next, under headings that are headings', () => {
    const table: Part = {
      kind: 'table',
      id: 't',
      keep: 'always',
      columns: ['File', 'Kind'],
      rows: [
        ['a', ''],
        ['b', 'log'],
      ],
    };
    const [message] = render(answerOf([table, { ...table, id: 'u' }]));
    expect(message?.blocks.filter(({ type }) => type === 'table')).toHaveLength(1);
    expect(readable(message?.blocks)).toContain('a · Kind: –');
    const headed = renderModal(answerOf([{ ...table, heading: 'What I read' }]));
    expect(headed?.filter(({ type }) => type === 'header')).toHaveLength(2);
    expect(JSON.stringify(headed)).not.toContain('rich_text_preformatted');
    expect(judge(message?.blocks, 'message')).toBeUndefined();
    expect(judge(renderModal(answerOf([table])), 'modal')).toBeUndefined();
  });
});

describe('hostile text', () => {
  const evil =
    '<!channel> <@U024BE7LH> <https://evil.example|microsoft.com> `code` *bold* ```x``` :skull: &lt; http://evil.example/x';
  const everywhere = answerOf(
    [
      {
        kind: 'text',
        id: 'a',
        keep: 'always',
        heading: evil,
        text: [evil, { code: evil }, { strong: evil }, { link: evil, href: 'javascript:alert(1)' }],
      },
      { kind: 'facts', id: 'b', keep: 'always', facts: [{ label: evil, value: evil }] },
      { kind: 'table', id: 'c', keep: 'always', columns: [evil], rows: [[evil]] },
      { kind: 'steps', id: 'd', keep: 'always', steps: [{ text: evil, command: evil, note: evil, rollback: evil }] },
      { kind: 'command', id: 'e', keep: 'always', command: evil, note: evil },
      {
        kind: 'evidence',
        id: 'f',
        keep: 'always',
        items: [{ file: evil, event: 1, eventName: evil, field: evil, value: evil, note: evil }],
      },
      { kind: 'notice', id: 'g', keep: 'always', level: 'warning', text: evil },
    ],
    {
      title: evil,
      summary: evil,
      actions: [{ id: 'x', label: evil, case: 'case-1' }],
      sources: [
        { title: evil, url: 'https://learn.microsoft.com/a|b>c' },
        { title: evil, url: 'javascript:alert(1)' },
      ],
    },
  );

  it('has no effect in rich text, plain text or escaped text', () => {
    for (const surface of [...render(everywhere).map(({ blocks }) => blocks), renderModal(everywhere)]) {
      expect(judge(surface, 'message')?.error).not.toBe('invalid_blocks');
      for (const mrkdwn of mrkdwnOf(surface)) {
        expect(mrkdwn).not.toMatch(/<[!@#]/);
        expect(mrkdwn).not.toContain('evil.example|');
        expect([...mrkdwn.matchAll(/<([^>|]*)/g)].map((m) => new URL(m[1] as string).host)).toEqual([
          'learn.microsoft.com',
        ]);
      }
      expect(JSON.stringify(surface)).not.toContain('"type":"emoji","name":"skull"');
      expect(JSON.stringify(surface)).not.toMatch(/"type":"(user|broadcast|usergroup|channel)"/);
      expect(JSON.stringify(surface)).not.toContain('"url":"javascript');
      expect(JSON.stringify(surface)).not.toContain('"emoji":true');
    }
  });

  it('mentions no one in the notification or the plain form', () => {
    for (const { text } of render(everywhere)) expect(text).not.toMatch(/[<>]/);
    for (const piece of renderPlain(everywhere)) {
      const inside = piece.slice(3, -3);
      expect(inside).not.toContain('`');
      expect(inside).not.toMatch(/[<>]/);
    }
  });
});

/** Every text that Slack reads as mrkdwn. */
function mrkdwnOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(mrkdwnOf);
  if (node === null || typeof node !== 'object') return [];
  const { type, text } = node as { type?: string; text?: unknown };
  if (type === 'mrkdwn') return [String(text)];
  return Object.values(node).flatMap(mrkdwnOf);
}
