import { webConfig, wholeApplicationHost } from '../generator/evidence/configuration.js';
import { eventForms, type SampleEvent } from '../generator/evidence/events.js';
import { eventLogFile } from '../generator/evidence/evtx.js';
import { corePageText, iisPageHtml, iisPageText, yellowHtml, yellowText } from '../generator/evidence/pages.js';
import { gpoReport, gpresultHtml, gpresultXml } from '../generator/evidence/policy.js';
import { machineRights, seceditExport } from '../generator/evidence/rights.js';
import {
  accessLog,
  applicationHost,
  detailedErrorPage,
  stdoutLog,
  windowsEvent,
  windowsEvents,
} from '../generator/evidence/server.js';
import { bareMessage, dotnetTrace, javaTrace, nodeTrace, pythonTrace } from '../generator/evidence/stack-traces.js';
import { accessChkRight, whoami } from '../generator/evidence/tokens.js';
import { frebLog } from '../scenarios/logs.js';
import { type Form, pathForms, textForms } from './forms.js';
import { frebEvent } from './markers.js';

/** A field of a kind of evidence that can hold any text. `file` returns the file with the text in it. */
export interface Carrier {
  field: string;
  /** True for a field that holds the path of a URL, not a sentence. */
  path?: true;
  file(text: string): string | Uint8Array;
}

/** A file of a carrier as it is sent. */
export function asSent(file: string | Uint8Array): Uint8Array {
  return typeof file === 'string' ? new TextEncoder().encode(file) : file;
}

const xml = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const line = (text: string) => text.replace(/[\r\n]+/g, ' ');
const word = (text: string) => line(text).replaceAll(' ', '+');

function event(opcode: string, data: Record<string, string>): string {
  return frebEvent(opcode, Object.fromEntries(Object.entries(data).map(([name, value]) => [name, xml(value)])));
}

function withEvents(...events: string[]): string {
  return Buffer.from(frebLog())
    .toString('utf8')
    .replace('</failedRequest>', `${events.join('')}</failedRequest>`);
}

const before = (opcode: string, data: Record<string, string>) => (text: string) =>
  withEvents(event(opcode, Object.fromEntries(Object.entries(data).map(([k, v]) => [k, v === '*' ? text : v]))));

const error = (field: string): Carrier => ({
  field,
  file: (text) =>
    Buffer.from(frebLog({ works: true }))
      .toString('utf8')
      .replace(
        '</failedRequest>',
        `${event('MODULE_SET_RESPONSE_ERROR_STATUS', { ModuleName: 'Own', Notification: '2', HttpStatus: '500', HttpReason: 'Error', HttpSubStatus: '0', ErrorCode: '0', ...{ [field]: text } })}</failedRequest>`,
      ),
});

const page = (text: string) =>
  `<title>x</title><H1>Error<hr width=100% size=1 color=silver></H1> <b> Exception Details: </b>System.Exception: ${xml(text)}<br><br>`;

const configPage = (error: string, source?: string[]) => ({
  heading: 'HTTP Error 500.19 - Internal Server Error',
  code: '0x8007000d',
  config: { error, file: 'C:\\site\\web.config', ...(source ? { source } : {}) },
});
const yellowPage = (message: string) => ({
  heading: "Server Error in '/' Application.",
  title: 'x',
  type: 'System.InvalidOperationException',
  message,
});

/** Event 1309 of ASP.NET with a text in every place of the exception. */
function aspNetException(text: string): SampleEvent {
  return {
    provider: 'ASP.NET 4.0.30319.0',
    id: 1309,
    time: '2026-06-08T19:50:00',
    data: [
      ...Array.from({ length: 11 }, () => '3005'),
      `C:\\sites\\${text}\\`,
      ...Array.from({ length: 5 }, () => '3005'),
      'InvalidOperationException',
      text,
      text,
      '/a',
      ...Array.from({ length: 8 }, () => text),
      `   at Own.${text}.Run()\n   at Own.Run(${text})`,
    ],
    message: '',
  };
}

