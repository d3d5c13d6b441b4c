import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Observation, Reading } from '../../src/evidence/evidence.js';
import { appPoolSid } from '../../src/evidence/sids.js';
import { impersonationTrace, knowledge, machineExport, reading, template, trace } from './readings.js';

const find = (...readings: Reading[]) => diagnose(readings, knowledge).diagnosis.findings[0]!;
const pools = (identity: string, more = {}) =>
  reading('pools.txt', 'server-config', { 'pool.name': 'Portal', 'pool.identity': identity, ...more });
const named = pools('SpecificUser');
const five = ['*S-1-5-19', '*S-1-5-20', '*S-1-5-32-544', '*S-1-5-6', '*S-1-5-32-568'];

describe('the missing right, from several files', () => {
  it('is only likely from the log alone, even from two', () => {
    expect(find(impersonationTrace('a.xml')).confidence).toBe('likely');
    expect(find(impersonationTrace('a.xml'), impersonationTrace('b.xml')).confidence).toBe('likely');
  });

  it('is only likely from the list alone: no request has failed', () => {
    const finding = find(machineExport('ur.inf'));
    expect(finding.confidence).toBe('likely');
    expect(finding.missing).toContain('freb-log');
  });

  it('fits the list of the machine, and waits for the account of the pool: a default pool would hold it through SERVICE', () => {
    const finding = find(impersonationTrace('a.xml'), machineExport('ur.inf'));
    expect(finding).toMatchObject({
      confidence: 'likely',
      contradictedBy: [],
      missing: ['pool-identity', 'policy-report'],
      facts: { open: 'pool-identity' },
    });
    expect(finding.remarks.join()).toMatch(/that fits.*Which account does it run as\?/);
    expect(finding.files).toEqual(['a.xml', 'ur.inf']);
    expect(finding.proof.map((p) => p.file)).toContain('ur.inf');
    expect(finding.remarks.join()).toContain('I take ur.inf as the list of WEB07');
  });

  it('gives the exact line, every present holder kept and IIS_IUSRS added', () => {
    const finding = find(
      impersonationTrace('a.xml'),
      machineExport('ur.inf', ['*S-1-5-19', 'SvcBackup', '*S-1-5-32-544', '*S-1-5-6']),
    );
    expect(finding.facts.line).toBe('*S-1-5-19,SvcBackup,*S-1-5-32-544,*S-1-5-6,*S-1-5-20,*S-1-5-32-568');
    expect(finding.facts).toMatchObject({ pool: 'Portal', server: 'WEB07', missing: 'S-1-5-20, S-1-5-32-568' });
  });

  it('is confirmed by a list without SERVICE, whatever the pool runs as', () => {
    const bare = machineExport('ur.inf', ['*S-1-5-32-544']);
    expect(find(impersonationTrace('a.xml'), bare)).toMatchObject({ confidence: 'confirmed', contradictedBy: [] });
  });

  it('is confirmed by gpresult and a named account, and the fix names its GPO', () => {
    const gpresult = reading('gp.html', 'policy-report', {
      'right.reported': true,
      'right.defined': true,
      'right.winning-gpo': 'Server hardening',
      'right.holders': ['BUILTIN\\Administrators', 'NT AUTHORITY\\SERVICE'],
      'right.holds-iis-iusrs': false,
      'computer.name': 'web07.contoso.com',
    });
    const finding = find(impersonationTrace('a.xml'), gpresult, named);
    expect(finding.confidence).toBe('confirmed');
    expect(finding.facts).toMatchObject({ gpo: 'Server hardening', 'gpo.state': 'winning' });
    expect(finding.missing).not.toContain('policy-report');
  });

  it('is confirmed by the token of that very process', () => {
    const token = (pid: number, pool: string) =>
      reading('tok.txt', 'token-listing', {
        'token.whose': 'worker',
        'token.has-right': false,
        'token.pool': pool,
        'token.process-id': pid,
      });
    expect(find(impersonationTrace('a.xml'), token(7120, 'portal')).confidence).toBe('confirmed');
    const other = find(impersonationTrace('a.xml'), token(900, 'Shop'));
    expect(other.confidence).toBe('likely');
    expect(other.remarks.join()).toContain('process of pool Shop');
  });

  it('is confirmed by a 4705 shortly before, and by none that came after or was taken back', () => {
    const events = (at: string, back?: string): Reading => {
      const one = reading('sec.xml', 'event-export', {});
      one.observations.push(
        { name: 'audit.right-removed', value: ['S-1-5-32-568'], event: 1 } as unknown as Observation,
        { name: 'audit.time', value: at, event: 1 } as unknown as Observation,
      );
      if (back)
        one.observations.push(
          { name: 'audit.right-added', value: ['S-1-5-32-568'], event: 2 } as unknown as Observation,
          { name: 'audit.time', value: back, event: 2 } as unknown as Observation,
        );
      return one;
    };
    expect(find(impersonationTrace('a.xml'), named, events('2026-06-08T19:40:00Z')).confidence).toBe('confirmed');
    expect(find(impersonationTrace('a.xml'), named, events('2026-06-08T20:40:00Z')).confidence).toBe('likely');
    expect(find(impersonationTrace('a.xml'), named, events('2026-01-08T19:40:00Z')).confidence).toBe('likely');
    expect(
      find(impersonationTrace('a.xml'), named, events('2026-06-08T19:40:00Z', '2026-06-08T19:45:00Z')).confidence,
    ).toBe('likely');
  });

  it('a template confirms nothing and says so', () => {
    const finding = find(impersonationTrace('a.xml'), template('GptTmpl.inf'));
    expect(finding.confidence).toBe('likely');
    expect(finding.remarks.join()).toContain('not what this machine has');
  });

  it('a list of another computer is left out', () => {
    const elsewhere = machineExport('ur.inf');
    elsewhere.observations.push({ name: 'computer.name', value: 'WEB08' } as unknown as Observation);
    const finding = find(impersonationTrace('a.xml'), elsewhere);
    expect(finding.confidence).not.toBe('confirmed');
    expect(finding.remarks.join()).toMatch(/from WEB08, but the failing request is from WEB07/);
  });

  it('a console proves nothing', () => {
    const console = reading('me.txt', 'token-listing', { 'token.whose': 'interactive', 'token.has-right': false });
    const finding = find(impersonationTrace('a.xml'), console);
    expect(finding.confidence).toBe('likely');
    expect(finding.remarks.join()).toContain('token of a console');
  });
});

