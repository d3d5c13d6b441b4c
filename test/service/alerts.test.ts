import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isErrorCode } from '../../src/answer/errors.js';
import { eventMeanings } from '../../src/desk/ports/events.js';
import { createLog } from '../../src/service/log.js';
import { createMetrics } from '../../src/service/metrics.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string };
}
const [group] = (parse(read('deploy/alerts.yml')) as { groups: { rules: Rule[] }[] }).groups;
const rules = group?.rules ?? [];
const values = (label: string) =>
  rules.flatMap(({ expr }) =>
    [...expr.matchAll(new RegExp(`${label}=~?"([^"]+)"`, 'g'))].flatMap(([, list]) => (list as string).split('|')),
  );

describe('the alert rules', () => {
  it('ask for metrics, events and codes that exist', async () => {
    const served = createMetrics(createLog('error'));
    served.watch(async () => ({ waiting: 0, oldestSeconds: 0 }));
    const { text } = await served.text();
    const metrics = rules.flatMap(({ expr }) => [...expr.matchAll(/frebot_\w+?(?=_bucket|\b)/g)].map(([name]) => name));
    expect(metrics.length).toBeGreaterThan(8);
    for (const name of metrics) expect(text).toContain(`# TYPE ${name} `);
    for (const event of values('event')) expect(Object.keys(eventMeanings)).toContain(event);
    for (const code of values('code')) expect(isErrorCode(code), code).toBe(true);
  });

  it('are those of the handbook', () => {
    const handbook = read('docs/operations.md').replaceAll('\\|', '|');
    const own = rules.filter(({ expr }) => !expr.includes('job="frebot"') && !expr.startsWith('sum by (reason)'));
    expect(own.length).toBeGreaterThan(8);
    for (const { alert, expr } of own) expect(handbook, alert).toContain(expr);
    for (const { annotations } of rules) expect(annotations.summary).toMatch(/\.$/);
  });
});
