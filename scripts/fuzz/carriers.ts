/** A text of one kind of evidence with room for a filler, complete enough for a reader to look at the filler. */
export interface Carrier {
  name: string;
  wrap(filler: string): string;
  /** How the bytes are written; UTF-8 when not said. */
  encoding?: 'utf16le';
  /** Folder of `src/evidence` whose readers look at the filler; empty for all. */
  room: string;
}

type CarrierWithoutRoom = Omit<Carrier, 'room'>;
const inRoom = (room: string, carriers: readonly CarrierWithoutRoom[]): Carrier[] =>
  carriers.map((carrier) => ({ ...carrier, room }));

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** One event of a FREB log in the layout of IIS. */
export function frebEvent(name: string, level = 3, fields: Record<string, string> = {}): string {
  const data = Object.entries(fields).map(([field, value]) => `<Data Name="${field}">${xml(value)}</Data>`);
  return `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Level>${level}</Level><TimeCreated SystemTime="2026-06-08T19:52:08.721Z"/></System><EventData>${data.join('')}</EventData><RenderingInfo Culture="en-US"><Opcode>${name}</Opcode></RenderingInfo></Event>`;
}

const start = frebEvent('GENERAL_REQUEST_START', 0, { RequestURL: 'http://a.example:80/x', RequestVerb: 'GET' });
const failed = frebEvent('MODULE_SET_RESPONSE_ERROR_STATUS', 3, {
  ModuleName: 'IsapiModule',
  Notification: '128',
  HttpStatus: '500',
  HttpSubStatus: '0',
  ErrorCode: '0',
});
const end = frebEvent('GENERAL_REQUEST_END', 0, { HttpStatus: '500', HttpSubStatus: '0' });