describe('what speaks against it', () => {
  const against = (...readings: Reading[]) => {
    const finding = find(impersonationTrace('a.xml'), ...readings);
    expect(finding.confidence).toBe('possible');
    expect(finding.missing).toContain('worker-token');
    return finding.contradictedBy.map((c) => c.says).join(' ');
  };

  it.each(['ApplicationPoolIdentity', 'NetworkService', 'LocalService', 'LocalSystem'])(
    '%s while the list has SERVICE',
    (identity) => {
      expect(against(machineExport('ur.inf'), pools(identity))).toContain(`runs as ${identity}`);
    },
  );

  it('nothing, when the account is a named one: that fits, and the fix can name it', () => {
    const finding = find(
      impersonationTrace('a.xml'),
      machineExport('ur.inf'),
      pools('SpecificUser', { 'pool.account': 'contoso\\svc_portal' }),
    );
    expect(finding.confidence).toBe('confirmed');
    expect(finding.facts.account).toBe('contoso\\svc_portal');
    expect(finding.remarks.join()).toContain('That fits');
  });

  it('nothing, when SERVICE is gone as well', () => {
    const bare = machineExport('ur.inf', ['*S-1-5-32-544']);
    expect(find(impersonationTrace('a.xml'), bare, pools('ApplicationPoolIdentity')).confidence).toBe('confirmed');
  });

  it('a named account that logs on as a service', () => {
    expect(against(machineExport('ur.inf'), pools('SpecificUser', { 'pool.logon-type': 'LogonService' }))).toContain(
      'SERVICE',
    );
  });

  it("is the pool's own SID in the list", () => {
    expect(against(machineExport('ur.inf', ['*S-1-5-6', `*${appPoolSid('Portal')}`]))).toContain(
      'SID of the pool Portal',
    );
  });

  it('a list in order: then the token is old, or the pool keeps out of the group', () => {
    expect(against(machineExport('ur.inf', five))).toMatch(/token from before.*manualGroupMembership/);
  });

  it('the same process before and after', () => {
    const finding = find(impersonationTrace('a.xml'), impersonationTrace('b.xml'), machineExport('ur.inf', five));
    expect(finding.remarks.join()).toContain('process 7120');
  });

  it('a worker process that holds the right', () => {
    const token = reading('tok.txt', 'token-listing', { 'token.whose': 'worker', 'token.has-right': true });
    const finding = find(impersonationTrace('a.xml'), token);
    expect(finding.confidence).toBe('possible');
    expect(finding.contradictedBy[0]?.says).toContain('the cause is another');
  });

  it('the setting of another pool says nothing about this one', () => {
    const shop = reading('pools.txt', 'server-config', {
      'pool.name': 'Shop',
      'pool.identity': 'ApplicationPoolIdentity',
    });
    expect(find(impersonationTrace('a.xml'), machineExport('ur.inf'), shop)).toMatchObject({
      confidence: 'likely',
      contradictedBy: [],
    });
  });
});

