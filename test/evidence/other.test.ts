import { describe, expect, it } from 'vitest';
import { readAccessLog } from '../../src/evidence/access/access-log.js';
import { readAppcmd } from '../../src/evidence/config/appcmd.js';
import { readServerConfig } from '../../src/evidence/config/xml-config.js';
import { isPrintOf } from '../../src/evidence/events/facts/account-print.js';
import { readWindowsEvents } from '../../src/evidence/events/windows-events.js';
import type { Reading } from '../../src/evidence/evidence.js';
import { readErrorPage } from '../../src/evidence/pages/error-page.js';
import { appPoolSid } from '../../src/evidence/sids.js';
import {
  accessLog,
  appcmdText,
  applicationHost,
  detailedErrorPage,
  httperr,
  windowsEvent,
  windowsEvents,
} from '../generator/evidence/server.js';
import { fact, facts, textOf } from './facts.js';

describe('W3C access log', () => {
  it('takes columns from #Fields:, also when they change in the middle', () => {
    const first = [
      'date',
      'time',
      'cs-method',
      'cs-uri-stem',
      'cs-uri-query',
      'cs-username',
      'c-ip',
      'sc-status',
      'sc-substatus',
      'sc-win32-status',
    ];
    const second = ['sc-win32-status', 'sc-substatus', 'sc-status', 'cs-uri-stem', 'date', 'time', 'c-ip'];
    const text =
      accessLog(first, ['2026-06-08 19:53:49 GET /a user=jane CONTOSO\\jane 10.9.8.7 500 0 1346']) +
      accessLog(second, ['2147943746 0 500 /b 2026-06-08 19:54:00 10.9.8.7', '1346 0 200 /c 2026-06-08 19:54:01 -']);
    const r = readAccessLog('u_ex.log', text);
    expect(r).toMatchObject({ kind: 'access-log', form: 'w3c' });
    expect(fact(r, 'access.lines')).toBe(3);
    expect(fact(r, 'access.failures')).toBe(2);
    expect(fact(r, 'access.impersonation-failures')).toBe(2);
    expect(facts(r, 'access.url')).toEqual(['/a', '/b']);
    expect(fact(r, 'access.time')).toBe('2026-06-08T19:53:49Z');
    expect(r?.observations.find((o) => o.name === 'access.impersonation-failures')?.event).toBe(5);
    expect(r?.withheld).toBe(4);
    expect(textOf(r)).not.toMatch(/jane|10\.9/);
  });

  it('sorts failing combinations by how often they occur', () => {
    const fields = ['date', 'time', 'sc-status', 'sc-substatus', 'sc-win32-status'];
    const r = readAccessLog(
      'x',
      accessLog(fields, [
        '2026-06-08 19:53:49 503 0 0',
        '2026-06-08 19:53:50 500 19 183',
        '2026-06-08 19:53:50 500 19 183',
      ]),
    );
    expect(facts(r, 'access.status')).toEqual(['500.19 183', '503.0 0']);
    expect(fact(r, 'access.impersonation-failures')).toBeUndefined();
  });

  it('reads an httperr log', () => {
    const r = readAccessLog('httperr1.log', httperr());
    expect(r?.form).toBe('httperr');
    expect(fact(r, 'access.reason')).toBe('AppOffline');
    expect(fact(r, 'access.queue')).toBe('Portal');
    expect(textOf(r)).not.toMatch(/10\.9\.8\.7|token=/);
  });
});