/** A FREB log of a failed request with something between its events. */
function frebLog(middle: string, url = 'http://a.example:80/x'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\r\n<failedRequest url="${url}" siteId="1" appPoolId="P" processId="1" verb="GET" statusCode="500" timeTaken="2000" xmlns:freb="http://schemas.microsoft.com/win/2006/06/iis/freb">\r\n${start}${middle}${failed}${end}</failedRequest>`;
}

const field = (name: string, event: string, fieldName: string, before = ''): CarrierWithoutRoom => ({
  name: `FREB log, ${name}`,
  wrap: (filler) => frebLog(before + frebEvent(event, 3, { ModuleName: 'FastCgiModule', [fieldName]: filler })),
});

const aspPage = '<hr width=100% size=1 color=silver>';
const asp = frebEvent('CALL_ISAPI_EXTENSION', 0, { DllName: 'C:\\Windows\\System32\\inetsrv\\asp.dll' });
const node = frebEvent('HANDLER_CHANGED', 0, { NewHandlerName: 'iisnode', NewHandlerModules: 'iisnode' });
const windowsEvent = (inside: string) =>
  `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="SceCli"/><EventID>1202</EventID></System>${inside}</Event>`;

const freb: readonly CarrierWithoutRoom[] = [
  { name: 'FREB log, between events', wrap: (filler) => frebLog(filler) },
  { name: 'FREB log in UTF-16, between events', wrap: (filler) => frebLog(filler), encoding: 'utf16le' },
  { name: 'FREB log, without an end', wrap: (filler) => `${frebLog('').replace('</failedRequest>', '')}${filler}` },
  { name: 'FREB log, an event without an end', wrap: (filler) => frebLog(`<Event><System>${filler}`) },
  {
    name: 'FREB log, inside an event',
    wrap: (filler) => frebLog(frebEvent('MODULE_WARNING').replace('<EventData>', `<EventData>${filler}`)),
  },
  { name: 'FREB log, name of an event', wrap: (filler) => frebLog(frebEvent(filler)) },
  { name: 'FREB log, URL', wrap: (filler) => frebLog('', xml(filler).replaceAll('"', '&quot;')) },
  { name: 'FREB log, URL as it is', wrap: (filler) => frebLog('', filler) },
  field('a warning', 'MODULE_WARNING', 'Data1'),
  field('an error description', 'SET_RESPONSE_ERROR_DESCRIPTION', 'ErrorDescription', failed),
  field('a configuration error', 'MODULE_SET_RESPONSE_ERROR_STATUS', 'ConfigExceptionInfo'),
  field('request headers', 'GENERAL_REQUEST_HEADERS', 'Headers'),
  field('response headers', 'GENERAL_RESPONSE_HEADERS', 'Headers'),
  field('a rewritten URL', 'REWRITE_ACTION', 'RewriteURL'),
  field('a body', 'GENERAL_RESPONSE_ENTITY_BUFFER', 'Buffer'),
  field('a body of classic ASP', 'GENERAL_RESPONSE_ENTITY_BUFFER', 'Buffer', asp),
  field('a body of iisnode', 'GENERAL_RESPONSE_ENTITY_BUFFER', 'Buffer', node),
  {
    name: 'FREB log, a page of ASP.NET',
    wrap: (filler) =>
      frebLog(
        frebEvent('GENERAL_RESPONSE_ENTITY_BUFFER', 0, {
          Buffer: `<title>T</title><H1>E${aspPage}${filler}\n<!-- \n[A]: b\n   at C.D()\n-->`,
        }),
      ),
  },
  {
    name: 'FREB log, the comment of ASP.NET',
    wrap: (filler) => frebLog(frebEvent('GENERAL_RESPONSE_ENTITY_BUFFER', 0, { Buffer: `<!-- \n[A]: ${filler}\n-->` })),
  },
  {
    name: 'FREB log, a body that names every software',
    wrap: (filler) =>
      frebLog(
        asp +
          frebEvent('GENERAL_RESPONSE_ENTITY_BUFFER', 0, {
            Buffer: `iisnode 'ASP 0115' Exception error ${aspPage} <title>500.19</title>${filler}`,
          }),
      ),
  },
];

const others: readonly Carrier[] = [
  ...inRoom('', [
    { name: 'a file by itself', wrap: (filler) => filler },
    {
      name: 'a text',
      wrap: (filler) => `It says 500.19 and 0x80070542, SeImpersonatePrivilege S-1-5-6.\n${filler}\nend`,
    },
  ]),
  ...inRoom('rights', [
    {
      name: 'security template, a section',
      wrap: (filler) => `[Unicode]\r\nUnicode=yes\r\n[Privilege Rights]\r\n${filler}`,
    },
    {
      name: 'security template, a list',
      wrap: (filler) =>
        `[Privilege Rights]\r\nSeImpersonatePrivilege = ${filler}\r\n[Version]\r\nsignature="$CHICAGO$"\r\n`,
    },
    {
      name: 'security template, before the rights',
      wrap: (filler) => `[Registry]\r\n${filler}\r\n[Privilege Rights]\r\n`,
    },
  ]),
  ...inRoom('policy', [
    {
      name: 'gpresult in XML',
      wrap: (filler) =>
        `<Rsop xmlns="http://www.microsoft.com/GroupPolicy/Rsop"><ComputerResults><Name>A</Name><UserRightsAssignment><Name>SeImpersonatePrivilege</Name>${filler}</UserRightsAssignment>${filler}</ComputerResults></Rsop>`,
    },
    {
      name: 'GPO report in XML',
      wrap: (filler) =>
        `<GPO xmlns="http://www.microsoft.com/GroupPolicy/Settings"><Name>A</Name><UserRightsAssignment><Name>SeImpersonatePrivilege</Name>${filler}</UserRightsAssignment>${filler}</GPO>`,
    },
    {
      name: 'policy report in HTML',
      wrap: (filler) =>
        `<html><head><script>gpmc_reportInitialized</script><title>A</title></head><body><div class="rsopsettings"><div class="he0_expanded"><span class="sectionTitle">A</span><table><tr><td>A</td><td>B$<br></td></tr>${filler}</table></div></body></html>`,
    },
  ]),
  ...inRoom('events', [
    { name: 'Windows events', wrap: (filler) => `<Events>${windowsEvent('')}${filler}</Events>` },
    {
      name: 'Windows event, its data',
      wrap: (filler) => `<Events>${windowsEvent(`<EventData><Data>${filler}</Data></EventData>`)}</Events>`,
    },
    {
      name: 'Windows event as text',
      wrap: (filler) => `Event ID: 4705\n${filler}\nUser Right:\tSeImpersonatePrivilege\nComputer: A\n`,
    },
  ]),
  ...inRoom('config', [
    {
      name: 'applicationHost.config',
      wrap: (filler) =>
        `<configuration><system.applicationHost><applicationPools><add name="A"><processModel identityType="LocalSystem"/></add>${filler}</applicationPools></system.applicationHost></configuration>`,
    },
    { name: 'web.config', wrap: (filler) => `<configuration><system.web>${filler}</system.web></configuration>` },
    {
      name: 'web.config, an attribute',
      wrap: (filler) => `<configuration><system.web><identity impersonate="${filler}"/></system.web></configuration>`,
    },
  ]),
  ...inRoom('pages', [
    {
      name: 'detailed error in HTML',
      wrap: (filler) =>
        `<html><h3>HTTP Error 500.19</h3><table><tr><th>Module</th><td>IsapiModule</td></tr><tr><th>Notification</th><td>BeginRequest</td></tr><tr><th>Error Code</th><td>0x80070542</td></tr>${filler}</table></html>`,
    },
    {
      name: 'ASP.NET page as text',
      wrap: (filler) =>
        `Server Error in '/' Application.\n\n${filler}\n[A: b]\n   C.D() +1\n.NET Framework Version:4.0; ASP.NET Version:4.0`,
    },
    {
      name: 'configuration source',
      wrap: (filler) => `HTTP Error 500.19 - A\nError Code\t0x8007000d\nConfig Error\tx\n   1: <a>\n${filler}`,
    },
    { name: 'short page', wrap: (filler) => `Bad Request\n${filler}\nHTTP Error 400. The request is bad.` },
    {
      name: 'detailed error as text',
      wrap: (filler) =>
        `HTTP Error 500.19\nModule\tIsapiModule\nNotification\tBeginRequest\nError Code\t0x80070542\n${filler}`,
    },
  ]),
  ...inRoom('access', [
    { name: 'W3C log', wrap: (filler) => `#Fields: date time cs-method cs-uri-stem sc-status\n${filler}` },
    {
      name: 'W3C log, an address',
      wrap: (filler) => `#Fields: date time cs-method cs-uri-stem sc-status\n2026-01-01 00:00:00 GET /${filler} 500\n`,
    },
    { name: 'httperr log', wrap: (filler) => `#Fields: date time cs-uri s-reason s-queuename\n${filler}` },
    {
      name: 'W3C lines',
      wrap: (filler) => `2026-01-01 00:00:00 1.2.3.4 GET /x - 80 - 1.2.3.4 - 500 0 1346 3\n${filler}`,
    },
  ]),
  ...inRoom('tokens', [
    {
      name: 'accesschk of a process',
      wrap: (filler) => `[7120] w3wp.exe\n  Token contents:\n  Groups:\n${filler}\n  Privileges:\n${filler}`,
    },
    { name: 'accesschk of a right', wrap: (filler) => `accesschk SeImpersonatePrivilege:\n${filler}` },
  ]),
  ...inRoom('config', [
    { name: 'appcmd list', wrap: (filler) => `APPPOOL "A" (MgdVersion:v4.0)\n${filler}` },
    { name: 'appcmd as text', wrap: (filler) => `APPPOOL\n  APPPOOL.NAME:"A"\n${filler}` },
  ]),
  ...inRoom('tokens', [
    { name: 'whoami', wrap: (filler) => `SeImpersonatePrivilege  A  B\n=== === ===\n${filler}` },
    {
      name: 'whoami, one line',
      wrap: (filler) => `=== === ===\nSeImpersonatePrivilege ${filler.replace(/[\r\n]/g, ' ')} A`,
    },
  ]),
  ...inRoom('outputs', [
    {
      name: 'output, below every sign',
      wrap: (filler) =>
        `C:\\>icacls C:\\web\nC:\\web BUILTIN\\Users:(RX)\nTCP SDDL: HTTP/1.1 CN=A -----  ----- 0x80 [A] TLS_ HKEY_\n${filler}`,
    },
    { name: 'output, one line', wrap: (filler) => `C:\\>sc query\nSERVICE_NAME: ${filler.replace(/[\r\n]/g, ' ')}` },
    { name: 'console', wrap: (filler) => `PS C:\\> Get-Service\n---- ---- ----\n${filler}` },
  ]),
  ...inRoom('application', [
    { name: 'stdout log', wrap: (filler) => `fail: Microsoft.AspNetCore.Hosting[6]\n      Start failed\n${filler}` },
  ]),
  ...inRoom('policy', [
    {
      name: 'gpresult as text',
      wrap: (filler) =>
        `RSOP data\n-------------\n  GPO: A\n  Policy:  ImpersonatePrivilege\n  Computer Setting:  A\n${filler}`,
    },
  ]),
  ...inRoom('fragment', [
    {
      name: 'line of a rights list',
      wrap: (filler) => `a.inf:12:SeImpersonatePrivilege = *S-1-5-6,${filler.replace(/[\r\n]/g, ' ')}x`,
    },
    {
      name: 'Compact View',
      wrap: (filler) => `93. MODULE_SET_RESPONSE_ERROR_STATUS Warning ModuleName="A", ErrorCode="${filler}`,
    },
    { name: 'Errors & Warnings', wrap: (filler) => `ModuleName\tA\nHttpStatus\t500\nErrorCode\tA\n${filler}` },
  ]),
];

/** Every kind of evidence, and each place in it that a stranger can fill. */
export const carriers: readonly Carrier[] = [...inRoom('freb', freb), ...others];