/** The fields of free text of every reader. A reader without a row fails the test. */
export const carriers: Record<string, Carrier[]> = {
  'FREB log': [
    {
      field: 'url',
      path: true,
      file: (text) => Buffer.from(frebLog({ url: `http://web03:80${text}` })).toString('utf8'),
    },
    { field: 'pool', file: (text) => Buffer.from(frebLog({ pool: text })).toString('utf8') },
    { field: 'Computer', file: (text) => Buffer.from(frebLog({ server: text })).toString('utf8') },
    { field: 'verb', file: (text) => Buffer.from(frebLog({ verb: xml(text) })).toString('utf8') },
    { field: 'ModuleName', file: (text) => Buffer.from(frebLog({ module: text })).toString('utf8') },
    { field: 'Notification', file: (text) => Buffer.from(frebLog({ notification: [2, text] })).toString('utf8') },
    error('HttpReason'),
    error('ConfigExceptionInfo'),
    { field: 'MODULE_WARNING', file: before('MODULE_WARNING', { ModuleName: 'Own', Data1: '*' }) },
    {
      field: 'ASP_LOG_ERROR',
      file: before('ASP_LOG_ERROR', { Description: '*', LineNumber: '5', FilePath: '/a.asp' }),
    },
    { field: 'ANCM_EXCEPTION_CAUGHT', file: before('ANCM_EXCEPTION_CAUGHT', { Description: '*' }) },
    {
      field: 'FASTCGI_ASSIGN_PROCESS',
      file: before('FASTCGI_ASSIGN_PROCESS', { CommandLine: '*', IsNewProcess: 'false' }),
    },
    { field: 'HANDLER_CHANGED', file: before('HANDLER_CHANGED', { NewHandlerName: '*', NewHandlerModules: '*' }) },
    {
      field: 'GENERAL_RESPONSE_ENTITY_BUFFER',
      file: (text) => withEvents(event('GENERAL_RESPONSE_ENTITY_BUFFER', { Buffer: page(text) })),
    },
    {
      field: 'rewrite',
      path: true,
      file: (text) =>
        withEvents(event('RULE_EVALUATION_START', { RuleName: text }), event('REWRITE_ACTION', { RewriteURL: text })),
    },
    { field: 'custom error', path: true, file: before('GENERAL_SEND_CUSTOM_ERROR', { FileNameOrURL: '*' }) },
  ],
  'rights export': [
    { field: 'other right', file: (text) => seceditExport([...machineRights(), ['SeBackupPrivilege', line(text)]]) },
    {
      field: 'holders of a logon right',
      file: (text) => seceditExport([...machineRights(), ['SeDenyBatchLogonRight', `*S-1-5-32-546,${line(text)}`]]),
    },
    { field: 'holders', file: (text) => seceditExport(machineRights({ impersonate: `*S-1-5-32-568,${line(text)}` })) },
  ],
  'gpresult XML': [
    { field: 'GPO', file: (text) => gpresultXml({ gpo: text }) },
    { field: 'holders', file: (text) => gpresultXml({ holders: [text] }) },
  ],
  'GPO report': [{ field: 'name', file: (text) => gpoReport([{ sid: 'S-1-5-32-568', name: 'IIS_IUSRS' }], xml(text)) }],
  'policy HTML': [{ field: 'holders', file: (text) => gpresultHtml({ impersonate: xml(text) }) }],
  'Windows events': [
    {
      field: 'exception of ASP.NET',
      file: (text) => eventForms['eventlog.xml of Azure']!([aspNetException(text)]),
    },
    {
      field: 'path of a request',
      path: true,
      file: (text) =>
        eventForms['eventlog.xml of Azure']!([
          {
            provider: 'ASP.NET 4.0.30319.0',
            id: 1309,
            time: '2026-06-08T19:50:00',
            data: [...Array.from({ length: 17 }, () => '3005'), 'InvalidOperationException', 'x failed', '', text],
            message: '',
          },
        ]),
    },
    {
      field: 'service, file and message',
      file: (text) =>
        eventForms['wevtutil XML']!([
          {
            provider: 'Service Control Manager',
            id: 7000,
            time: '2026-06-08T19:50:00',
            data: { param1: text },
            message: text,
          },
          {
            provider: 'Application Error',
            id: 1000,
            time: '2026-06-08T19:50:00',
            data: { AppName: text, ModuleName: text },
            message: text,
          },
        ]),
    },
    {
      field: 'WAS',
      file: (text) => windowsEvents([windowsEvent(5059, [xml(text)], undefined, 'Microsoft-Windows-WAS')]),
    },
    {
      field: 'WAS named',
      file: (text) => windowsEvents([windowsEvent(5059, { AppPoolID: xml(text) }, undefined, 'Microsoft-Windows-WAS')]),
    },
    {
      field: 'provider',
      file: (text) =>
        windowsEvents([
          windowsEvent(1202, [xml(text)], undefined, `SceCli ${xml(line(text))}`.replaceAll("'", '&apos;')),
        ]),
    },
  ],
  'binary event log': [
    {
      field: 'exception of ASP.NET',
      file: (text) => eventLogFile([{ ...aspNetException(text), log: 'Application' }]),
    },
    {
      field: 'named fields of several providers',
      file: (text) =>
        eventLogFile(
          [
            ['Service Control Manager', 7000, { param1: text, param2: text }],
            ['Application Error', 1000, { AppName: text, ModuleName: text }],
            ['Microsoft-Windows-WAS', 5059, { AppPoolID: text }],
            ['Microsoft-Windows-Security-Auditing', 4625, { TargetUserName: text, IpAddress: text, Status: text }],
            ['MSSQLSERVER', 18456, [text, text, text]],
          ].map(([provider, id, data]) => ({
            provider: provider as string,
            id: id as number,
            time: '2026-06-08T19:50:00',
            data: data as string[],
            message: '',
          })),
        ),
    },
    {
      field: 'provider, and name of a log',
      file: (text) =>
        eventLogFile([
          { provider: text, id: 7, time: '2026-06-08T19:50:00', data: [text], message: '' },
          { provider: 'a', id: 7, time: '2026-06-08T19:50:00', channel: text, message: '' },
        ]),
    },
  ],
  'event text': Object.keys(eventForms)
    .filter((form) => /text|Format-List|Csv|CSV/.test(form))
    .map((form) => ({
      field: form,
      file: (text: string) =>
        eventForms[form]!([
          { provider: 'ASP.NET 4.0.30319.0', id: 1309, time: '2026-06-08T19:50:00', message: `Exception: ${text}` },
        ]),
    })),
  'server configuration': [
    { field: 'pool', file: (text) => applicationHost().replace('name="Portal"', `name="${xml(line(text))}"`) },
    {
      field: 'names and patterns',
      file: (text) => {
        const name = xml(line(text));
        return webConfig(
          `<handlers><add name="${name}" modules="${name}" scriptProcessor="C:\\Framework64\\${name}" /></handlers>
    <modules><add name="${name}" /></modules>
    <staticContent><mimeMap fileExtension="${name}" /><mimeMap fileExtension="${name}" /></staticContent>
    <rewrite><rules><rule name="${name}"><match url="*${name}" /></rule><rule name="${name}" /></rules></rewrite>
    <security><ipSecurity><add ipAddress="${name}" /><add ipAddress="${name}" /></ipSecurity></security>`,
          `<connectionStrings><add name="${name}" /><add name="${name}" /></connectionStrings>`,
        );
      },
    },
    {
      field: 'pool of an application',
      file: (text) =>
        wholeApplicationHost({
          applications: `<application path="/" applicationPool="${xml(line(text))}" />`,
          webServer: `<handlers><add name="x" modules="${xml(line(text))}" /></handlers>`,
        }),
    },
  ],
  'error page': [
    ...(['en', 'pl'] as const).map((language) => ({
      field: `Config Error (${language})`,
      file: (text: string) => iisPageText(configPage(line(text)), language),
    })),
    { field: 'Config Error, saved', file: (text) => iisPageHtml(configPage(text)) },
    {
      field: 'Config Source',
      file: (text) => iisPageText(configPage('x', ['    1: <a>', `    2:   <add ${line(text)}>`, '    3: </a>'])),
    },
    {
      field: 'Specific error of ANCM',
      file: (text) => corePageText('500.0 - ANCM In-Process Handler Load Failure', ['It failed'], line(text)),
    },
    { field: 'message of ASP.NET, copied', file: (text) => yellowText(yellowPage(line(text))) },
    { field: 'message of ASP.NET, saved', file: (text) => yellowHtml(yellowPage(line(text))) },
    {
      field: 'message of ASP',
      file: (text) => `Microsoft VBScript runtime error '800a01a8'\n\nx ${line(text)}\n\n/a.asp, line 12\n`,
    },
    { field: 'message of PHP', file: (text) => `Fatal error: x ${line(text)} in C:\\site\\a.php on line 7\n` },
    {
      field: 'sentence of HTTP.sys',
      file: (text) => `Bad Request\nHTTP Error 400. The request ${line(text).slice(0, 100)} is bad.\n`,
    },
    { field: 'module', file: (text) => detailedErrorPage('en').replace('IIS Web Core', xml(text)) },
    { field: 'handler', file: (text) => detailedErrorPage('en').replace('StaticFile', xml(text)) },
    {
      field: 'URL',
      path: true,
      file: (text) => detailedErrorPage('en').replace('http://web03:80/a.htm?user=jane', xml(`http://web03:80${text}`)),
    },
    {
      field: 'path',
      file: (text) => detailedErrorPage('en').replace('C:\\inetpub\\site\\a.htm', xml(`C:\\site\\a ${text}`)),
    },
  ],
  'application log': [
    { field: 'message', file: (text) => stdoutLog('System.InvalidOperationException', line(text)) },
    {
      field: 'inner message',
      file: (text) => `${stdoutLog('System.AggregateException', 'x')} ---> System.Exception: ${line(text)}\r\n`,
    },
    {
      field: 'address',
      file: (text) =>
        stdoutLog('System.IO.IOException', `Failed to bind to address ${line(text)}: address already in use.`),
    },
  ],
  'thrown exception': [
    { field: 'inner message', file: (text) => dotnetTrace(line(text)) },
    { field: 'message of Python', file: (text) => pythonTrace(line(text)) },
    { field: 'message of Node.js', file: (text) => nodeTrace(line(text)) },
    { field: 'cause of Java', file: (text) => javaTrace(line(text)) },
  ],
  'error message': [{ field: 'message', file: (text) => bareMessage(line(text)) }],
  'access log': [
    {
      field: 'cs-uri-stem',
      path: true,
      file: (text) =>
        accessLog(
          ['date', 'time', 'cs-method', 'cs-uri-stem', 'sc-status', 'sc-substatus', 'sc-win32-status'],
          [`2026-06-08 19:53:49 GET ${word(text)} 500 0 1346`],
        ),
    },
    {
      field: 's-computername',
      file: (text) =>
        accessLog(
          ['date', 'time', 's-computername', 'cs-method', 'cs-uri-stem', 'sc-status'],
          [`2026-06-08 19:53:49 ${word(text)} GET /a 500`],
        ),
    },
    {
      field: 's-reason',
      file: (text) =>
        accessLog(
          ['date', 'time', 's-reason', 's-queuename', 'cs-uri'],
          [`2026-06-08 19:53:49 ${word(text)} ${word(text)} /a`],
        ),
    },
  ],
  accesschk: [{ field: 'accounts', file: (text) => accessChkRight(['BUILTIN\\Administrators', line(text)]) }],
  appcmd: [
    {
      field: 'pool',
      file: (text) =>
        `APPPOOL "${line(text).replaceAll('"', "'")}" (MgdVersion:v4.0,MgdMode:Integrated,state:Started)\n`,
    },
  ],
  whoami: [
    {
      field: 'user',
      file: (text) =>
        whoami({
          user: [line(text), 'S-1-5-21-1-2-3-1104'],
          groups: ['S-1-1-0', 'S-1-5-32-568', 'S-1-5-3'],
          privileges: ['SeChangeNotifyPrivilege'],
        }),
    },
  ],
  'identity of a pool': [
    {
      field: 'pool',
      file: (text) => `appcmd list apppool "${line(text)}" /text:processModel.identityType\r\nNetworkService\r\n`,
    },
  ],
  'report server': [
    {
      field: 'element beside the schemes',
      file: (text) =>
        `<Authentication>\r\n<AuthenticationTypes>\r\n<RSWindowsNTLM/>\r\n</AuthenticationTypes>\r\n<AuthDomain>${xml(text)}</AuthDomain>\r\n</Authentication>\r\n`,
    },
  ],
  'policy text': [
    {
      field: 'GPO',
      file: (text) =>
        `RSOP data\r\n-------------\r\n    GPO: ${line(text)}\r\n        Policy:            ImpersonatePrivilege\r\n        Computer Setting:  SERVICE\r\n`,
    },
    {
      field: 'holders',
      file: (text) =>
        `RSOP data\r\n-------------\r\n    GPO: Base\r\n        Policy:            ImpersonatePrivilege\r\n        Computer Setting:  ${line(text)}\r\n                           SERVICE\r\n`,
    },
  ],
  'command output': [
    { field: 'site', file: (text) => `SITE "${line(text)}" (id:1,bindings:http/*:80:,state:Stopped)\r\n` },
    {
      field: 'URL of a running request',
      path: true,
      file: (text) => `REQUEST "f1" (url:GET ${text}, time:5000 msec, client:10.9.8.7, stage:Begin, module:Own)\r\n`,
    },
    {
      field: 'file of a list',
      file: (text) => `06/08/2026  07:53 PM            84,120 ${line(text)}\r\n06/08/2026  07:53 PM  84,120 b.xml\r\n`,
    },
    {
      field: 'name in the registry',
      file: (text) => `HKEY_LOCAL_MACHINE\\SOFTWARE\\Own\r\n    ${line(text)}    REG_SZ    ${line(text)}\r\n`,
    },
    { field: 'principal name', file: (text) => `No such SPN found.\r\nHTTP/${line(text)}\r\n` },
    {
      field: 'section',
      file: (text) => `<system.webServer>\n<handlers note="${xml(text)}">\n</handlers></system.webServer>\n`,
    },
    {
      field: 'audit subcategory',
      file: (text) =>
        `Category/Subcategory                      Setting\r\n  ${line(text)}             No Auditing\r\n`,
    },
    { field: 'path of an access list', file: (text) => `C:\\web\\${line(text)} BUILTIN\\Users:(RX)\r\n` },
    {
      field: 'account of an access list',
      file: (text) => `C:\\web BUILTIN\\Users:(RX)\r\n       ${line(text)}:(M)\r\n`,
    },
    { field: 'account of Get-Acl', file: (text) => `${line(text)} Allow  ReadAndExecute, Synchronize\r\n` },
    { field: 'Server', file: (text) => `< HTTP/1.1 500 Internal Server Error\r\n< Server: ${line(text)}\r\n` },
    { field: 'Location', path: true, file: (text) => `< HTTP/1.1 302 Found\r\n< Location: http://web03${text}\r\n` },
    {
      field: 'Reserved URL',
      path: true,
      file: (text) =>
        `    Reserved URL : http://+:80${text}\r\n        User: BUILTIN\\Users\r\n            SDDL: D:(A;;GX;;;BU)\r\n`,
    },
    {
      field: 'part of a collection',
      file: (text) =>
        `Frebot collection 1\r\nelevated: yes\r\ntaken: ${line(text)}\r\nleft-out: logs\\a.log (${line(text)}): none\r\n`,
    },
    {
      field: 'Request queue name',
      file: (text) => `Request queue name: ${line(text)}\r\n    Number of active processes attached: 1\r\n`,
    },
  ],
};

