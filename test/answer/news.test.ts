import { expect, it } from 'vitest';
import type { Answer, Part } from '../../src/answer/answer.js';
import { screenSize } from '../../src/answer/screen.js';
import { showNews } from '../../src/answer/show-news.js';

const text = (id: string, words: string, keep: Part['keep'] = 'normal'): Part => ({
  kind: 'text',
  id,
  keep,
  text: words,
});
const answer = (title: string, ...parts: Part[]): Answer => ({
  title,
  summary: title,
  parts,
  actions: [],
  sources: [],
});
const shown = ({ parts }: Answer) => parts.filter(({ keep }) => keep !== 'fold').map(({ id }) => id);

const first = answer(
  'Likely cause',
  text('request', 'GET /', 'always'),
  text('fix', 'Do it.'),
  text('proof', 'Event 73'),
);

it('a second answer shows what is new, says where the fix is, and keeps the rest behind "Show more"', () => {
  const second = showNews(
    answer('That fits', text('request', 'GET /', 'always'), text('fix', 'Do it.'), text('proof', 'Event 73, line 42')),
    first,
  );
  expect(shown(second)).toEqual(['proof', 'above']);
  expect(second.parts).toHaveLength(4);
  expect(screenSize(second)).toBeLessThan(screenSize(first) + 40);
});

it('an answer in which nothing is new says so in one line', () => {
  expect(shown(showNews(first, first))).toEqual(['above']);
  expect(JSON.stringify(showNews(first, first))).toContain('still holds');
});

it('an answer about something else stays whole', () => {
  const other = answer('Another cause', text('request', 'GET /b', 'always'), text('fix', 'Do that.'));
  expect(showNews(other, first)).toBe(other);
});
