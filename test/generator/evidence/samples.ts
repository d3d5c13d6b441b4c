import { causeScenarios } from '../scenarios/causes.js';
import { impersonation } from '../scenarios/impersonation.js';
import { logBytes } from '../scenarios/log.js';
import { eventForms, moduleStory, type SampleEvent } from './events.js';
import { eventLogFile } from './evtx.js';
import { sampleOutputs } from './outputs.js';
import { errorPages } from './pages.js';
import { gpoReport, gpresultHtml, gpresultText, gpresultXml } from './policy.js';
import { accessRules, headlessConfigError, httpAnswer, oldEvent } from './posted.js';
import { gptTmpl, machineRights, seceditExport } from './rights.js';
import { accessLog, appcmdText, applicationHost, httperr, httperrLines, stdoutLog } from './server.js';
import { bareMessage, dotnetTrace, javaTrace, nodeTrace, pythonTrace } from './stack-traces.js';
import { accessChkProcess, accessChkRight, whoami } from './tokens.js';

/** One piece of evidence that a user may hand over. */
export interface EvidenceSample {
  name: string;
  bytes: Buffer;
  /** The same as text; undefined for what can only be a file. */
  text: string | undefined;
}

const columns = ['date', 'time', 'cs-method', 'cs-uri-stem', 'sc-status', 'sc-substatus', 'sc-win32-status'];
const lines = [
  '2026-06-08 19:53:49 GET /a 500 0 1346',
  '2026-06-08 19:53:52 GET /b 404 7 0',
  '2026-06-08 19:53:55 POST /api/orders 500 19 33',
];

/** A row of the Compact View, and its event's fields as the Errors & Warnings table lists them. */
const compact =
  '73.\tMODULE_SET_RESPONSE_ERROR_STATUS\tWarning\tModuleName="IIS Web Core", Notification="AUTHENTICATE_REQUEST", HttpStatus="500", HttpReason="Internal Server Error", HttpSubStatus="0", ErrorCode="Either a required impersonation level was not provided, or the provided impersonation level is invalid.\n (0x80070542)", ConfigExceptionInfo=""\t19:53:49.130';
const rows =
  'ModuleName: StaticCompressionModule\nNotification: MAP_REQUEST_HANDLER\nHttpStatus: 500\nHttpReason: Internal Server Error\nHttpSubStatus: 19\nErrorCode: The process cannot access the file because another process has locked a portion of the file. (0x80070021)\nConfigExceptionInfo:\n';
const heads = '<failedRequest url="http://shop.example:80/a" siteId="1" statusCode="200" timeTaken="31"\n  >\n';

const poolDisabled: SampleEvent = {
  provider: 'Microsoft-Windows-WAS',
  id: 5002,
  time: '2026-06-08T19:50:00',
  data: { AppPoolID: 'Portal' },
  message: "Application pool 'Portal' is being automatically disabled due to a series of failures.",
};

const typed = (name: string, text: string): EvidenceSample => ({ name, text, bytes: Buffer.from(text, 'utf8') });

/** Every kind of evidence in every form that the generator can write. */
export const evidenceSamples: readonly EvidenceSample[] = [
  ...errorPages.map(({ name, text }) => typed(`page: ${name}`, text)),
  ...causeScenarios.map((s) => typed(`log: ${s.name}`, logBytes(s.log).toString('utf8'))),
  typed('log with the right lost', impersonation().bytes().toString('utf8')),
  typed('rights export', seceditExport(machineRights())),
  typed('security template', gptTmpl(machineRights())),
  typed('gpresult in XML', gpresultXml()),
  typed('gpresult in HTML', gpresultHtml()),
  typed('gpresult as text', gpresultText()),
  typed('GPO report', gpoReport([{ sid: 'S-1-5-6', name: 'SERVICE' }])),
  typed('configuration', applicationHost()),
  typed('appcmd /text:*', appcmdText()),
  typed('access log', accessLog(columns, lines)),
  typed('access log, one line', `${lines[0]}\n`),
  typed('access log, several lines', `${lines.join('\n')}\n`),
  typed('HTTPERR log', httperr()),
  typed('HTTPERR log, one line', `${httperrLines[0]}\n`),
  typed('HTTPERR log, several lines', `${httperrLines.join('\n')}\n`),
  typed('whoami', whoami({ privileges: ['SeChangeNotifyPrivilege', 'SeImpersonatePrivilege'] })),
  typed('accesschk of a right', accessChkRight(['BUILTIN\\Administrators'])),
  typed(
    'accesschk of a process',
    accessChkProcess({
      id: 7120,
      user: 'IIS APPPOOL\\Portal',
      groups: ['BUILTIN\\IIS_IUSRS'],
      privileges: ['SeChangeNotifyPrivilege'],
    }),
  ),
  typed(
    'application log',
    stdoutLog('System.InvalidOperationException', 'Unable to resolve service for type IOrders.'),
  ),
  typed('exception of .NET in a log', dotnetTrace("Could not find file 'C:\\inetpub\\shop\\orders.json'.")),
  typed('exception of Python', pythonTrace('WSGI_HANDLER env var must be set')),
  typed('exception of Node.js', nodeTrace('listen EADDRINUSE: address already in use 3000')),
  typed('exception of Java', javaTrace('Address already in use: bind')),
  typed(
    'message without its stack',
    bareMessage("Unable to load DLL 'tax.dll': The specified module could not be found."),
  ),
  typed(
    'event of Windows Server 2003',
    oldEvent(
      'W3SVC',
      1009,
      "A process serving application pool 'Portal' terminated unexpectedly. The process id was '4242'. The process exit code was '0x80'.",
    ),
  ),
  typed(
    'yellow screen without its heading',
    headlessConfigError("Unrecognized attribute 'targetFramework'. Note that attribute names are case-sensitive."),
  ),
  typed(
    'answer with its headers',
    httpAnswer('405', ['Allow: GET, HEAD, OPTIONS, TRACE'], '405 - HTTP verb used to access this page is not allowed.'),
  ),
  typed(
    'access rules as a list',
    accessRules([
      { rights: 'FullControl', account: 'NT AUTHORITY\\SYSTEM' },
      { rights: '268435456', account: 'BUILTIN\\Administrators' },
    ]),
  ),
  typed('Compact View', compact),
  typed('Compact View, one line', compact.replace('\n', ' ')),
  typed('Errors & Warnings, one row', rows),
  typed('head of a log', heads),
  typed('heads of two logs', heads + heads.replace('"200"', '"302"')),
  typed('line of a rights export', 'SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6\n'),
  ...sampleOutputs.map((s) => typed(`output of ${s.typed}`, s.onlyTyped ? `C:\\>${s.typed}\r\n${s.text}` : s.text)),
  ...Object.entries(eventForms).flatMap(([form, write]) => [
    typed(`event: ${form}`, write([poolDisabled])),
    typed(`events: ${form}`, write(moduleStory)),
  ]),
  typed('event: its words alone', `It stops every night:\n${poolDisabled.message}\n`),
  typed('events: their words alone', moduleStory.map(({ message }) => message).join('\n\n')),
  { name: 'event log', bytes: eventLogFile(moduleStory), text: undefined },
];
