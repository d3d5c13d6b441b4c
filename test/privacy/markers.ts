import { eventForms } from '../generator/evidence/events.js';
import { iisPageHtml, yellowText } from '../generator/evidence/pages.js';
import { gpresultHtml } from '../generator/evidence/policy.js';
import { utf16 } from '../generator/evidence/rights.js';
import {
  accessLog,
  appcmdText,
  applicationHost,
  httperr,
  stdoutLog,
  windowsEvent,
  windowsEvents,
} from '../generator/evidence/server.js';
import { whoami } from '../generator/evidence/tokens.js';
import { frebLog } from '../scenarios/logs.js';
import type { ScenarioFile } from '../scenarios/types.js';

/** Private values that may appear in the evidence only. No program writes anything like them. */
export const markers = {
  cookie: 'ZqCookie4417',
  authorization: 'ZqBearer5528',
  query: 'ZqQuery6639',
  person: 'zqperson',
  address: '203.0.113.77',
  body: 'ZqBody7741',
  connection: 'ZqConn8852',
  question: 'ZqAsk9963',
} as const;

const { cookie, authorization, query, person, address, body, connection } = markers;

/** Who holds the right is what such a list is sent for: it is shown, and docs/privacy.md says so. */
const holder = 'CONTOSO\\svc-holder';
const bytes = (text: string) => new TextEncoder().encode(text);

export function frebEvent(opcode: string, data: Record<string, string>): string {
  const items = Object.entries(data).map(([name, value]) => `  <Data Name="${name}">${value}</Data>`);
  return `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">
 <System>
  <Provider Name="WWW Server" Guid="{3A2A4E84-4C21-4981-AE10-3FDA0D9B0F83}"/>
  <EventID>0</EventID>
  <Version>1</Version>
  <Level>4</Level>
  <Opcode>1</Opcode>
  <Keywords>0x0</Keywords>
  <TimeCreated SystemTime="2026-06-08T19:53:49.521Z"/>
  <Correlation ActivityID="{40000005-0000-FC00-B63F-84710C7967BB}"/>
  <Execution ProcessID="7120" ThreadID="2256"/>
  <Computer>WEB03</Computer>
 </System>
 <EventData>
  <Data Name="ContextId">{40000005-0000-FC00-B63F-84710C7967BB}</Data>
${items.join('\n')}
 </EventData>
 <RenderingInfo Culture="en-US">
  <Opcode>${opcode}</Opcode>
 </RenderingInfo>
</Event>
`;
}

/** Returns a log of a request that carries all of them. */
function markedLog(): Uint8Array {
  const log = Buffer.from(
    frebLog({ url: `http://web03:80/login.aspx?user=${person}&password=${query}`, user: `CONTOSO\\${person}` }),
  ).toString('utf8');
  const headers = `Cookie: .ASPXAUTH=${cookie}; path=/&#13;&#10;Authorization: Bearer ${authorization}&#13;&#10;Referer: http://web03/x?p=${query}&#13;&#10;X-Forwarded-For: ${address}&#13;&#10;User-Agent: curl`;
  const page = `&lt;title&gt;Login failed for user '${person}'.&lt;/title&gt;&lt;!-- [SqlException]: Cannot open database, Server=db1;User Id=sa;Password=${connection}; ${person}@contoso.example --&gt;`;
  const events = [
    frebEvent('GENERAL_REQUEST_HEADERS', { Headers: headers }),
    frebEvent('GENERAL_REQUEST_ENTITY', { Buffer: `name=${person}&amp;text=${body}` }),
    frebEvent('GENERAL_ENDPOINT_INFORMATION', { RemoteAddress: address, RemotePort: '50123', LocalAddress: '::1' }),
    frebEvent('AUTH_SUCCEEDED', { AuthType: '3', RemoteUserName: `CONTOSO\\${person}`, TokenUserName: person }),
    frebEvent('GENERAL_RESPONSE_HEADERS', {
      Headers: `Set-Cookie: session=${cookie}&#13;&#10;Location: /a?k=${query}`,
    }),
    frebEvent('GENERAL_RESPONSE_ENTITY_BUFFER', { Buffer: page }),
  ];
  return bytes(log.replace('</failedRequest>', `${events.join('').replace(/\n/g, '\r\n')}</failedRequest>`));
}

