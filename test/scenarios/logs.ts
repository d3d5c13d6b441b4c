import { machineRights, seceditExport, utf16 } from '../generator/evidence/rights.js';

/** A small FREB log in the shape IIS 10 writes: a request start, what a module did, and the end. */
export interface LogOptions {
  url?: string;
  verb?: string;
  status?: number;
  pool?: string;
  server?: string;
  module?: string;
  /** Number of the notification as IIS writes it, and its name. */
  notification?: [number: number, name: string];
  /** HRESULT as a decimal number, as FREB writes it, and the text beside it. */
  errorCode?: [code: number, text: string];
  user?: string;
  /** Bytes of events that say nothing, as a busy request has them. */
  filler?: number;
  processId?: number;
  /** UTC, as IIS writes it. */
  time?: string;
  /** The request succeeded: no module set an error. */
  works?: true;
}

const activity = '{40000005-0000-FC00-B63F-84710C7967BB}';

/** XML text content and attribute values. */
const xml = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

export function frebLog(options: LogOptions = {}): Uint8Array {
  const {
    url = 'http://web03:80/secure/secret.html',
    verb = 'GET',
    status = 500,
    pool = 'Portal',
    server = 'WEB03',
    module = 'IIS Web Core',
    notification = [2, 'AUTHENTICATE_REQUEST'],
    errorCode = [
      2147943746,
      'Either a required impersonation level was not provided, or the provided impersonation level is invalid. (0x80070542)',
    ],
    user = 'CONTOSO\\ada',
    filler = 0,
    processId = 7120,
    time = '2026-06-08T19:53:49.521Z',
    works = false,
  } = options;
  const event = (opcode: string, data: Record<string, string | number>, descriptions: Record<string, string> = {}) =>
    `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">
 <System>
  <Provider Name="WWW Server" Guid="{3A2A4E84-4C21-4981-AE10-3FDA0D9B0F83}"/>
  <EventID>0</EventID>
  <Version>1</Version>
  <Level>${opcode.startsWith('MODULE_SET') ? 3 : 0}</Level>
  <Opcode>1</Opcode>
  <Keywords>0x0</Keywords>
  <TimeCreated SystemTime="${time}"/>
  <Correlation ActivityID="${activity}"/>
  <Execution ProcessID="${processId}" ThreadID="2256"/>
  <Computer>${xml(server)}</Computer>
 </System>
 <EventData>
${Object.entries({ ContextId: activity, ...data })
  .map(([name, value]) => `  <Data Name="${name}">${xml(String(value))}</Data>`)
  .join('\n')}
 </EventData>
 <RenderingInfo Culture="en-US">
  <Opcode>${opcode}</Opcode>
${Object.entries(descriptions)
  .map(([name, value]) => `  <freb:Description Data="${name}">${xml(value)}</freb:Description>`)
  .join('\n')}
 </RenderingInfo>
</Event>
`;
  const idle = event('NOTIFY_MODULE_START', {
    ModuleName: 'HttpCacheModule',
    Notification: 2,
    fIsPostNotification: 'false',
  });
  const text = `<?xml version="1.0" encoding="UTF-8" ?>
<?xml-stylesheet type='text/xsl' href='freb.xsl'?>
<!-- saved from url=(0014)about:internet -->
<failedRequest url="${xml(url)}"
               siteId="2"
               appPoolId="${xml(pool)}"
               processId="${processId}"
               verb="${verb}"
               remoteUserName="${xml(user)}"
               userName="${xml(user)}"
               tokenUserName="${xml(user)}"
               authenticationType="Negotiate"
               activityId="${activity}"
               failureReason="STATUS_CODE"
               statusCode="${status}"
               triggerStatusCode="${status}"
               timeTaken="47"
               xmlns:freb="http://schemas.microsoft.com/win/2006/06/iis/freb"
               >
${event('GENERAL_REQUEST_START', { SiteId: 2, AppPoolId: pool, ConnId: 805306369, RawConnId: 805306369, RequestURL: url, RequestVerb: verb })}${idle.repeat(Math.ceil(filler / idle.length))}${
  works
    ? ''
    : event(
        'MODULE_SET_RESPONSE_ERROR_STATUS',
        {
          ModuleName: module,
          Notification: notification[0],
          HttpStatus: status,
          HttpReason: status === 404 ? 'Not Found' : 'Internal Server Error',
          HttpSubStatus: 0,
          ErrorCode: errorCode[0],
          ConfigExceptionInfo: '',
        },
        { Notification: notification[1], ErrorCode: errorCode[1] },
      )
}${event('GENERAL_REQUEST_END', { BytesSent: 0, BytesReceived: 512, HttpStatus: status, HttpSubStatus: 0 })}</failedRequest>
`;
  // IIS ends its lines with CRLF.
  return new TextEncoder().encode(text.replace(/\n/g, '\r\n'));
}

/** The same list with IIS_IUSRS put back. */
export function rightsExportInOrder(): Uint8Array {
  return utf16(
    seceditExport(machineRights({ impersonate: '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6,*S-1-5-32-568' })),
  );
}

/** The list a hardening policy leaves behind on a server with IIS: every default holder but IIS_IUSRS. */
export function rightsExport(): Uint8Array {
  return utf16(seceditExport(machineRights({ impersonate: '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6' })));
}
