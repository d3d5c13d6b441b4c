import { describe, expect, it } from 'vitest';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { gpresultHtml } from '../generator/evidence/policy.js';
import { machineRights, seceditExport } from '../generator/evidence/rights.js';
import { accessChkRight, whoami } from '../generator/evidence/tokens.js';
import { impersonation } from '../generator/index.js';
import { fact, facts, textOf } from './facts.js';

const line = 'SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6';
const w3c =
  '2026-06-08 19:53:49 10.1.2.3 GET /secure/secret.html user=jane 443 CONTOSO\\jane 10.9.8.7 Mozilla/5.0 - 500 0 1346 31';

describe('a line of an access log with its numbers in bold type', () => {
  it.each([w3c.replace('500 0 1346', '**500 0 1346**'), w3c.replace('500', '**500**')])(
    'gives its status: %s',
    (text) => {
      const [r] = readPasted(`this is one of them:\n${text}`);
      expect(facts(r, 'access.status')).toEqual(['500.0 1346']);
    },
  );
});

describe('a line of an export', () => {
  it.each([
    line,
    `\`\`\`\n${line}\n\`\`\``,
    `> ${line}`,
    `C:\\ur.inf:29:${line}`,
    `${line.replaceAll('-', '\u2011').replace(' = ', '\u00a0=\u00a0')}`,
    `this is what I get\n${line}`,
  ])('gives the missing group: %j', (text) => {
    const [r, ...more] = readPasted(text);
    expect(more).toEqual([]);
    expect(r).toMatchObject({ kind: 'fragment', form: 'right-line', origin: 'unknown', damage: [] });
    expect(fact(r, 'right.missing')).toEqual(['S-1-5-32-568']);
    expect(fact(r, 'right.holds-service')).toBe(true);
  });

  it('without stars, which chat takes for bold', () => {
    const [r] = readPasted('SeImpersonatePrivilege = S-1-5-19,S-1-5-32-568');
    expect(fact(r, 'right.holds-iis-iusrs')).toBe(true);
  });

  it('is read when a console has wrapped it', () => {
    const [r] = readPasted('SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,\n*S-1-5-32-544,*S-1-5-6,*S-1-5-\n32-568');
    expect(fact(r, 'right.missing')).toBeUndefined();
    expect(facts(r, 'right.holders')[0]).toHaveLength(5);
  });

  it('of another right says nothing about this one', () => {
    const [r] = readPasted('SeBatchLogonRight = *S-1-5-32-544,*S-1-5-32-568');
    expect(fact(r, 'right.defined')).toBeUndefined();
    expect(fact(r, 'right.nobody')).toBeUndefined();
    expect(fact(r, 'iis.installed')).toBe(true);
  });
});

describe('a W3C line without its header', () => {
  it('finds status and code by structure, and withholds people', () => {
    const [r] = readPasted(w3c);
    expect(r).toMatchObject({ kind: 'fragment', form: 'w3c-line' });
    expect(fact(r, 'access.impersonation-failures')).toBe(1);
    expect(fact(r, 'access.status')).toBe('500.0 1346');
    expect(fact(r, 'code.seen')).toBe('0x80070542');
    expect(fact(r, 'final-status')).toBe(500);
    expect(fact(r, 'request.url')).toBe('/secure/secret.html');
    expect(textOf(r!)).not.toMatch(/jane|10\.9\.8\.7|Mozilla/);
    expect(r!.withheld).toBeGreaterThan(2);
  });
});

