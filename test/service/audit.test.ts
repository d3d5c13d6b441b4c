import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { AuditFacts } from '../../src/desk/ports/events.js';
import { createAuditTrail, withoutAudit } from '../../src/service/audit.js';

const folder = mkdtempSync(join(tmpdir(), 'frebot-audit-'));
afterAll(() => rmSync(folder, { recursive: true }));
const now = () => new Date('2026-06-08T20:00:00Z');

it('writes one object a line with known fields only, and passes the rest on', async () => {
  const path = join(folder, 'audit.ndjson');
  const passed: string[] = [];
  const audit = createAuditTrail(path, now, () => undefined);
  const events = audit.events({ emit: ({ name }) => void passed.push(name) });
  events.emit({
    name: 'audit',
    door: 'slack',
    tenant: 'T1',
    who: 'U1',
    kinds: 'freb-log',
    cause: 'x',
    outcome: 'answered',
    text: 'no',
  } as AuditFacts & { name: 'audit' });
  events.emit({ name: 'audit', door: 'teams', outcome: 'silent' });
  events.emit({ name: 'retention', removed: 1 });
  await audit.close();
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    {
      time: '2026-06-08T20:00:00.000Z',
      door: 'slack',
      tenant: 'T1',
      who: 'U1',
      kinds: 'freb-log',
      cause: 'x',
      outcome: 'answered',
    },
    { time: '2026-06-08T20:00:00.000Z', door: 'teams', outcome: 'silent' },
  ]);
  expect(passed).toEqual(['retention']);
  expect(statSync(path).mode & 0o077).toBe(0);
});

it('reports once that it cannot write, and continues', async () => {
  const reasons: string[] = [];
  const audit = createAuditTrail(join(folder, 'missing', 'audit.ndjson'), now, (reason) => void reasons.push(reason));
  const events = audit.events({ emit: () => undefined });
  events.emit({ name: 'audit', door: 'slack', outcome: 'silent' });
  await new Promise((done) => setTimeout(done, 50));
  events.emit({ name: 'audit', door: 'slack', outcome: 'silent' });
  await audit.close();
  expect(reasons).toEqual(['ENOENT']);
});

it('without a trail no id reaches the log', () => {
  const passed: string[] = [];
  const events = withoutAudit({ emit: ({ name }) => void passed.push(name) });
  events.emit({ name: 'audit', door: 'slack', who: 'U1', outcome: 'silent' });
  events.emit({ name: 'retention', removed: 1 });
  expect(passed).toEqual(['retention']);
});
