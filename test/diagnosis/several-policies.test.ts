import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { gpoReport, gpoReports, gpresultXml } from '../generator/evidence/policy.js';
import { knowledge } from './readings.js';

const four = ['S-1-5-19', 'S-1-5-20', 'S-1-5-32-544', 'S-1-5-6'].map((sid) => ({ sid, name: sid }));
const five = [...four, { sid: 'S-1-5-32-568', name: 'IIS_IUSRS' }];
const web = gpoReport(five, 'Web servers');
const baseline = gpoReport(four, 'Baseline');
const other = gpoReport(null, 'Proxy settings');

const read = (name: string, text: string) => {
  const { further = [], ...first } = readEvidence(name, Buffer.from(text));
  return [first, ...further];
};

describe('several policies that set the right', () => {
  it.each([
    ['the one in order first', [web, baseline]],
    ['the other first', [baseline, web]],
    ['one that sets no right among them', [other, web, baseline, other]],
  ])('%s: the policy without IIS_IUSRS is named', (_, reports) => {
    for (const readings of [read('all.xml', gpoReports(reports)), readPasted(gpoReports(reports))]) {
      const report = diagnose(readings, knowledge);
      const [finding] = report.diagnosis.findings;
      expect(finding?.facts).toMatchObject({ gpo: 'Baseline', missing: 'S-1-5-32-568' });
      expect(finding?.remarks.join()).toMatch(/Several policies set this right: .*link order 1.*enforced/);
      const told = report.files.map(({ detail }) => detail).join('\n');
      expect(told).toContain('Baseline sets SeImpersonatePrivilege without IIS_IUSRS');
      expect(told).not.toContain('Web servers sets SeImpersonatePrivilege without');
    }
  });

  it('one policy alone needs no order', () => {
    for (const reports of [[baseline], [other, baseline]]) {
      const [finding] = diagnose(read('all.xml', gpoReports(reports)), knowledge).diagnosis.findings;
      expect(finding?.remarks.join()).not.toContain('Several policies');
    }
  });

  it('a report of gpresult beside them has told which one wins', () => {
    const readings = [
      ...read('all.xml', gpoReports([web, baseline])),
      ...read('gp.xml', gpresultXml({ gpo: 'Baseline' })),
    ];
    const [finding] = diagnose(readings, knowledge).diagnosis.findings;
    expect(finding?.facts).toMatchObject({ gpo: 'Baseline', 'gpo.state': 'winning' });
    expect(finding?.remarks.join()).not.toContain('Several policies');
  });

  it('in gpresult, a right of lower precedence does not count', () => {
    const losing = gpresultXml().replaceAll('SeImpersonatePrivilege', 'SeBatchLogonRight');
    const [reading] = read('gp.xml', losing);
    const lists = reading!.observations.filter(({ name }) => name === 'iis-right.batch-logon');
    expect(lists.map(({ value }) => value)).toEqual([['*S-1-5-32-544', '*S-1-5-6']]);
  });
});
