import { describe, expect, it } from 'vitest';
import { readPolicyHtml } from '../../src/evidence/policy/gpresult-html.js';
import { readGpoReport, readGpresultXml } from '../../src/evidence/policy/policy-xml.js';
import { gpoReport, gpresultHtml, gpresultXml } from '../generator/evidence/policy.js';
import { fact, facts, textOf } from './facts.js';

describe('gpresult /h', () => {
  it('names the winning GPO and what is missing', () => {
    const r = readPolicyHtml(
      'gp.html',
      gpresultHtml({ impersonate: 'SERVICE, NETWORK SERVICE, LOCAL SERVICE, Administrators' }),
    );
    expect(r).toMatchObject({ kind: 'policy-report', form: 'gpresult-html', origin: null });
    expect(fact(r, 'right.reported')).toBe(true);
    expect(fact(r, 'right.winning-gpo')).toBe('Hardening & Baseline');
    expect(fact(r, 'right.missing')).toEqual(['S-1-5-32-568']);
    expect(fact(r, 'computer.name')).toBe('WEB03');
    expect(fact(r, 'iis.installed')).toBe(true);
    expect(r?.withheld).toBe(1);
    expect(textOf(r)).not.toContain('jane');
  });

  it('reads a German report, holders included', () => {
    const holders = 'Administratoren, DIENST, LOKALER DIENST, NETZWERKDIENST';
    const r = readPolicyHtml('gp.html', gpresultHtml({ language: 'de', impersonate: holders, gpo: 'Härtung' }));
    expect(fact(r, 'right.holders')).toEqual(['Administratoren', 'DIENST', 'LOKALER DIENST', 'NETZWERKDIENST']);
    expect(fact(r, 'right.missing')).toEqual(['S-1-5-32-568']);
    expect(fact(r, 'right.holds-service')).toBe(true);
    expect(fact(r, 'right.winning-gpo')).toBe('Härtung');
    expect(fact(r, 'computer.name')).toBe('WEB03');
  });

  it('says "no GPO sets it" only when the computer part is there', () => {
    const listed = readPolicyHtml('gp.html', gpresultHtml({ impersonate: null }));
    expect([fact(listed, 'right.reported'), fact(listed, 'right.defined')]).toEqual([true, false]);
    for (const computer of ['empty', 'absent'] as const) {
      const r = readPolicyHtml('gp.html', gpresultHtml({ computer }));
      expect([fact(r, 'right.reported'), fact(r, 'right.defined')]).toEqual([false, undefined]);
    }
  });

  it('knows a report of the computer alone', () => {
    const r = readPolicyHtml('gp.html', gpresultHtml({ user: false, impersonate: 'IIS_IUSRS' }));
    expect(fact(r, 'right.reported')).toBe(true);
    expect(fact(r, 'right.holds-iis-iusrs')).toBe(true);
  });

  it('claims nothing about a right it cannot find in a language it does not know', () => {
    const r = readPolicyHtml('gp.html', gpresultHtml({ language: 'xx', impersonate: 'SERVICE' }));
    expect(r?.kind).toBe('policy-report');
    expect(fact(r, 'right.reported')).toBe(true);
    expect(fact(r, 'right.defined')).toBeUndefined();
  });

  it('takes an empty setting for "nobody"', () => {
    const r = readPolicyHtml('gp.html', gpresultHtml({ impersonate: '' }));
    expect(fact(r, 'right.defined')).toBe(true);
    expect(fact(r, 'right.nobody')).toBe(true);
  });

  it('does not read other pages', () => {
    expect(
      readPolicyHtml('x.html', '<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>'),
    ).toBeNull();
  });
});

describe('gpresult /x', () => {
  it('resolves the winning GPO by its identifier and takes precedence 1', () => {
    const r = readGpresultXml(
      'gp.xml',
      gpresultXml({ holders: ['Administrators', 'LOCAL SERVICE', 'NETWORK SERVICE', 'SERVICE'] }),
    );
    expect(r).toMatchObject({ kind: 'policy-report', form: 'gpresult-xml' });
    expect(fact(r, 'right.winning-gpo')).toBe('Hardening & Baseline');
    expect(fact(r, 'right.missing')).toEqual(['S-1-5-32-568']);
    expect(fact(r, 'computer.name')).toBe('WEB03');
    expect(textOf(r)).not.toContain('jane');
  });

  it('keeps the look-alike right apart, and an empty entry from a missing one', () => {
    const missing = readGpresultXml('gp.xml', gpresultXml({ holders: null }));
    expect([fact(missing, 'right.reported'), fact(missing, 'right.defined'), fact(missing, 'right.nobody')]).toEqual([
      true,
      false,
      undefined,
    ]);
    const empty = readGpresultXml('gp.xml', gpresultXml({ holders: [] }));
    expect([fact(empty, 'right.defined'), fact(empty, 'right.nobody')]).toEqual([true, true]);
  });

  it('without the computer part reports nothing', () => {
    const r = readGpresultXml('gp.xml', gpresultXml({ computer: false }));
    expect(facts(r, 'right.reported')).toEqual([false]);
    expect(fact(r, 'right.defined')).toBeUndefined();
  });
});

describe('GPO report', () => {
  it('says what this GPO would set', () => {
    const members = [
      { sid: 'S-1-5-32-544', name: 'VORDEFINIERT\\Administratoren' },
      { sid: 'S-1-5-6', name: 'NT-AUTORITÄT\\DIENST' },
    ];
    const r = readGpoReport('gpreport.xml', gpoReport(members));
    expect(r).toMatchObject({ kind: 'policy-report', form: 'gpo-report-xml' });
    expect(fact(r, 'right.gpo')).toBe('Member Server Baseline');
    expect(fact(r, 'right.missing')).toEqual(['S-1-5-19', 'S-1-5-20', 'S-1-5-32-568']);
    expect(fact(r, 'right.winning-gpo')).toBeUndefined();
  });

  it('an entry without members is "nobody", no entry is "not defined here"', () => {
    expect(fact(readGpoReport('x', gpoReport([])), 'right.nobody')).toBe(true);
    const none = readGpoReport('x', gpoReport(null));
    expect([fact(none, 'right.defined'), fact(none, 'right.nobody')]).toEqual([false, undefined]);
    expect(fact(none, 'right.gpo')).toBe('Member Server Baseline');
  });
});

describe('the places of the facts', () => {
  it('name the GPO and the members as the report has them, not its GUID', () => {
    const members = ['SERVICE', 'Administrators'];
    const r = readGpresultXml('gp.xml', gpresultXml({ holders: members }));
    const winning = r?.observations.find((o) => o.name === 'right.winning-gpo');
    expect(winning).toMatchObject({ field: 'Winning GPO' });
    expect(winning?.raw).toBeUndefined();
    const list = r?.observations.find((o) => o.name === 'right.holds-iis-iusrs');
    expect(list).toMatchObject({ field: 'SeImpersonatePrivilege', raw: 'SERVICE, Administrators', value: false });
  });
});