/**
 * A list of holders is sent to be shown: accounts and their SIDs in it are not withheld (docs/privacy.md). Any word between
 * two commas is the name of an account there.
 */
const shownHolders =
  /^(?:account|Cyrillic domain|domain SID|distinguished name with a comma|call of a script|sign as a|comma behind|cells of|quoted cells)/;

/** The attribute `modules` is a list: a word between two commas there is the name of a module. */
const listedWords = /^(?:comma behind|cells of)/;

/** The account of a worker process is a pool identity, which is shown as well. */
const shownIdentity = /^(?:account|Cyrillic domain|mail beyond ASCII)/;

/** Returns the forms that a field must not show. */
export function hiddenForms({ field, path }: Carrier): Form[] {
  const shown = /holders|accounts/.test(field)
    ? shownHolders
    : field === 'user'
      ? shownIdentity
      : /names and patterns|pool of an application/.test(field)
        ? listedWords
        : /^$/;
  return (path ? pathForms() : textForms()).filter(({ name }) => !shown.test(name));
}

/** One file with one marker in one of its fields. */
export interface MarkedFile {
  kind: string;
  field: string;
  form: Form;
  bytes: Uint8Array;
}

/** Returns a file for every field of a kind, or of all kinds. Over the turns, every field holds every form of markers. */
export function markedFiles(turn: number, kind?: string): MarkedFile[] {
  const kinds = Object.entries(carriers).filter(([name]) => kind === undefined || name === kind);
  return kinds.flatMap(([name, fields]) =>
    fields.map((carrier, i) => {
      const forms = hiddenForms(carrier);
      const form = forms[(turn * 7 + i * 3) % forms.length]!;
      return { kind: name, field: carrier.field, form, bytes: asSent(carrier.file(form.text)) };
    }),
  );
}
