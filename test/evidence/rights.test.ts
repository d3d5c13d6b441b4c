import { describe, expect, it } from 'vitest';
import { readRightsExport } from '../../src/evidence/rights/export.js';
import { appPoolSid, sidOfName } from '../../src/evidence/sids.js';
import { gptTmpl, machineRights, poolSids, seceditExport } from '../generator/evidence/rights.js';
import { fact, facts } from './facts.js';

const four = '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6';

describe('well-known SIDs', () => {
  it('computes the SID of an application pool from its name', () => {
    expect(appPoolSid('DefaultAppPool')).toBe('S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415');
    expect(appPoolSid('.NET v4.5')).toBe('S-1-5-82-271721585-897601226-2024613209-625570482-296978595');
    expect(appPoolSid('web')).toBe('S-1-5-82-2971860261-2701350812-2118117159-340795515-2183480550');
    expect(appPoolSid('WEB')).toBe(appPoolSid('web'));
  });

  it.each([
    ['Administratoren', 'S-1-5-32-544'],
    ['VORDEFINIERT\\Administratoren', 'S-1-5-32-544'],
    ['Lokaler Dienst', 'S-1-5-19'],
    ['NT-AUTORITÄT\\Lokaler Dienst', 'S-1-5-19'],
    ['NETZWERKDIENST', 'S-1-5-20'],
    ['Dienst', 'S-1-5-6'],
    ['NT-AUTORITÄT\\DIENST', 'S-1-5-6'],
    ['VORDEFINIERT\\IIS_IUSRS', 'S-1-5-32-568'],
    ['AUTORITE NT\\SERVICE RÉSEAU', 'S-1-5-20'],
    ['AUTORITE NT\\SERVICE', 'S-1-5-6'],
    ['SERVICIO LOCAL', 'S-1-5-19'],
    ['Администраторы', 'S-1-5-32-544'],
    ['СЛУЖБА', 'S-1-5-6'],
    ['*S-1-5-32-568', 'S-1-5-32-568'],
    ['IIS APPPOOL\\DefaultAppPool', poolSids.DefaultAppPool],
  ])('understands %s', (name, sid) => {
    expect(sidOfName(name)).toBe(sid);
  });

  it('does not take an account of a domain for a built-in one', () => {
    expect(sidOfName('CONTOSO\\Service')).toBeUndefined();
    expect(sidOfName('CONTOSO\\Administrators')).toBeUndefined();
    expect(sidOfName('NT SERVICE\\Service')).toBeUndefined();
    expect(sidOfName('Jacob')).toBeUndefined();
  });
});

describe('secedit export of a machine', () => {
  it('finds the right in order', () => {
    const r = readRightsExport('ur.inf', seceditExport(machineRights()));
    expect(r).toMatchObject({ kind: 'rights-export', form: 'secedit-export', origin: 'machine', damage: [] });
    expect(fact(r, 'right.defined')).toBe(true);
    expect(fact(r, 'right.holds-iis-iusrs')).toBe(true);
    expect(fact(r, 'right.holds-service')).toBe(true);
    expect(fact(r, 'right.missing')).toBeUndefined();
    expect(fact(r, 'iis.installed')).toBe(true);
    expect(facts(r, 'right.pool-seen')).toEqual(['.NET v4.5', 'DefaultAppPool']);
  });

  it('finds IIS_IUSRS missing on a server that has IIS, and where it says so', () => {
    const r = readRightsExport('ur.inf', seceditExport(machineRights({ impersonate: four })))!;
    expect(r.origin).toBe('machine');
    expect(fact(r, 'right.holds-iis-iusrs')).toBe(false);
    expect(fact(r, 'right.missing')).toEqual(['S-1-5-32-568']);
    expect(fact(r, 'right.holders')).toEqual(['*S-1-5-19', '*S-1-5-20', '*S-1-5-32-544', '*S-1-5-6']);
    expect(fact(r, 'iis.installed')).toBe(true);
    expect(fact(r, 'right.batch-holds-iis-iusrs')).toBe(true);
    const line = r.observations.find((o) => o.name === 'right.holders')!;
    expect(line).toMatchObject({ event: 29, field: 'SeImpersonatePrivilege', raw: `SeImpersonatePrivilege = ${four}` });
  });

  it('says that nothing shows IIS on a server without it', () => {
    const r = readRightsExport('ur.inf', seceditExport(machineRights({ iis: false })));
    expect(fact(r, 'right.holds-iis-iusrs')).toBe(false);
    expect(fact(r, 'iis.installed')).toBe(false);
  });

  it('takes a missing line for "nobody", and the look-alike right for what it is', () => {
    const r = readRightsExport('ur.inf', seceditExport(machineRights({ impersonate: null })));
    expect(r?.origin).toBe('machine');
    expect(fact(r, 'right.defined')).toBe(false);
    expect(fact(r, 'right.nobody')).toBe(true);
    expect(fact(r, 'right.holders')).toEqual([]);
  });

  it('does not say "nobody" when the export breaks off before the line', () => {
    const whole = seceditExport(machineRights({ impersonate: null }), 'all');
    const cut = whole.slice(0, whole.indexOf('SeCreateGlobalPrivilege'));
    const r = readRightsExport('ur.inf', cut);
    expect(fact(r, 'right.defined')).toBe(false);
    expect(fact(r, 'right.nobody')).toBeUndefined();
  });

  it('reads names without a star, in German too, and keeps every holder', () => {
    const r = readRightsExport(
      'ur.inf',
      seceditExport(machineRights({ impersonate: 'ASPNET,Dienst,*S-1-5-19,IIS_IUSRS' })),
    );
    expect(fact(r, 'right.holders')).toEqual(['ASPNET', 'Dienst', '*S-1-5-19', 'IIS_IUSRS']);
    expect(fact(r, 'right.holds-iis-iusrs')).toBe(true);
    expect(fact(r, 'right.holds-service')).toBe(true);
    expect(fact(r, 'right.missing')).toEqual(['S-1-5-20', 'S-1-5-32-544']);
  });

  it('sees the SID of a pool that holds the right itself', () => {
    const own = `${four},*${appPoolSid('Portal')}`;
    const r = readRightsExport('ur.inf', seceditExport(machineRights({ impersonate: own })));
    expect(fact(r, 'right.holds-pool')).toEqual([appPoolSid('Portal')]);
  });

  it('reads a copy with other line ends, spaces and small letters', () => {
    const text = seceditExport(machineRights({ impersonate: four }))
      .replaceAll('\n', '\r')
      .replace('SeImpersonatePrivilege =', '  seimpersonateprivilege=');
    expect(fact(readRightsExport('x', text), 'right.missing')).toEqual(['S-1-5-32-568']);
  });
});