describe('pieces of a FREB log', () => {
  const compact =
    '73.\tMODULE_SET_RESPONSE_ERROR_STATUS\tWarning\tModuleName="IIS Web Core", Notification="AUTHENTICATE_REQUEST", HttpStatus="500", HttpReason="Internal Server Error", HttpSubStatus="0", ErrorCode="Either a required impersonation level was not provided, or the provided impersonation level is invalid.\n (0x80070542)", ConfigExceptionInfo=""\t19:53:49.130';

  it.each([
    ['tabs', compact],
    ['bars', compact.replaceAll('\t', ' | ')],
    ['severity glued to the name', compact.replace('STATUS\tWarning', 'STATUSWarning')],
    ['smart quotes', compact.replaceAll('"', '\u201d')],
  ])('compact view: %s', (_, text) => {
    const [r] = readPasted(text);
    expect(r).toMatchObject({ kind: 'fragment', form: 'freb-compact', damage: [] });
    expect(fact(r, 'decisive.code')).toBe('0x80070542');
    expect(fact(r, 'decisive.module')).toBe('IIS Web Core');
    expect(fact(r, 'decisive.notification')).toBe('AUTHENTICATE_REQUEST');
    expect(r!.observations.find((o) => o.name === 'decisive.code')?.event).toBe(73);
    expect(fact(r, 'request.time')).toBeUndefined();
  });

  it('are read from the Errors & Warnings table, one field a line', () => {
    const text = [
      'MODULE_SET_RESPONSE_ERROR_STATUS',
      'ModuleName\tWindowsAuthenticationModule',
      'Notification\t2',
      'HttpStatus\t401',
      'HttpReason\tUnauthorized',
      'HttpSubStatus\t2',
      'ErrorCode\t2147942405',
      'Notification\tAUTHENTICATE_REQUEST',
      'ErrorCode\tAccess is denied. (0x80070005)',
    ].join('\n');
    const [r] = readPasted(text);
    expect(fact(r, 'decisive.status')).toBe(401);
    expect(fact(r, 'decisive.substatus')).toBe(2);
    expect(fact(r, 'decisive.code')).toBe('0x80070005');
    expect(fact(r, 'decisive.module')).toBe('WindowsAuthenticationModule');
  });

  it.each([false, true])('elements without a root, entities left by a copy: %s', (escaped) => {
    const xml =
      '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="WWW Server" Guid="{3A2A4E84-4C21-4981-AE10-3FDA0D9B0F83}"/><EventID>0</EventID><Level>3</Level><Opcode>16</Opcode><TimeCreated SystemTime="2026-06-08T19:53:49.130Z"/><Computer>WEB03</Computer></System><EventData><Data Name="ModuleName">IIS Web Core</Data><Data Name="Notification">2</Data><Data Name="HttpStatus">500</Data><Data Name="HttpSubStatus">0</Data><Data Name="ErrorCode">2147943746</Data></EventData><RenderingInfo Culture="en-US"><Opcode>MODULE_SET_RESPONSE_ERROR_STATUS</Opcode></RenderingInfo></Event>';
    const text = escaped ? xml.replaceAll('<', '&lt;').replaceAll('>', '&gt;') : `look:\n${xml}\n${xml.slice(0, 90)}`;
    const [r] = readPasted(text);
    expect(r).toMatchObject({ kind: 'fragment', form: 'freb-events' });
    expect(fact(r, 'decisive.code')).toBe('0x80070542');
  });
});

