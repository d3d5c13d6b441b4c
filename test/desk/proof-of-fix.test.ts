import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import { appPoolSid } from '../../src/evidence/sids.js';
import { eventForms } from '../generator/evidence/events.js';
import { accessLog, windowsEvent, windowsEvents } from '../generator/evidence/server.js';
import { zipOf } from '../intake/zips.js';
import { frebLog } from '../scenarios/logs.js';
import { file, type World, world } from './support.js';

const last = (w: World) => renderText(w.door.answers.at(-1) as Answer);

async function drop(w: World, name: string, content: string | Uint8Array): Promise<string> {
  w.door.files = { [name]: Buffer.from(content) };
  await w.tell({ thread: 'one', files: [file(name)] });
  return last(w);
}

async function paste(w: World, text: string): Promise<string> {
  await w.tell({ thread: 'one', text });
  return last(w);
}

/** A conversation in which the log of 19:53:49 UTC was dropped: WEB03, pool Portal, GET /secure/secret.html. */
async function failing(): Promise<World> {
  const w = world();
  await drop(w, 'fr000001.xml', frebLog());
  return w;
}

async function caseState(w: World): Promise<string> {
  await w.tell({ thread: 'one', text: 'case' });
  return /Case \d+: .*/.exec(last(w))![0];
}