/** Returns evidence of every kind, with the markers that such a file can hold. */
export function markedEvidence(): ScenarioFile[] {
  const access = accessLog(
    [
      'date',
      'time',
      'cs-method',
      'cs-uri-stem',
      'cs-uri-query',
      'cs-username',
      'c-ip',
      'cs(Cookie)',
      'sc-status',
      'sc-substatus',
      'sc-win32-status',
    ],
    [`2026-06-08 19:53:49 GET /a.aspx password=${query} CONTOSO\\${person} ${address} auth=${cookie} 500 0 1346`],
  );
  const config = applicationHost()
    .replace('[enc:IISWASOnlyAesProvider:Secret:enc]', connection)
    .replace(
      '<applicationPools>',
      `<connectionStrings><add connectionString="Server=db1;Password=${connection}" /></connectionStrings><applicationPools>`,
    );
  const events = windowsEvents([
    windowsEvent(4672, {
      SubjectUserSid: 'S-1-5-21-1-2-3-1104',
      SubjectUserName: person,
      SubjectDomainName: 'CONTOSO',
      PrivilegeList: 'SeImpersonatePrivilege',
    }),
    windowsEvent(4705, {
      SubjectUserSid: 'S-1-5-18',
      SubjectUserName: person,
      TargetSid: 'S-1-5-32-568',
      UserRightList: 'SeImpersonatePrivilege',
      IpAddress: address,
    }),
  ]);
  const request = [...Array.from({ length: 17 }, () => '3005'), 'SqlException', `Server=db1;Password=${connection}`];
  const azure = eventForms['eventlog.xml of Azure']!([
    {
      provider: 'ASP.NET 4.0.30319.0',
      id: 1309,
      time: '2026-06-08T19:50:00',
      data: [...request, `https://web03/a?k=${query}`, '/a', address, person],
      message: '',
    },
  ]);
  const copied = eventForms['Event Viewer in German']!([
    {
      provider: 'Microsoft-Windows-Security-Auditing',
      id: 4625,
      time: '2026-06-08T19:50:00',
      message: `Fehler beim Anmelden eines Kontos.\n\nAntragsteller:\n\tKontoname:\t\t${person}\n\nQuellnetzwerkadresse:\t${address}`,
    },
    {
      provider: 'Service Control Manager',
      id: 7038,
      time: '2026-06-08T19:50:01',
      message: `Der Dienst "W3SVC" konnte sich nicht als ".\\${person}" anmelden.`,
    },
    {
      provider: 'ASP.NET 4.0.30319.0',
      id: 1309,
      time: '2026-06-08T19:50:02',
      message: `Ereigniscode: 3005\nEreignismeldung: Es ist eine unbehandelte Ausnahme aufgetreten.\n\nAnforderungsinformationen:\n    Anforderungs-URL: https://web03/a?k=${query}\n    Benutzer: ${person}`,
    },
  ]);
  const rights = `[Unicode]\r\nUnicode=yes\r\n[Privilege Rights]\r\nSeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,${holder}\r\nSeBatchLogonRight = *S-1-5-32-568\r\n[Version]\r\nsignature="$CHICAGO$"\r\nRevision=1\r\n`;
  return [
    { name: 'fr000001.xml', bytes: markedLog() },
    { name: 'u_ex.log', bytes: bytes(access) },
    {
      name: 'httperr1.log',
      bytes: bytes(httperr().replaceAll('10.9.8.7', address).replace('token=x', `token=${query}`)),
    },
    { name: 'ur.inf', bytes: utf16(rights) },
    { name: 'gp.html', bytes: utf16(gpresultHtml({ impersonate: `Administrators, ${holder}` })) },
    { name: 'applicationHost.config', bytes: bytes(config) },
    { name: 'pool.txt', bytes: bytes(appcmdText().replace('Secret1', connection)) },
    { name: 'security.xml', bytes: bytes(events) },
    { name: 'eventlog.xml', bytes: bytes(azure) },
    { name: 'events.txt', bytes: bytes(copied) },
    {
      name: 'error.htm',
      bytes: bytes(
        iisPageHtml({
          heading: 'HTTP Error 500.19 - Internal Server Error',
          code: '0x8007000d',
          config: {
            error: 'Unrecognized attribute',
            file: 'C:\\site\\web.config',
            source: ['   1: <a>', `   2: <add connectionString="Password=${connection}" />`, '   3: </a>'],
          },
          url: `http://web03:80/a.aspx?k=${query}`,
          user: `CONTOSO\\${person}`,
        }),
      ),
    },
    {
      name: 'yellow.txt',
      bytes: bytes(
        yellowText({
          heading: "Server Error in '/' Application.",
          title: 'Login failed',
          type: 'System.Data.SqlClient.SqlException',
          message: `Login failed for user '${person}'. Server=db1;User Id=sa;Password=${connection}`,
          frames: [`   Shop.Login.Check(String name) in C:\\Users\\${person}\\Login.cs:line 7`],
        }),
      ),
    },
    {
      name: 'stdout.log',
      bytes: bytes(
        stdoutLog(
          'System.Data.SqlClient.SqlException',
          `Login failed for user '${person}'. Server=db1;User Id=sa;Password=${connection}`,
        ),
      ),
    },
    {
      name: 'whoami.txt',
      bytes: bytes(
        whoami({
          user: [`contoso\\${person}`, 'S-1-5-21-1-2-3-1104'],
          groups: ['S-1-5-32-545'],
          privileges: ['-SeImpersonatePrivilege'],
        }),
      ),
    },
  ];
}

export const markedPaste = [
  `2026-06-08 19:53:49 GET /a.aspx password=${query} CONTOSO\\${person} ${address} 500 0 1346`,
  'MODULE_SET_RESPONSE_ERROR_STATUS ModuleName="IIS Web Core", Notification="AUTHENTICATE_REQUEST", HttpStatus="500", HttpReason="Internal Server Error", HttpSubStatus="0", ErrorCode="Either a required impersonation level was not provided (0x80070542)"',
  `GENERAL_REQUEST_HEADERS Headers="Cookie: a=${cookie} Authorization: Bearer ${authorization}"`,
].join('\n');

export const markedQuestions = [
  `why does ${person} from ${address} with Password=${connection} get this, ${markers.question}?`,
  `explain ${markers.question}`,
  `who holds SeImpersonatePrivilege by default? asks ${person}, ${markers.question}`,
  `what does 0x80070542 mean? asks ${person} from ${address}`,
];