describe('other output on a jump host', () => {
  it('is read as a row of whoami /priv, in German too', () => {
    for (const row of [
      'SeImpersonatePrivilege        Impersonate a client after authentication Disabled',
      'SeImpersonatePrivilege Annehmen der Clientidentität nach Authentifizierung Aktiviert',
    ]) {
      const [r] = readPasted(row);
      expect(r).toMatchObject({ kind: 'fragment', form: 'whoami-row' });
      expect(fact(r, 'token.has-right')).toBe(true);
    }
  });

  it('rows of whoami /priv without their heading', () => {
    const rows = [
      'SeChangeNotifyPrivilege\tx y\tEnabled',
      'SeCreateGlobalPrivilege\tx\tEnabled',
      'SeTimeZonePrivilege\tx\tDisabled',
    ];
    const [r] = readPasted(rows.join('\n'));
    expect(fact(r, 'token.has-right')).toBe(false);
    expect(readPasted(rows.slice(1).join('\n'))).toEqual([]);
  });

  it("is read as the text of Event Viewer's General tab, in German too", () => {
    const text =
      'Protokollname: Security\nQuelle:        Microsoft-Windows-Security-Auditing\nDatum:         08.06.2026 21:50:00\nEreignis-ID:   4705\nComputer:      WEB03.contoso.example\nBeschreibung:\nEin Benutzerrecht wurde entfernt.\n\nAntragsteller:\n\tSicherheits-ID:\t\tSYSTEM\n\tKontoname:\t\tjane\n\nZielkonto:\n\tKontoname:\t\tVORDEFINIERT\\IIS_IUSRS\n\nEntferntes Recht:\n\tBenutzerrecht:\t\tSeImpersonatePrivilege\n';
    const [r, ...more] = readPasted(text);
    expect(more).toEqual([]);
    expect(r).toMatchObject({ kind: 'event-export', form: 'windows-event-text' });
    expect(fact(r, 'audit.right-removed')).toEqual(['S-1-5-32-568']);
    expect(fact(r, 'audit.iis-iusrs-removed')).toBe(true);
    expect(fact(r, 'computer.name')).toBe('WEB03');
    expect(textOf(r!)).not.toContain('jane');
  });

  it.each([
    ['both bare answers', 'SpecificUser\nCONTOSO\\svc_web\n'],
    [
      'both commands with their answers',
      'C:\\>C:\\Windows\\System32\\inetsrv\\appcmd.exe list apppool "Portal" /text:processModel.identityType\nSpecificUser\n\nC:\\>C:\\Windows\\System32\\inetsrv\\appcmd.exe list apppool "Portal" /text:processModel.userName\nCONTOSO\\svc_web\n',
    ],
    [
      'the account below its command',
      'C:\\>%windir%\\system32\\inetsrv\\appcmd list apppool "Portal" /text:processModel.userName\nCONTOSO\\svc_web',
    ],
  ])('the account of a pool: %s', (_, text) => {
    const [r] = readPasted(text);
    expect(fact(r!, 'pool.identity')).toBe('SpecificUser');
    expect(fact(r!, 'pool.account')).toBe('CONTOSO\\svc_web');
  });

  it.each(['CONTOSO\\svc_web', 'NetworkService\nCONTOSO\\svc_web', 'SpecificUser\nplease', 'ask ada@contoso.example'])(
    'no account of a pool: %s',
    (text) => {
      expect(readPasted(text)).toEqual([]);
    },
  );

  it('is read as the one word of appcmd', () => {
    const [r] = readPasted(
      'C:\\>%windir%\\system32\\inetsrv\\appcmd list apppool "Portal" /text:processModel.identityType\nSpecificUser\n',
    );
    expect(fact(r, 'pool.name')).toBe('Portal');
    expect(fact(r, 'pool.identity')).toBe('SpecificUser');
    expect(facts(readPasted('ApplicationPoolIdentity')[0], 'pool.identity')).toEqual(['ApplicationPoolIdentity']);
  });

  it('Windows events without a root', () => {
    const event =
      '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Security-Auditing"/><EventID>4705</EventID><TimeCreated SystemTime="2026-06-08T19:50:00.1Z"/><Computer>WEB03.contoso.example</Computer></System><EventData><Data Name="SubjectUserSid">S-1-5-18</Data><Data Name="TargetSid">S-1-5-32-568</Data><Data Name="PrivilegeList">SeImpersonatePrivilege</Data></EventData></Event>';
    const [r] = readPasted(`${event}\n${event.replace('4705', '4672')}`);
    expect(r).toMatchObject({ kind: 'event-export', form: 'windows-events' });
    expect(fact(r, 'audit.iis-iusrs-removed')).toBe(true);
    expect(fact(r, 'audit.time')).toBe('2026-06-08T19:50:00Z');
  });

  it("is read as the text of IIS's error page", () => {
    const text =
      'HTTP-Fehler 500.0 - Internal Server Error\nModul\t   IIS Web Core\nBenachrichtigung\t   AuthenticateRequest\nHandler\t   StaticFile\nFehlercode\t   0x80070542\nAngeforderte URL\t   http://web03:80/secure/secret.html?user=jane\nPhysischer Pfad\t   C:\\inetpub\\secure\\secret.html\nAnmeldemethode\t   Negotiate\nAngemeldeter Benutzer\t   CONTOSO\\jane\n';
    const [r] = readPasted(text);
    expect(r).toMatchObject({ kind: 'error-page', form: 'iis-detailed-error' });
    expect(fact(r, 'decisive.code')).toBe('0x80070542');
    expect(fact(r, 'decisive.notification')).toBe('AUTHENTICATE_REQUEST');
    expect(fact(r, 'request.url')).toBe('http://web03:80/secure/secret.html');
    expect(textOf(r!)).not.toContain('jane');
  });
});

describe('whole documents keep their own kind', () => {
  it.each([
    ['rights-export', seceditExport(machineRights())],
    ['policy-report', `hi, the report:\n${gpresultHtml({ impersonate: 'SERVICE' })}`],
    ['token-listing', whoami({ privileges: ['SeChangeNotifyPrivilege', 'SeImpersonatePrivilege'] })],
    ['token-listing', accessChkRight(['BUILTIN\\Administrators'])],
    ['server-config', 'WP "7120" (applicationPool:Portal)\nWP "7132" (applicationPool:Other)'],
    ['freb-log', '<?xml version="1.0"?>\n<failedRequest url="http://x/" statusCode="500">'],
  ])('when pasted: %s', (kind, text) => {
    expect(readPasted(text).map((r) => r.kind)).toEqual([kind]);
  });
});

