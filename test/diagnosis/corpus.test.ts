import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { falseRights, readLabels, runCorpus } from '../../scripts/corpus.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { knowledge } from './readings.js';

const samples = fileURLToPath(new URL('../../../shared/samples/', import.meta.url));
const labels = readLabels(fileURLToPath(new URL('../labels/visible.tsv', import.meta.url)));
const there = existsSync(`${samples}freb`);

describe.skipIf(!there)(`real logs${there ? '' : ' (skipped: no samples beside the project)'}`, () => {
  it('get the verdict and cause an expert gives, and no false claim of a missing right', () => {
    const rows = runCorpus(`${samples}freb`, labels, knowledge);
    const wrong = rows.filter((r) => !r.right).map((r) => `${r.label.file}: ${r.found.verdict} ${r.found.cause}`);
    expect(rows.length).toBeGreaterThan(70);
    expect(1 - wrong.length / rows.length, wrong.join('\n')).toBeGreaterThanOrEqual(0.98);
    expect(falseRights(rows, knowledge)).toEqual([]);
  });

  it('each have a decisive event and a detail where they failed', () => {
    const failing = runCorpus(`${samples}freb`, labels, knowledge).filter((r) => r.found.verdict === 'failure');
    const without = failing.filter((r) => r.found.decisive === null || r.found.detail === null);
    expect(without.map((r) => r.label.file)).toEqual([]);
  });
});

describe.skipIf(!there)('copies of real logs that end in the middle', () => {
  it('claim the cause of the whole log, or none', () => {
    for (const { file } of labels) {
      const bytes = readFileSync(`${samples}freb/${file}`);
      const judge = (part: Uint8Array) => diagnose([readEvidence(file, part)], knowledge).files[0]!;
      const whole = judge(bytes);
      for (const share of [0.05, 0.3, 0.6, 0.95]) {
        const cut = judge(bytes.subarray(0, Math.floor(bytes.length * share)));
        expect([whole.cause, null], `${file} at ${share}`).toContain(cut.cause);
        expect(cut.damageNote, file).toContain('ends in the middle');
        expect(cut.verdict === 'no-fault', `${file} at ${share}`).toBe(false);
      }
    }
  });
});

describe.skipIf(!existsSync(`${samples}evidence`))('real evidence of other kinds', () => {
  const verdicts: [RegExp, string, string | null][] = [
    [/^01-/, 'no-fault', null],
    [/^02-/, 'inconclusive', null],
    [/^04-/, 'inconclusive', null],
    [/^05-/, 'failure', 'impersonation-right-missing'],
    [/^06-/, 'failure', 'impersonation-right-missing'],
    [/^08-/, 'failure', 'impersonation-right-missing'],
    [/^09-/, 'inconclusive', null],
    [/^10-/, 'inconclusive', null],
    [/^12-/, 'inconclusive', null],
    [/^13-/, 'inconclusive', null],
    [/^14-/, 'no-fault', null],
    [/^15-/, 'no-fault', null],
    [/^16-/, 'no-fault', null],
    [/^18-/, 'no-fault', null],
    [/^20-/, 'inconclusive', null],
    [/^21-/, 'failure', 'impersonation-right-missing'],
    [/^22-/, 'inconclusive', null],
    [/^23-/, 'failure', 'impersonation-right-missing'],
    [/^24-/, 'failure', 'impersonation-right-missing'],
  ];
  const names = existsSync(`${samples}evidence`) ? readdirSync(`${samples}evidence`) : [];
  it.each(verdicts)('have the verdict of an expert: %s is "%s" with the cause %s', (name, verdict, cause) => {
    const file = names.find((n) => name.test(n))!;
    const found = diagnose([readEvidence(file, readFileSync(`${samples}evidence/${file}`))], knowledge).files[0]!;
    expect([found.verdict, found.cause], JSON.stringify(found)).toEqual([verdict, cause]);
  });
});