describe('a whole access log after the fix', () => {
  const fields = [
    'date',
    'time',
    's-computername',
    'cs-method',
    'cs-uri-stem',
    'c-ip',
    'sc-status',
    'sc-substatus',
    'sc-win32-status',
  ];
  const line = (time: string, path: string, status: string, verb = 'GET', server = 'WEB03') =>
    `2026-06-08 ${time} ${server} ${verb} ${path} 10.0.0.9 ${status}`;
  const failed = line('19:53:50', '/secure/secret.html', '500 0 1346');
  const others = Array.from({ length: 40 }, (_, i) => line(`20:${10 + i}:00`, `/page${i}.html`, '200 0 0'));
  const works = line('21:00:00', '/secure/secret.html', '200 0 0');
  const log = (...lines: string[]) => accessLog(fields, lines);

  it('proves it when the request that failed is answered 200 later', async () => {
    const w = await failing();
    const answer = await drop(w, 'u_ex260608.log', log(failed, ...others, works, line('21:00:01', '/x', '500 0 0')));
    expect(answer).toMatch(/^Fixed: GET \/secure\/secret\.html answers 200 now/);
    expect(await caseState(w)).toBe('Case 1: fixed');
  });

  it('proves it when it comes in a zip, beside the log of the day before', async () => {
    const w = await failing();
    const zip = await zipOf({
      'W3SVC1/u_ex260608.log': Buffer.from(log(failed, ...others, works)),
      'W3SVC1/u_ex260607.log': Buffer.from(log(failed.replace('06-08', '06-07'))),
    });
    expect(await drop(w, 'logs.zip', zip)).toMatch(/^Fixed: GET \/secure\/secret\.html answers 200 now/);
  });

  it.each([
    ['with its heading', (text: string) => text],
    ['without its heading', (text: string) => text.replace(/^#.*\r\n/gm, '')],
  ])('proves it when its lines are pasted %s', async (_, form) => {
    const w = await failing();
    expect(await paste(w, form(log(failed, ...others.slice(0, 5), works)))).toMatch(/^Fixed: GET \/secure/);
  });

  it('does not prove it with a 200 from before the failure', async () => {
    const w = await failing();
    const early = line('18:00:00', '/secure/secret.html', '200 0 0');
    const answer = await drop(w, 'u_ex260608.log', log(early, ...others));
    expect(answer).not.toMatch(/Fixed/);
    expect(answer).toMatch(/older than the failure/);
    expect(await caseState(w)).toBe('Case 1: open');
  });

  it('does not prove it with other pages that work, and says that the request is missing', async () => {
    const w = await failing();
    const answer = await drop(w, 'u_ex260608.log', log(...others));
    expect(answer).not.toMatch(/Fixed/);
    expect(answer).toMatch(/request that failed isn.t in this log/);
    expect(await caseState(w)).toBe('Case 1: open');
  });

  it('does not prove it when the request worked once and failed again', async () => {
    const w = await failing();
    const again = line('21:30:00', '/secure/secret.html', '500 0 1346');
    const answer = await drop(w, 'u_ex260608.log', log(failed, works, again, ...others));
    expect(answer).not.toMatch(/Fixed/);
    expect(answer).toMatch(/^The same as before/);
  });

  it('says what the request answers when it fails for another reason now', async () => {
    const w = await failing();
    const answer = await drop(
      w,
      'u_ex260608.log',
      log(failed, line('21:30:00', '/secure/secret.html', '404 0 2'), ...others),
    );
    expect(answer).toMatch(/^Changed\. GET \/secure\/secret\.html answers 404 now/);
  });

  it('takes the line of the very request that failed for neither a proof nor another failure', async () => {
    const w = await failing();
    const answer = await drop(w, 'u_ex260608.log', log(failed, ...others));
    expect(answer).not.toMatch(/Fixed|The same as before|Changed/);
  });

  it.each([
    ['another verb', line('21:00:00', '/secure/secret.html', '200 0 0', 'HEAD'), /isn.t in this log/],
    ['another server', line('21:00:00', '/secure/secret.html', '200 0 0', 'GET', 'WEB04'), /another server/],
    ['a redirect', line('21:00:00', '/secure/secret.html', '302 0 0'), /answers 302 now/],
    ['a demand for a logon', line('21:00:00', '/secure/secret.html', '401 2 5'), /answers 401\.2 now/],
  ])('does not prove it by %s', async (_, one, why) => {
    const w = await failing();
    const answer = await drop(w, 'u_ex260608.log', log(...others, one));
    expect(answer).not.toMatch(/Fixed/);
    expect(answer).toMatch(why);
    expect(await caseState(w)).toBe('Case 1: open');
  });

  it.each([
    ['another site', 'W3SVC1 80', /another site or port/],
    ['another port of its site', 'W3SVC2 8080', /another site or port/],
    ['its own site and port', 'W3SVC2 80', /^Fixed: GET/],
  ])('compares site and port: a 200 from %s', async (_, place, said) => {
    const w = await failing();
    const wide = [...fields.slice(0, 3), 's-sitename', 's-port', ...fields.slice(3)];
    const at = (one: string, where: string) => one.replace(' WEB03 ', ` WEB03 ${where} `);
    const content = accessLog(
      wide,
      [...others, works].map((one) => at(one, place)),
    );
    expect(await drop(w, 'u_ex260608.log', content)).toMatch(said);
    expect(await caseState(w)).toBe(place === 'W3SVC2 80' ? 'Case 1: fixed' : 'Case 1: open');
  });

  it('proves it for a failure that was only known from the access log', async () => {
    const w = world();
    await drop(w, 'u_ex260608.log', log(failed, ...others));
    expect(await drop(w, 'u_ex260609.log', log(works.replace('06-08', '06-09'), ...others))).toMatch(
      /^Fixed: GET \/secure/,
    );
  });
});

describe('event 4672 after the fix', () => {
  const later = '2026-06-08T21:00:00.000Z';
  const listed = 'SeAssignPrimaryTokenPrivilege\n\t\t\tSeAuditPrivilege\n\t\t\tSeImpersonatePrivilege';
  const unlisted = 'SeAssignPrimaryTokenPrivilege\n\t\t\tSeAuditPrivilege';
  const logon = (
    domain: string,
    name: string,
    { time = later, privileges = listed, sid = 'S-1-5-21-7-8-9-1105' } = {},
  ) =>
    windowsEvent(
      4672,
      {
        SubjectUserSid: sid,
        SubjectUserName: name,
        SubjectDomainName: domain,
        SubjectLogonId: '0x5f3a91',
        PrivilegeList: privileges,
      },
      time,
    );
  const xml = (...events: string[]) => windowsEvents(events);
  const poolSid = appPoolSid('Portal');
  const pool = (more = {}) => logon('IIS APPPOOL', 'Portal', { sid: poolSid, ...more });
  const admin = logon('CONTOSO', 'ada', { time: '2026-06-08T21:05:00.000Z' });

  const settings =
    'APPPOOL.NAME:"Portal"\r\n  [processModel]\r\n    identityType:"SpecificUser"\r\n    userName:"CONTOSO\\svc_web"\r\n';

  it('proves it when the account of the pool gets the right at a logon', async () => {
    const w = await failing();
    const answer = await drop(w, 'security.xml', xml(admin, pool()));
    expect(answer).toMatch(/^Fixed: the account of the pool gets the right now/);
    expect(answer).toMatch(/4672/);
    expect(await caseState(w)).toBe('Case 1: fixed');
  });

  it('proves it in a zip', async () => {
    const w = await failing();
    expect(await drop(w, 'a.zip', await zipOf({ 'security.xml': Buffer.from(xml(pool())) }))).toMatch(
      /^Fixed: the acc/,
    );
  });

  it.each(['CONTOSO\\svc_web', 'contoso.example\\SVC_WEB', 'svc_web@contoso.example'])(
    'proves it for a pool with the account %s, which it shows to no one and keeps nowhere',
    async (account) => {
      const w = await failing();
      await drop(w, 'pool.txt', settings.replace('CONTOSO\\svc_web', account));
      const answer = await drop(w, 'security.xml', xml(admin, logon('CONTOSO', 'svc_web')));
      expect(answer).toMatch(/^Fixed: the account of the pool/);
      expect(answer).not.toMatch(/svc_web|ada\b/i);
      expect(w.store.snapshot()).not.toMatch(/S-1-5-21|\bada\b/i);
    },
  );

  it('knows the account from the answers to the two commands it asks for', async () => {
    const w = await failing();
    await paste(w, 'SpecificUser\nCONTOSO\\svc_web');
    expect(await paste(w, xml(logon('CONTOSO', 'svc_web')))).toMatch(/^Fixed: the account/);
  });

  it('knows a local account by the computer', async () => {
    const w = await failing();
    await drop(w, 'pool.txt', settings.replace('CONTOSO\\svc_web', '.\\svc_web'));
    expect(await drop(w, 'security.xml', xml(logon('CONTOSO', 'svc_web')))).not.toMatch(/Fixed/);
    expect(await drop(w, 'security.xml', xml(logon('WEB03', 'svc_web')))).toMatch(/^Fixed: the account/);
  });

  it.each(Object.entries(eventForms).filter(([form]) => !/Azure/.test(form)))(
    'as %s, by the day after it proves it',
    async (_, write) => {
      const w = await failing();
      const text = write([
        {
          provider: 'Microsoft-Windows-Security-Auditing',
          id: 4672,
          time: '2026-06-13T09:00:00',
          log: 'Security',
          data: {
            SubjectUserSid: poolSid,
            SubjectUserName: 'Portal',
            SubjectDomainName: 'IIS APPPOOL',
            SubjectLogonId: '0x5f3a91',
            PrivilegeList: listed,
          },
          message: `Special privileges assigned to new logon.\n\nSubject:\n\tSecurity ID:\t\tIIS APPPOOL\\Portal\n\tAccount Name:\t\tPortal\n\tAccount Domain:\t\tIIS APPPOOL\n\tLogon ID:\t\t0x5F3A91\n\nPrivileges:\t\t${listed}`,
        },
      ]);
      expect(await drop(w, 'security.txt', text)).toMatch(/^Fixed: the account of the pool/);
    },
  );

  it.each([
    ['of another pool', xml(logon('IIS APPPOOL', 'Shop', { sid: appPoolSid('Shop') })), /another account/],
    ['of the system', xml(logon('NT AUTHORITY', 'SYSTEM', { sid: 'S-1-5-18' })), /another account/],
    ['before the failure', xml(pool({ time: '2026-06-08T18:00:00.000Z' })), /older than the failure/],
    ['without the right', xml(pool({ privileges: unlisted })), /didn.t get the right/],
    [
      'with the right, when a later one is without it',
      xml(pool(), pool({ time: '2026-06-08T21:30:00.000Z', privileges: unlisted })),
      /didn.t get the right/,
    ],
    ['on another server', xml(pool()).replaceAll('WEB03', 'WEB04'), /another server/],
    ['of an account that may be the pool’s', xml(admin), /don't know which account the pool runs as/],
  ])('a logon %s proves nothing, and the reply says why', async (_, text, why) => {
    const w = await failing();
    for (const answer of [await drop(w, 'security.xml', text), await paste(w, text)]) {
      expect(answer).not.toMatch(/Fixed/);
      expect(answer).toMatch(why);
    }
    expect(await caseState(w)).toBe('Case 1: open');
  });

  it('a logon of another account than the known one proves nothing', async () => {
    const w = await failing();
    await drop(w, 'pool.txt', settings);
    const answer = await drop(w, 'security.xml', xml(logon('CONTOSO', 'svc_other')));
    expect(answer).not.toMatch(/Fixed/);
    expect(answer).toMatch(/another account/);
  });

  it('a local time of the same day cannot be ordered, and the reply asks for XML', async () => {
    const w = await failing();
    const text = `TimeCreated  : 2026-06-08 21:00:00\nProviderName : Microsoft-Windows-Security-Auditing\nId           : 4672\nMessage      : Special privileges assigned to new logon.\n\n               Subject:\n               \tSecurity ID:\t\t${poolSid}\n               \tAccount Name:\t\tPortal\n               \tAccount Domain:\t\tIIS APPPOOL\n               \tLogon ID:\t\t0x5F3A91\n\n               Privileges:\t\tSeImpersonatePrivilege\n`;
    const answer = await drop(w, 'security.txt', text);
    expect(answer).not.toMatch(/Fixed/);
    expect(answer).toMatch(/no time zone[\s\S]*XML/);
  });

  it('says nothing about logons where the export was sent for another event', async () => {
    const w = await failing();
    const removed = windowsEvent(4705, {
      SubjectUserSid: 'S-1-5-18',
      TargetSid: 'S-1-5-32-568',
      PrivilegeList: 'SeImpersonatePrivilege',
    });
    const answer = await drop(w, 'security.xml', xml(admin, removed));
    expect(answer).not.toMatch(/Fixed|another account|which account the pool runs as, so/);
  });

  it('still proves it after a restart', async () => {
    const before = await failing();
    const w = world({ store: before.store.snapshot() });
    expect(await drop(w, 'security.xml', xml(pool()))).toMatch(/^Fixed: the account of the pool/);
  });
});
