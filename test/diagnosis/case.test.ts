import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { gpresultHtml, gpresultXml } from '../generator/evidence/policy.js';
import { gptTmpl, machineRights, seceditExport, utf16 } from '../generator/evidence/rights.js';
import { appcmdText, windowsEvent, windowsEvents } from '../generator/evidence/server.js';
import { accessChkProcess, accessChkRight, whoami } from '../generator/evidence/tokens.js';
import { impersonation, impersonationWithoutNotifications } from '../generator/scenarios/impersonation.js';
import { knowledge } from './readings.js';

/** Bytes as an administrator drops them, through the readers: pool Portal on WEB03, 2026-06-08 19:53:49, process 7120. */
const four = '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6';
const files: Record<string, Uint8Array> = {
  'fr000032.xml': impersonation().bytes(),
  'ur.inf': utf16(seceditExport(machineRights({ impersonate: four }))),
  'ur-fine.inf': utf16(seceditExport(machineRights())),
  'GptTmpl.inf': utf16(gptTmpl(machineRights({ impersonate: four }).slice(24, 27))),
  'gp.html': utf16(gpresultHtml({ impersonate: 'BUILTIN\\Administrators, NT AUTHORITY\\SERVICE' })),
  'gp-de.html': utf16(
    gpresultHtml({ language: 'de', impersonate: 'VORDEFINIERT\\Administratoren, NT-AUTORITÄT\\DIENST' }),
  ),
  'gp-none.html': utf16(gpresultHtml({ impersonate: null })),
  'gp.xml': Buffer.from(gpresultXml({ holders: ['BUILTIN\\Administrators', 'NT AUTHORITY\\SERVICE'] })),
  'pool.txt': Buffer.from(appcmdText()),
  'w3wp.txt': Buffer.from(
    accessChkProcess({
      id: 7120,
      user: 'CONTOSO\\svc_web',
      groups: ['BUILTIN\\IIS_IUSRS', 'NT AUTHORITY\\BATCH', 'IIS APPPOOL\\Portal'],
      privileges: ['SeChangeNotifyPrivilege'],
    }),
  ),
  'me.txt': Buffer.from(
    whoami({
      user: ['contoso\\jane.roe', 'S-1-5-21-1-2-3-1104'],
      groups: ['S-1-5-4', 'S-1-5-32-545'],
      privileges: ['SeChangeNotifyPrivilege'],
    }),
  ),
  'right.txt': Buffer.from(accessChkRight(['BUILTIN\\Administrators', 'NT AUTHORITY\\SERVICE'])),
  'security.xml': Buffer.from(
    windowsEvents([
      windowsEvent(4705, {
        SubjectUserSid: 'S-1-5-18',
        TargetSid: 'S-1-5-32-568',
        PrivilegeList: 'SeImpersonatePrivilege',
      }),
    ]),
  ),
};

const find = (...names: string[]) =>
  diagnose(
    names.map((name) => readEvidence(name, files[name]!)),
    knowledge,
  ).diagnosis.findings[0]!;

describe('a case, from the bytes', () => {
  it.each(['authenticate', 'map', 'static-file', 'default-document'] as const)(
    'at %s, with and without text, is likely',
    (stage) => {
      for (const withoutText of [false, true]) {
        const bytes = impersonation({ stage, withoutText }).bytes();
        const { findings } = diagnose([readEvidence('a.xml', bytes)], knowledge).diagnosis;
        expect(findings).toMatchObject([{ cause: 'impersonation-right-missing', confidence: 'likely' }]);
      }
    },
  );

  it('without request notifications is found in the failing file', () => {
    const bytes = impersonationWithoutNotifications().bytes();
    expect(diagnose([readEvidence('a.xml', bytes)], knowledge).files[0]).toMatchObject({
      verdict: 'failure',
      cause: 'impersonation-right-missing',
    });
  });

  it.each(['ur.inf', 'gp.html', 'gp-de.html', 'gp.xml', 'right.txt', 'security.xml'])(
    'with %s fits, and is confirmed by the account of the pool',
    (second) => {
      const half = find('fr000032.xml', second);
      expect([half.confidence, half.facts.open, half.contradictedBy]).toEqual(['likely', 'pool-identity', []]);
      const finding = find('fr000032.xml', second, 'pool.txt');
      expect([finding.confidence, finding.contradictedBy], JSON.stringify(finding.remarks)).toEqual(['confirmed', []]);
      expect(finding.facts.open).toBeUndefined();
      expect(finding.proof.some((p) => p.file === second)).toBe(true);
    },
  );

  it('is confirmed by the token of the worker process, whatever its account', () => {
    const finding = find('fr000032.xml', 'w3wp.txt');
    expect([finding.confidence, finding.contradictedBy]).toEqual(['confirmed', []]);
  });

  it.each(['GptTmpl.inf', 'gp-none.html', 'pool.txt', 'me.txt'])('is not confirmed by %s', (second) => {
    const finding = find('fr000032.xml', second);
    expect(finding.confidence).toBe('likely');
    expect(finding.remarks.length).toBeGreaterThan(0);
  });

  it('is doubted when the list is in order', () => {
    const finding = find('fr000032.xml', 'ur-fine.inf');
    expect(finding.confidence).toBe('possible');
    expect(finding.contradictedBy).toHaveLength(1);
  });

  it('with everything known asks for nothing more, and names GPO, account and line', () => {
    const finding = find('fr000032.xml', 'ur.inf', 'gp.html', 'pool.txt');
    expect(finding).toMatchObject({ confidence: 'confirmed', missing: [] });
    expect(finding.facts).toMatchObject({
      gpo: 'Hardening & Baseline',
      'gpo.state': 'winning',
      identity: 'SpecificUser',
      pool: 'Portal',
      server: 'WEB03',
      line: `${four},*S-1-5-32-568`,
    });
    expect(finding.facts.account).toMatch(/svc_web/);
  });

  it('a pasted line agrees but never confirms', () => {
    const pasted = readPasted(`SeImpersonatePrivilege = ${four}`);
    const { findings } = diagnose([readEvidence('a.xml', files['fr000032.xml']!), ...pasted], knowledge).diagnosis;
    expect(findings).toMatchObject([{ confidence: 'likely', facts: { line: `${four},*S-1-5-32-568` } }]);
    expect(findings[0]?.missing).toContain('rights-export');
  });
});
