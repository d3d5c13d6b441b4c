/** Writers of what an IIS server leaves behind: access logs, events, configuration, error pages. Everything is made up. */

export function accessLog(fields: string[], lines: string[]): string {
  const head = [
    '#Software: Microsoft Internet Information Services 10.0',
    '#Version: 1.0',
    '#Date: 2026-06-08 19:53:49',
  ];
  return `${[...head, `#Fields: ${fields.join(' ')}`, ...lines].join('\r\n')}\r\n`;
}

/** Lines of an HTTPERR log: a pool that is off, twice, and an idle connection. */
export const httperrLines = [
  '2026-06-08 19:53:49 10.9.8.7 50123 10.1.2.3 80 HTTP/1.1 GET /a?token=x - 503 1 AppOffline Portal -',
  '2026-06-08 19:53:50 10.9.8.7 50124 10.1.2.3 80 HTTP/1.1 GET /a - 503 1 AppOffline Portal -',
  '2026-06-08 19:53:51 10.9.8.7 50125 10.1.2.3 80 - - - - - - Timer_ConnectionIdle - -',
];

export function httperr(): string {
  return [
    '#Software: Microsoft HTTP API 2.0',
    '#Version: 1.0',
    '#Date: 2026-06-08 19:53:49',
    '#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri streamid sc-status s-siteid s-reason s-queuename transport',
    ...httperrLines,
    '',
  ].join('\r\n');
}

/** One event as Event Viewer's XML view and Get-WinEvent's ToXml() give it. */
export function windowsEvent(
  id: number,
  data: Record<string, string> | string[],
  time = '2026-06-08T19:50:00.136050600Z',
  provider = 'Microsoft-Windows-Security-Auditing',
): string {
  const items = Array.isArray(data)
    ? data.map((value) => `<Data>${value}</Data>`)
    : Object.entries(data).map(([name, value]) => `<Data Name='${name}'>${value}</Data>`);
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${provider}'/><EventID Qualifiers='0'>${id}</EventID><Level>0</Level><TimeCreated SystemTime='${time}'/><Channel>Security</Channel><Computer>WEB03.contoso.example</Computer><Security/></System><EventData>${items.join('')}</EventData></Event>`;
}

/** `wevtutil qe … /e:Events` */
export function windowsEvents(events: string[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>\r\n<Events>${events.join('\r\n')}</Events>\r\n`;
}

export function applicationHost(): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- IIS configuration sections. <applicationPools> is further down. -->
<configuration>
    <configProtectedData><providers>
        <add name="AesProvider" sessionKey="AAAA==" />
    </providers></configProtectedData>
    <system.applicationHost>
        <applicationPools>
            <add name="DefaultAppPool" />
            <add name="Portal" managedRuntimeVersion="v4.0">
                <processModel identityType="SpecificUser" userName="contoso\\svc_web" password="[enc:IISWASOnlyAesProvider:Secret:enc]" manualGroupMembership="false" />
            </add>
            <applicationPoolDefaults managedRuntimeVersion="v4.0">
                <processModel identityType="NetworkService" manualGroupMembership="true" />
            </applicationPoolDefaults>
        </applicationPools>
    </system.applicationHost>
</configuration>
`;
}

/** `appcmd list apppool "Portal" /text:*` */
export function appcmdText(): string {
  return `APPPOOL
  APPPOOL.NAME:"Portal"
  PipelineMode:"Integrated"
  RuntimeVersion:"v4.0"
  state:"Started"
  [add]
    name:"Portal"
    queueLength:"1000"
    [processModel]
      identityType:"SpecificUser"
      userName:"contoso\\svc_web"
      password:"Secret1"
      loadUserProfile:"true"
      logonType:"LogonBatch"
      manualGroupMembership:"false"
`;
}

const labels = {
  en: [
    'HTTP Error',
    'Module',
    'Notification',
    'Handler',
    'Error Code',
    'Requested URL',
    'Physical Path',
    'Logon Method',
    'Logon User',
  ],
  de: [
    'HTTP-Fehler',
    'Modul',
    'Benachrichtigung',
    'Handler',
    'Fehlercode',
    'Angeforderte URL',
    'Physischer Pfad',
    'Anmeldemethode',
    'Angemeldeter Benutzer',
  ],
};

/** IIS's detailed error page as a browser saves it. */
export function detailedErrorPage(language: keyof typeof labels): string {
  const [heading, ...names] = labels[language];
  const values = [
    'IIS Web Core',
    'BeginRequest',
    'StaticFile',
    '0x80070021',
    'http://web03:80/a.htm?user=jane',
    'C:\\inetpub\\site\\a.htm',
    'Negotiate',
    'CONTOSO\\jane',
  ];
  const rows = names.map((name, i) => `<tr><th>${name}</th><td>&nbsp;&nbsp;&nbsp;${values[i]}</td></tr>`);
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head><title>IIS 10.0 - 500.19 - Internal Server Error</title><style>td{padding:1px 0 2em 0}</style></head>
<body><div id="content"><h3>${heading} 500.19 - Internal Server Error</h3>
<table border="0">${rows.slice(0, 4).join('\n')}</table><table>${rows.slice(4).join('\n')}</table></div></body></html>
`;
}

/** The stdout log of an ASP.NET Core application whose start fails with this exception. */
export function stdoutLog(type: string, message: string): string {
  return [
    'info: Microsoft.Hosting.Lifetime[0]',
    '      Content root path: C:\\inetpub\\shop',
    'crit: Microsoft.AspNetCore.Hosting.Diagnostics[6]',
    '      Application startup exception',
    `      ${type}: ${message}`,
    '         at Shop.Startup.Configure() in C:\\src\\Startup.cs:line 12',
    '',
  ].join('\r\n');
}
