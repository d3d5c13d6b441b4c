import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { eventMeanings } from '../../src/desk/ports/events.js';

it('the handbook lists every event with its meaning', () => {
  const handbook = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const rows = Object.entries(eventMeanings).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  expect(handbook).toContain(rows.join('\n'));
});
