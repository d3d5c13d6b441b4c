import type { Check } from '../../src/desk/ports/door.js';

const stateLabels = { ok: 'OK         ', missing: 'missing    ', 'cannot-tell': 'cannot tell' } as const;

/** Renders readiness checks as lines: state, name, detail, and what to do about it. */
export function renderChecks(checks: Check[]): string {
  const lines = checks.map((check) => {
    const next = check.next ? `\n              -> ${check.next}` : '';
    return `${stateLabels[check.state]}  ${check.name}: ${check.detail}${next}`;
  });
  return `${lines.join('\n')}\n`;
}
