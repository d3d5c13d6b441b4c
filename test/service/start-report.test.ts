import { expect, it } from 'vitest';
import type { Check } from '../../src/desk/ports/door.js';
import { reportChecks } from '../../src/service/start-report.js';

it('the start says what is missing and what cannot be reached, and nothing else', () => {
  const lines: string[] = [];
  const note = (level: string) => (facts: unknown, message?: string) =>
    void lines.push(`${level} ${message} ${(facts as { check: string }).check}`);
  const checks: Check[] = [
    { name: 'knowledge', state: 'ok', detail: '' },
    { name: 'Slack token', state: 'missing', detail: 'Slack refuses the bot token (invalid_auth)' },
    { name: 'Teams files', state: 'missing', optional: true, detail: '' },
    { name: 'Teams endpoint', state: 'cannot-tell', detail: '' },
    { name: 'Slack', state: 'cannot-tell', unreachable: true, detail: 'Slack did not answer' },
  ];
  reportChecks(checks, { error: note('error'), warn: note('warn') } as never);
  expect(lines).toEqual(['error start-check-failed Slack token', 'warn platform-unreachable Slack']);
});