describe('Windows events', () => {
  const removed = windowsEvent(4705, {
    SubjectUserSid: 'S-1-5-18',
    TargetSid: 'S-1-5-32-568',
    PrivilegeList: 'SeAuditPrivilege SeImpersonatePrivilege',
  });

  it('sees IIS_IUSRS lose the right, when and by whom', () => {
    const r = readWindowsEvents('e.xml', windowsEvents([removed]));
    expect(r).toMatchObject({ kind: 'event-export', form: 'windows-events' });
    expect(fact(r, 'audit.right-removed')).toEqual(['S-1-5-32-568']);
    expect(fact(r, 'audit.iis-iusrs-removed')).toBe(true);
    expect(fact(r, 'audit.time')).toBe('2026-06-08T19:50:00Z');
    expect(fact(r, 'audit.by-policy')).toBe(true);
    expect(fact(r, 'computer.name')).toBe('WEB03');
  });

  it('a later 4704 gives it back', () => {
    const added = windowsEvent(
      4704,
      { TargetSid: 'S-1-5-32-568', PrivilegeList: 'SeImpersonatePrivilege' },
      '2026-06-08T20:10:00.5Z',
    );
    expect(fact(readWindowsEvents('e', windowsEvents([added, removed])), 'audit.iis-iusrs-removed')).toBe(false);
  });

  it('does not count other rights, look-alikes and people', () => {
    const other = windowsEvent(4705, {
      TargetSid: 'S-1-5-32-568',
      PrivilegeList: 'SeDelegateSessionUserImpersonatePrivilege',
    });
    const person = windowsEvent(4705, {
      SubjectUserName: 'jane.roe',
      TargetSid: 'S-1-5-21-1-2-3-1105',
      PrivilegeList: 'SeImpersonatePrivilege',
    });
    const r = readWindowsEvents('e', windowsEvents([other, person]));
    expect(fact(r, 'audit.iis-iusrs-removed')).toBeUndefined();
    expect(fact(r, 'audit.right-removed')).toEqual([]);
    expect(r?.withheld).toBe(2);
    expect(textOf(r)).not.toMatch(/jane|S-1-5-21/);
  });

  it('reads SceCli 1202 with its code', () => {
    const text = windowsEvent(
      1202,
      ['0x534 : No mapping between account names and security IDs was done.'],
      undefined,
      'SceCli',
    );
    expect(fact(readWindowsEvents('e', text), 'policy.warning')).toBe('0x534');
  });

  it('a pool that Windows stopped, with the field that names it', () => {
    const text = windowsEvent(5059, { AppPoolID: 'Portal' }, undefined, 'Microsoft-Windows-WAS');
    const found = readWindowsEvents('e', text)?.observations.find((o) => o.name === 'pool.event');
    expect(found).toMatchObject({ value: '5059 Portal', field: 'AppPoolID', raw: 'Portal' });
  });
});

describe('configuration', () => {
  it('applies defaults and shows pool identities, not their passwords', () => {
    const r = readServerConfig('applicationHost.config', applicationHost());
    expect(r).toMatchObject({ kind: 'server-config', form: 'applicationHost.config' });
    expect(facts(r, 'pool.name')).toEqual(['DefaultAppPool', 'Portal']);
    expect(facts(r, 'pool.identity')).toEqual(['NetworkService', 'SpecificUser']);
    expect(facts(r, 'pool.manual-group-membership')).toEqual([true, false]);
    expect(fact(r, 'pool.account')).toBe('contoso\\svc_web');
    expect(facts(r, 'pool.sid')).toContain(appPoolSid('Portal'));
    expect(r?.withheld).toBe(2);
    expect(textOf(r)).not.toMatch(/Secret|AAAA/);
  });

  it('web.config: keeps impersonation by ASP.NET apart from the right', () => {
    const text =
      '<configuration><!-- <identity impersonate="false"/> --><connectionStrings><add name="x" connectionString="Server=a;Password=Secret1"/></connectionStrings><system.web><identity impersonate="true" /></system.web><system.webServer><validation validateIntegratedModeConfiguration="false" /></system.webServer></configuration>';
    const r = readServerConfig('web.config', text);
    expect(r?.form).toBe('web.config');
    expect(fact(r, 'config.impersonate')).toBe(true);
    expect(fact(r, 'config.validates-integrated-mode')).toBe(false);
    expect(r?.withheld).toBe(1);
    expect(textOf(r)).not.toContain('Secret1');
    expect(readServerConfig('app.config', '<configuration><startup/></configuration>')).toBeNull();
  });

  it('is read from appcmd /text:*, /config, list and list wp', () => {
    const r = readAppcmd('a.txt', appcmdText());
    expect(facts(r, 'pool.name')).toEqual(['Portal']);
    expect(fact(r, 'pool.identity')).toBe('SpecificUser');
    expect(fact(r, 'pool.account')).toBe('contoso\\svc_web');
    expect(fact(r, 'pool.logon-type')).toBe('LogonBatch');
    expect(r?.withheld).toBe(1);
    expect(textOf(r)).not.toContain('Secret');
    const config = readAppcmd('a', '<add name="Portal"><processModel identityType="LocalSystem" /></add>');
    expect([fact(config, 'pool.name'), fact(config, 'pool.identity'), fact(config, 'pool.logon-type')]).toEqual([
      'Portal',
      'LocalSystem',
      undefined,
    ]);
    const wp = readAppcmd(
      'a',
      'WP "7120" (applicationPool:Portal)\r\nAPPPOOL "Portal" (MgdVersion:v4.0,MgdMode:Integrated,state:Started)\r\n',
    );
    expect([fact(wp, 'pool.process-id'), facts(wp, 'pool.name')]).toEqual([7120, ['Portal']]);
  });
});