describe('what is not a machine', () => {
  it('a template that does not name the right: not defined here', () => {
    for (const text of [gptTmpl(null), gptTmpl([['SeDebugPrivilege', '*S-1-5-32-544']])]) {
      const r = readRightsExport('GptTmpl.inf', text);
      expect(r).toMatchObject({ kind: 'rights-export', form: 'gpttmpl', origin: 'template' });
      expect(fact(r, 'right.defined')).toBe(false);
      expect(fact(r, 'right.nobody')).toBeUndefined();
      expect(fact(r, 'iis.installed')).toBeUndefined();
    }
  });

  it('a template with an empty entry sets the right to nobody', () => {
    const r = readRightsExport('GptTmpl.inf', gptTmpl([['SeImpersonatePrivilege', '']]));
    expect(r?.origin).toBe('template');
    expect(fact(r, 'right.nobody')).toBe(true);
    expect(fact(r, 'right.holders')).toEqual([]);
  });

  it('the Default Domain Controllers Policy is a template in spite of its size', () => {
    const skip = /CreateGlobal|ManageVolume|IncreaseWorkingSet|TimeZone|CreateSymbolicLink|Impersonate/;
    const r = readRightsExport('GptTmpl.inf', gptTmpl(machineRights().filter(([key]) => !skip.test(key))));
    expect(r?.origin).toBe('template');
    expect(fact(r, 'right.nobody')).toBeUndefined();
  });

  it('an export of /mergedpolicy lists only what policies set', () => {
    const few: [string, string][] = [
      ['SeDebugPrivilege', '*S-1-5-32-544'],
      ['SeBackupPrivilege', '*S-1-5-32-544'],
      ['SeLoadDriverPrivilege', '*S-1-5-32-544'],
      ['SeRestorePrivilege', '*S-1-5-32-544'],
    ];
    const without = readRightsExport('m.inf', seceditExport(few, 'all'));
    expect(without?.origin).toBe('merged-policy');
    expect(fact(without, 'right.defined')).toBe(false);
    expect(fact(without, 'right.nobody')).toBeUndefined();
  });

  it('leaves the origin open when the file does not show it', () => {
    const line: [string, string][] = [['SeImpersonatePrivilege', four]];
    expect(readRightsExport('x.inf', seceditExport(line))?.origin).toBe('unknown');
    expect(readRightsExport('x.inf', `[Privilege Rights]\nSeImpersonatePrivilege = ${four}\n`)?.origin).toBe('unknown');
  });

  it('an export of other areas says nothing about rights', () => {
    const text =
      '[Unicode]\nUnicode=yes\n[System Access]\nMinimumPasswordAge = 0\n[Version]\nsignature="$CHICAGO$"\nRevision=1\n';
    const r = readRightsExport('x.inf', text);
    expect(r?.origin).toBe('unknown');
    expect(fact(r, 'right.reported')).toBe(false);
    expect(fact(r, 'right.nobody')).toBeUndefined();
  });

  it('other INI files are not rights exports', () => {
    expect(readRightsExport('php.ini', '[PHP]\nengine = On\n')).toBeNull();
    expect(readRightsExport('setup.inf', '[Version]\nsignature="$CHICAGO$"\n[Strings]\na="b"\n')).toBeNull();
  });
});

describe('a remark behind the last SID of a line', () => {
  it('is no part of the holder', () => {
    const r = readRightsExport(
      'x.inf',
      `[Privilege Rights]\nSeImpersonatePrivilege = *S-1-5-19,*S-1-5-6   that is APP02\n`,
    );
    expect(r?.observations.find(({ name }) => name === 'right.holders')?.value).toEqual(['*S-1-5-19', '*S-1-5-6']);
  });
});