describe('chat', () => {
  it.each([
    'SeImpersonatePrivilege is missing on our server, how do I fix it?',
    'What is SeImpersonatePrivilege?',
    'Who holds SeImpersonatePrivilege by default on a member server?',
    'We get 500.24 since this morning',
    'we see MODULE_SET_RESPONSE_ERROR_STATUS in the log, why?',
    'HTTP 500 with 0x80070542, 500 0 1346',
    'Should SpecificUser be used for the pool?',
    'SeImpersonatePrivilege = what exactly?',
    'on 2026-06-08 19:53:49 GET /x gave us an error',
    'thanks!',
    '',
    '   \n  ',
  ])('is no evidence: %j', (text) => {
    expect(readPasted(text)).toEqual([]);
  });
});

describe('what browsers show of a log', () => {
  const rows =
    'ModuleName\tIIS Web Core\nNotification\t2\nHttpStatus\t500\nHttpReason\tInternal Server Error\nHttpSubStatus\t0\n' +
    'ErrorCode\t2147943746\nConfigExceptionInfo\t\nNotification\tAUTHENTICATE_REQUEST\nErrorCode\tSome text. (0x80070542)';

  it.each([
    ['rows under a heading', `93. view trace Warning -MODULE_SET_RESPONSE_ERROR_STATUS\n${rows}`],
    ['rows alone', rows],
    ['rows with colons', rows.replaceAll('\t', ': ')],
  ])('%s are the event that set the status', (_, text) => {
    const [r] = readPasted(text);
    expect(r).toMatchObject({ kind: 'fragment', form: 'freb-compact' });
    expect(fact(r, 'decisive.code')).toBe('0x80070542');
    expect(fact(r, 'decisive.notification')).toBe('AUTHENTICATE_REQUEST');
    expect(fact(r, 'decisive.status')).toBe(500);
  });

  it('a table that only shares some words with them is no event', () => {
    expect(readPasted('ModuleName\tOrders\nReason\tnone')).toEqual([]);
    expect(readPasted('HttpStatus 500\nErrorCode 5')).toEqual([]);
  });

  it('reads a whole log pasted with the text above its root as a log', () => {
    const log = impersonation().bytes().toString('utf8');
    const [r] = readPasted(log);
    expect(r).toMatchObject({ kind: 'freb-log' });
  });

  it('a log saved from the browser with the sentence above it is a log', () => {
    const log = impersonation().bytes().toString('utf8');
    const text = `This XML file does not appear to have any style information associated with it.\n${log.slice(log.indexOf('<failedRequest'))}`;
    expect(readEvidence('copied.txt', Buffer.from(text))).toMatchObject({ kind: 'freb-log' });
    const note = 'A note.\n`<failedRequest url="http://x">` and `<Event>` are its elements.\n';
    expect(readEvidence('note.md', Buffer.from(note)).kind).toBe('unknown');
  });
});

describe('rows of rights inside scripts', () => {
  const list = ['*S-1-5-32-544', '*S-1-5-6', '*S-1-5-19', '*S-1-5-20'];
  it.each([
    [
      'quoted rows of an array',
      `$lines = @(\n  'SeDebugPrivilege = *S-1-5-32-544',\n  'SeImpersonatePrivilege = ${list.join(',')}'\n)`,
    ],
    ['a key and a quoted list', `"SeImpersonatePrivilege" = "${list.join(',')}"`],
    ['an array of PowerShell', `SeImpersonatePrivilege = @('${list.join("','")}')`],
    ['YAML with a list in one line', `  SeImpersonatePrivilege: ['${list.join("', '")}']`],
    ['an entry of a hash table', `$rights['SeImpersonatePrivilege'] = '${list.join(',')}'`],
  ])('%s: who is on the list, and that IIS_IUSRS is not', (_, text) => {
    for (const reading of [readPasted(text)[0]!, readEvidence('harden.ps1', Buffer.from(text))]) {
      expect(reading.kind).toBe('fragment');
      expect(fact(reading, 'right.holds-iis-iusrs')).toBe(false);
      expect(fact(reading, 'right.holders')).toEqual(list);
    }
  });

  it('a heading that ends in a colon lists nobody', () => {
    expect(readPasted('SeImpersonatePrivilege:\n')).toEqual([]);
  });
});
