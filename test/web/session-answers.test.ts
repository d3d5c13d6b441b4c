import { describe, expect, it } from 'vitest';
import { QuestionHistory } from '../../adapters/web/page/question-history.js';
import { fitFiles } from '../../adapters/web/page/sent-files.js';
import { SessionAnswers } from '../../adapters/web/page/session-answers.js';
import { sizeLimits } from '../../src/intake/limits.js';

function fakeSession(room = Number.POSITIVE_INFINITY) {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new Error('QuotaExceededError');
      values.set(key, value);
    },
    removeItem: (key: string) => void values.delete(key),
  };
}

describe('the conversation of a tab', () => {
  it('is there after a reload, and gone after "clear"', () => {
    const session = fakeSession();
    const first = new SessionAnswers(session, () => 'one');
    first.add({ said: '1 file', html: '<article>' });
    const reloaded = new SessionAnswers(session, () => 'two');
    expect([reloaded.id, reloaded.turns]).toEqual(['one', [{ said: '1 file', html: '<article>' }]]);
    reloaded.clear('three');
    expect([session.values.size, new SessionAnswers(session, () => 'four').id]).toEqual([0, 'four']);
  });

  it('keeps the newest answers when all are too many', () => {
    const session = fakeSession();
    const conversation = new SessionAnswers(session, () => 'one');
    for (let i = 0; i < 8; i++) conversation.add({ said: String(i), html: 'x'.repeat(800_000) });
    const kept = new SessionAnswers(session, () => 'two').turns.map(({ said }) => said);
    expect(kept).toEqual(['4', '5', '6', '7']);
  });

  it('keeps the table of many logs with its answer, and leaves out one that is too large', () => {
    const session = fakeSession();
    const conversation = new SessionAnswers(session, () => 'one');
    const log = {
      file: 'a.xml',
      group: 0,
      status: '500',
      code: '',
      site: '1',
      pool: '',
      url: '/',
      server: '',
      time: '',
    };
    const tableOf = (count: number) => ({ groups: [], logs: Array.from({ length: count }, () => log) });
    conversation.add({ said: '3 files', html: '<article>', table: tableOf(3) });
    conversation.add({ said: '40,000 files', html: '<article>', table: tableOf(40_000) });
    const kept = new SessionAnswers(session, () => 'two').turns.map(({ said, table }) => [said, table?.logs.length]);
    expect(kept).toEqual([
      ['3 files', 3],
      ['40,000 files', undefined],
    ]);
  });

  it.each(['', 'null', '{', '{"id":1}', '[]'])('begins anew when the session holds %j', (stored) => {
    const session = fakeSession();
    session.values.set('frebot-conversation', stored);
    expect(new SessionAnswers(session, () => 'new').id).toBe('new');
  });

  it('goes on in a browser that keeps nothing', () => {
    const conversation = new SessionAnswers(fakeSession(0), () => 'one');
    conversation.add({ said: 'a', html: 'b' });
    expect(conversation.turns).toHaveLength(1);
  });
});

it('the arrow keys call back questions, and give back what was being written', () => {
  const history = new QuestionHistory();
  expect([history.previous(''), history.next()]).toEqual([undefined, undefined]);
  for (const text of ['a', 'b', 'b']) history.add(text);
  expect([history.previous('draft'), history.previous('b'), history.previous('a')]).toEqual(['b', 'a', undefined]);
  expect([history.next(), history.next(), history.next()]).toEqual(['b', 'draft', undefined]);
});

describe('files that do not fit into one upload', () => {
  const file = (name: string, size: number) => ({ name, size });

  it('are told with the total, and the others are read', () => {
    const all = [file('a', 4e8), file('b', 1e6), file('c', 1e6)];
    const { files, note } = fitFiles(all);
    expect(files.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(note).toMatch(
      /^These 3 files have 383 MB, and I take at most 10,000 files and 200 MB at once, 100 MB of one file\. I read 2 of them/,
    );
  });

  it('are none where everything fits', () => {
    expect(fitFiles([file('a', 1)]).note).toBe('');
  });

  it('are one file that the reader would refuse', () => {
    expect(fitFiles([file('a', sizeLimits.fileBytes)]).note).toBe('');
    expect(fitFiles([file('a', sizeLimits.fileBytes * 1.05)])).toEqual({
      files: [],
      note: 'This file has 105 MB, and I read at most 100 MB of one. Drop the part of one hour.',
    });
  });

  it('are those beyond the number, too', () => {
    const many = Array.from({ length: 10_001 }, (_, i) => file(String(i), 1));
    expect(fitFiles(many).files).toHaveLength(10_000);
  });
});
