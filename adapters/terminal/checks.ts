import type { Check } from '../../src/desk/ports/door.js';

const word = { ok: 'OK         ', missing: 'missing    ', 'cannot-tell': 'cannot tell' } as const;

/** Readiness checks as lines a person reads: state, name, detail, and what to do about it. */
export function checksText(checks: Check[]): string {
  const lines = checks.map((check) => {
    const next = check.next ? `\n              -> ${check.next}` : '';
    return `${word[check.state]}  ${check.name}: ${check.detail}${next}`;
  });
  return `${lines.join('\n')}\n`;
}
