import { describe, expect, it } from 'vitest';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { renderText } from '../../src/answer/text.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { loadKnowledge } from '../../src/knowledge/load.js';
import { machineRights, seceditExport, utf16 } from '../generator/evidence/rights.js';
import { whoami } from '../generator/evidence/tokens.js';
import { impersonation } from '../generator/index.js';
import { causeScenarios } from '../generator/scenarios/causes.js';
import { logBytes } from '../generator/scenarios/log.js';

const knowledge = loadKnowledge();
const say = (...files: [string, Uint8Array][]) => {
  const report = diagnose(
    files.map(([name, bytes]) => readEvidence(name, bytes)),
    knowledge,
  );
  return renderText(answerReport(report, knowledge), { columns: 2000 });
};
const log = (scene: Parameters<typeof impersonation>[0] = {}) => impersonation(scene).bytes();
const four = '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6';
const exported = (impersonate: string | null) => utf16(seceditExport(machineRights({ impersonate })));

describe('answers to files as they come', () => {
  it('say of no other right that IIS_IUSRS is missing from it', () => {
    const lines = say(['fr000001.xml', log()], ['ur.inf', exported(four)]).split('\n');
    const note = (right: string) => lines[lines.findIndex((l) => l.includes(`${right} = `)) + 1];
    expect(note('SeImpersonatePrivilege')).toContain('Missing: S-1-5-32-568 (IIS_IUSRS)');
    expect(lines.filter((l) => l.includes('That is') && l.includes('pool')).join()).not.toContain('Missing');
  });

  it('tell two logs of one cause as one story, proof and fix included', () => {
    const text = say(['a.xml', log()], ['b.xml', log({ stage: 'map' })], ['ur.inf', exported(four)]);
    expect(text.split('\n')[0]).toBe('Confirmed: the worker process lost the right to impersonate users');
    expect(text).toContain('and 1 more log with the same fault');
    expect(text.split('-- more --')[0]).toMatch(/Proof[\s\S]*Fix/);
  });

  it('go on with a small letter after the colon of the title', () => {
    for (const scenario of causeScenarios) {
      const title = say(['fr000001.xml', logBytes(scenario.log)]).split('\n')[0]!;
      expect(title).not.toMatch(/^(Likely cause|Possible cause|Cause): (No|Too|The|A|An|Request|Settings) /);
    }
  });

  it('show no name of an inner fact and no bare yes or no as proof', () => {
    const token = whoami({ groups: ['S-1-5-4'], privileges: ['SeChangeNotifyPrivilege'] });
    for (const [name, bytes] of [
      ['who.txt', Buffer.from(token)],
      ['ur.inf', exported(four)],
      ['none.inf', exported(null)],
    ] as [string, Uint8Array][]) {
      expect(say([name, bytes]), name).not.toMatch(/\b(whose|defined|nobody|reported) = |= (yes|no|true|false)$/m);
    }
  });
});
