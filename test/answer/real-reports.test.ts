import { describe, expect, it } from 'vitest';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { renderText } from '../../src/answer/text.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { builtKnowledge } from '../built-knowledge.js';
import { machineRights, seceditExport, utf16 } from '../generator/evidence/rights.js';
import { appcmdText } from '../generator/evidence/server.js';
import { whoami } from '../generator/evidence/tokens.js';
import { impersonation } from '../generator/index.js';
import { failed } from '../generator/scenarios/cause-parts.js';
import { causeScenarios } from '../generator/scenarios/causes.js';
import { logBytes } from '../generator/scenarios/log.js';

const knowledge = builtKnowledge();
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
    const pool = Buffer.from(appcmdText());
    const text = say(
      ['a.xml', log()],
      ['b.xml', log({ stage: 'map' })],
      ['ur.inf', exported(four)],
      ['pool.txt', pool],
    );
    expect(text.split('\n')[0]).toBe('Confirmed: the worker process lost the right to impersonate users');
    expect(text).toContain('and 1 more log with the same fault');
    expect(text.split('\nDetails\n')[0]).toMatch(/Fix[\s\S]*Proof/);
  });

  it('go on with a small letter after the colon of the title', () => {
    for (const scenario of causeScenarios) {
      const title = say(['fr000001.xml', logBytes(scenario.log)]).split('\n')[0]!;
      expect(title).not.toMatch(/^(Likely cause|Possible cause|Cause): (No|Too|The|A|An|Request|Settings) /);
    }
  });

  it('show only the steps for the status or code of the log', () => {
    for (const [status, module, shown, hidden] of [
      ['500.32', 'AspNetCoreModuleV2', '500.32: ', /500\.31: |500\.34 and/],
      ['500.30', 'AspNetCoreModuleV2', 'Start the application by hand', /500\.3[1-8]/],
      ['404.14', 'RequestFilteringModule', 'raise maxUrl', /maxAllowedContentLength:|Undo[\s\S]*30000000/],
      ['422', 'AspNetCoreModuleV2', 'own log', /app_offline/],
    ] as const) {
      const text = say(['fr000001.xml', logBytes(failed(status, module, 'EXECUTE_REQUEST_HANDLER'))]);
      const fix = text.slice(text.indexOf('\nFix'), text.indexOf('\nProof'));
      expect(fix, status).toContain(shown);
      expect(fix, status).not.toMatch(hidden);
    }
  });

  it('say which step each way back belongs to', () => {
    const denied = failed('500.19', 'IIS Web Core', 'BEGIN_REQUEST', 0x80070021);
    const lines = say(['fr000001.xml', logBytes(denied)]).split('\n');
    const undo = lines.slice(lines.indexOf('Undo') + 1, lines.indexOf('Undo') + 4);
    expect(undo.map((line) => line.trim().slice(0, 6))).toEqual(['Step 1', 'Step 2', 'Step 3']);
  });

  it('name the Command Prompt above commands that only it understands, and no command twice', () => {
    for (const scenario of causeScenarios) {
      const [first = ''] = say(['fr000001.xml', logBytes(scenario.log)]).split('\nDetails\n');
      const commands = first
        .split('\n')
        .filter((line) => / {4,}(%windir%|dism|icacls|powershell|secedit|wevtutil)/.test(line));
      expect(new Set(commands.map((c) => c.trim())).size, scenario.name).toBe(commands.length);
      if (commands.some((c) => c.includes('%windir%')))
        expect(first, scenario.name).toContain('levated Command Prompt)');
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