describe('what an expert would remark', () => {
  it('no GPO sets the right', () => {
    const report = reading('gp.html', 'policy-report', { 'right.reported': true, 'right.defined': false });
    const finding = find(impersonationTrace('a.xml'), machineExport('ur.inf'), report);
    expect(finding.facts['gpo.state']).toBe('none');
    expect(finding.remarks.join()).toMatch(/No GPO sets the right/);
  });

  it('is named for manualGroupMembership', () => {
    const finding = find(impersonationTrace('a.xml'), pools('SpecificUser', { 'pool.manual-group-membership': true }));
    expect(finding.remarks.join()).toContain('manualGroupMembership="true"');
  });

  it('IIS Express runs with a filtered token', () => {
    expect(find(impersonationTrace('a.xml', { 'request.app-pool': 'Clr4IntegratedAppPool' })).remarks.join()).toContain(
      'elevated',
    );
  });

  it('a page that was answered and its style sheet that failed are one story', () => {
    const page = trace('page.xml', { 'final-status': 200, 'request.url': 'http://portal/default.aspx' });
    const finding = find(page, impersonationTrace('css.xml'));
    expect(finding.remarks.join()).toContain('bare text');
    expect(diagnose([page, impersonationTrace('css.xml')], knowledge).diagnosis.verdict).toBe('failure');
  });

  it('an unrelated failure stays a finding of its own', () => {
    const missing = trace('404.xml', {
      'final-status': 404,
      'decisive.module': 'IIS Web Core',
      'decisive.code': '0x80070002',
    });
    const { findings } = diagnose([missing, impersonationTrace('a.xml')], knowledge).diagnosis;
    expect(findings.map((f) => f.cause)).toEqual(['impersonation-right-missing', 'file-not-found']);
  });
});

describe('failing logs of several servers, and events out of time', () => {
  const removal = (time: string, more = {}) =>
    reading('audit.xml', 'event-export', {
      'audit.right-removed': ['S-1-5-32-568'],
      'audit.time': time,
      'computer.name': 'WEB07',
      ...more,
    });
  const gpresult = (computer: string) =>
    reading('gp.html', 'policy-report', {
      'right.reported': true,
      'right.defined': true,
      'right.winning-gpo': 'Hardening',
      'right.holders': ['BUILTIN\\Administrators'],
      'right.holds-iis-iusrs': false,
      'right.holds-service': false,
      'computer.name': computer,
    });

  it('counts evidence of any of the failing servers, whichever log comes first, and says which server it describes', () => {
    const other = impersonationTrace('b.xml', { 'request.server': 'WEB08' });
    for (const logs of [
      [impersonationTrace('a.xml'), other],
      [other, impersonationTrace('a.xml')],
    ]) {
      const finding = find(...logs, gpresult('WEB07'));
      expect(finding.confidence).toBe('confirmed');
      expect(finding.remarks.join()).toContain('gp.html describes WEB07 only');
      expect(finding.remarks.join()).toContain('WEB08');
    }
    expect(find(impersonationTrace('a.xml'), gpresult('WEB07')).remarks.join()).not.toContain('describes WEB07');
  });

  it('says nothing about logs of other requests on other servers', () => {
    const missing = trace('404.xml', { 'final-status': 404, 'request.server': 'WEB01' });
    expect(find(impersonationTrace('a.xml'), missing).remarks).toEqual([]);
  });

  it('says why a removal after the failure, or long before it, is not the reason', () => {
    const after = find(impersonationTrace('a.xml'), removal('2026-06-08T21:00:00Z'));
    expect(after.confidence).toBe('likely');
    expect(after.remarks.join()).toContain('after the failing request');
    const before = find(impersonationTrace('a.xml'), removal('2026-05-01T21:00:00Z'));
    expect(before.confidence).toBe('likely');
    expect(before.remarks.join()).toContain('more than a week before');
    expect(find(impersonationTrace('a.xml'), named, removal('2026-06-08T19:40:00Z'))).toMatchObject({
      confidence: 'confirmed',
      contradictedBy: [],
    });
  });
});

describe('a list in order and a token without the right', () => {
  it('is an old token: the answer says that the list is correct now', () => {
    const token = reading('p.txt', 'token-listing', { 'token.whose': 'worker', 'token.has-right': false });
    const finding = find(impersonationTrace('a.xml'), machineExport('ur.inf', five), token);
    expect(finding.contradictedBy).toMatchObject([{ file: 'ur.inf' }]);
    expect(finding.contradictedBy[0]!.says).toContain('it has its token from before');
    expect(find(impersonationTrace('a.xml'), machineExport('ur.inf', five)).contradictedBy).toHaveLength(1);
  });
});

describe('the token of another process', () => {
  const token = (id: number, has: boolean) =>
    reading('p.txt', 'token-listing', { 'token.whose': 'worker', 'token.process-id': id, 'token.has-right': has });

  it('neither confirms nor contradicts: it may be of another pool, or newer', () => {
    for (const has of [true, false]) {
      const finding = find(impersonationTrace('a.xml'), token(9999, has));
      expect(finding).toMatchObject({ confidence: 'likely', contradictedBy: [] });
      expect(finding.remarks.join()).toContain('p.txt shows process 9999; the failing request ran in process 7120');
    }
    expect(find(impersonationTrace('a.xml'), token(7120, false)).confidence).toBe('confirmed');
    expect(find(impersonationTrace('a.xml'), token(7120, true)).contradictedBy).toHaveLength(1);
  });
});