describe("IIS's detailed error page", () => {
  it.each(['en', 'de'] as const)('is read as a browser saves it (%s)', (language) => {
    const r = readErrorPage('page.htm', detailedErrorPage(language));
    expect(r).toMatchObject({ kind: 'error-page', form: 'iis-detailed-error' });
    expect(fact(r, 'final-status')).toBe(500);
    expect(fact(r, 'final-substatus')).toBe(19);
    expect(fact(r, 'decisive.module')).toBe('IIS Web Core');
    expect(fact(r, 'decisive.notification')).toBe('BEGIN_REQUEST');
    expect(fact(r, 'decisive.code')).toBe('0x80070021');
    expect(fact(r, 'handler.name')).toBe('StaticFile');
    expect(fact(r, 'file.requested')).toBe('C:\\inetpub\\site\\a.htm');
    expect(textOf(r)).not.toMatch(/jane/);
  });

  it('does not read a page that only quotes a code', () => {
    expect(
      readErrorPage('x', '<html><body><table><tr><td>BeginRequest</td></tr></table>500.19 0x80070021</body></html>'),
    ).toBeNull();
  });
});

describe('event 4672', () => {
  const logon = (name: string, more: Record<string, string> = {}, time?: string) =>
    windowsEvent(
      4672,
      {
        SubjectUserSid: 'S-1-5-21-7-8-9-1105',
        SubjectUserName: name,
        SubjectDomainName: 'CONTOSO',
        SubjectLogonId: '0x5f3a91',
        PrivilegeList: 'SeAuditPrivilege SeImpersonatePrivilege',
        ...more,
      },
      time,
    );
  const read = (...events: string[]) => readWindowsEvents('security.xml', windowsEvents(events))!;
  const accounts = (reading: Reading) =>
    reading.observations.filter(({ name }) => name === 'logon.account').map(({ value }) => String(value));

  it('leaves a print of an account, which only its name fits', () => {
    const [print] = accounts(read(logon('svc_web')));
    expect(print).not.toMatch(/svc_web|contoso/i);
    expect(isPrintOf(print!, 'contoso\\SVC_WEB', 'WEB03')).toBe(true);
    expect(isPrintOf(print!, 'svc_web@contoso.example', 'WEB03')).toBe(true);
    expect(isPrintOf(print!, '.\\svc_web', 'CONTOSO')).toBe(true);
    for (const other of ['CONTOSO\\svc_web2', 'FABRIKAM\\svc_web', 'svc_web', '.\\svc_web'])
      expect([other, isPrintOf(print!, other, 'WEB03')]).toEqual([other, false]);
  });

  it('makes prints of two logons that cannot be compared, and the same print of the same file', () => {
    const one = read(logon('svc_web'));
    expect(accounts(one)).toEqual(accounts(read(logon('svc_web'))));
    expect(accounts(one)).not.toEqual(accounts(read(logon('svc_web', { SubjectLogonId: '0x7' }))));
  });

  it('names pools and built-in accounts by their SID, and keeps the newest logon of each account', () => {
    const reading = read(
      logon('Portal', { SubjectUserSid: appPoolSid('Portal') }, '2026-06-08T21:00:00.0Z'),
      logon(
        'Portal',
        { SubjectUserSid: appPoolSid('Portal'), PrivilegeList: 'SeAuditPrivilege' },
        '2026-06-08T20:00:00.0Z',
      ),
      logon('SYSTEM', { SubjectUserSid: 'S-1-5-18' }),
    );
    expect(accounts(reading)).toEqual([appPoolSid('Portal'), 'S-1-5-18']);
    expect(reading.observations.find(({ name }) => name === 'logon.has-right')?.value).toBe(true);
  });
});
