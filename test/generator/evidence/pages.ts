/** Writers of error pages as browsers save them and as people copy them. Everything in them is made up. */

export interface PageSample {
  name: string;
  text: string;
  software: string;
  verdict: 'failure' | 'inconclusive';
  cause: string | null;
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

interface IisPage {
  heading: string;
  sentence?: string;
  module?: string;
  notification?: string;
  handler?: string;
  code?: string;
  config?: { error: string; file: string; source?: string[] };
  url?: string;
  path?: string;
  user?: string;
}

/** Labels of the rows, in the order of the page. */
const labels = {
  en: [
    'Module',
    'Notification',
    'Handler',
    'Error Code',
    'Config Error',
    'Config File',
    'Requested URL',
    'Physical Path',
    'Logon Method',
    'Logon User',
    'Config Source',
  ],
  de: [
    'Modul',
    'Benachrichtigung',
    'Handler',
    'Fehlercode',
    'Konfigurationsfehler',
    'Konfigurationsdatei',
    'Angeforderte URL',
    'Physischer Pfad',
    'Anmeldemethode',
    'Angemeldeter Benutzer',
    'Konfigurationsquelle',
  ],
  fr: [
    'Module',
    'Notification',
    'Gestionnaire',
    "Code d'erreur",
    'Erreur de configuration',
    'Fichier de configuration',
    'URL demandée',
    "Chemin d'accès physique",
    "Méthode d'ouverture de session",
    "Utilisateur de l'ouverture de session",
    'Source de configuration',
  ],
  // The reader has no labels of this language, so the order of the rows decides.
  pl: [
    'Moduł',
    'Powiadomienie',
    'Program obsługi',
    'Kod błędu',
    'Błąd konfiguracji',
    'Plik konfiguracji',
    'Żądany adres URL',
    'Ścieżka fizyczna',
    'Metoda logowania',
    'Użytkownik logowania',
    'Źródło konfiguracji',
  ],
} as const;
export type PageLanguage = keyof typeof labels;

function rowsOf(page: IisPage, language: PageLanguage): [string, string][] {
  const names = labels[language];
  const values = [
    page.module ?? 'IIS Web Core',
    page.notification ?? 'BeginRequest',
    page.handler ?? 'StaticFile',
    page.code ?? '0x00000000',
    page.config?.error,
    page.config && `\\\\?\\${page.config.file}`,
    page.url ?? 'http://web03:80/shop/start.htm',
    page.path ?? 'C:\\inetpub\\shop\\start.htm',
    'Anonymous',
    page.user ?? 'Anonymous',
  ];
  return values.flatMap((value, i) => (value === undefined ? [] : [[names[i]!, value] as [string, string]]));
}

/** IIS's detailed page as a browser saves it. */
export function iisPageHtml(page: IisPage, language: PageLanguage = 'en'): string {
  const row = ([label, value]: [string, string], i: number) =>
    `    <tr${i % 2 ? '' : ' class="alt"'}><th>${label}</th><td>&nbsp;&nbsp;&nbsp;${xml(value)}</td></tr> `;
  const source = page.config?.source
    ? `<div class="content-container">\n <fieldset><h4>${labels[language][10]}:</h4>\n  <pre>${page.config.source.map(xml).join('\n')}\n</pre></fieldset></div>`
    : '';
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<title>IIS 10.0 Detailed Error - ${page.heading.replace(/^\D*/, '')}</title>
<style type="text/css">
<!--
body{margin:0;font-size:.7em;font-family:Verdana,Arial,Helvetica,sans-serif;}
.config_source code{font-size:.8em;color:#000000;}
-->
</style>
</head>
<body>
<div id="content">
<div class="content-container">
  <h3>${page.heading}</h3>
  <h4>${page.sentence ?? 'The page cannot be displayed because an internal server error has occurred.'}</h4>
</div>
<div class="content-container">
 <fieldset><h4>Most likely causes:</h4>
  <ul> 	<li>IIS received the request; however, an internal error occurred.</li> </ul>
 </fieldset>
</div>
<div class="content-container">
 <fieldset><h4>Detailed Error Information:</h4>
  <div id="details-left"><table border="0" cellpadding="0" cellspacing="0">
${rowsOf(page, language).map(row).join('\n')}
  </table></div>
 </fieldset>
</div>
${source}
</div>
</body>
</html>
`;
}

/** The same page marked and copied in a browser: each row is label, tab, blanks, value. */
export function iisPageText(page: IisPage, language: PageLanguage = 'en', between = '\t   '): string {
  const rows = rowsOf(page, language).map(([label, value]) => `${label}${between}${value}`);
  const source = page.config?.source ? [`${labels[language][10]}:`, ...page.config.source] : [];
  return [
    page.heading,
    page.sentence ?? 'The page cannot be displayed because an internal server error has occurred.',
    '',
    'Detailed Error Information:',
    ...rows,
    ...source,
    '',
  ].join('\n');
}

interface YellowPage {
  heading: string;
  title: string;
  labels?: [description: string, details: string, source: string, line: string, stack: string];
  type: string;
  message: string;
  file?: string;
  line?: number;
  frames?: string[];
}

const english: NonNullable<YellowPage['labels']> = [
  'Description',
  'Exception Details',
  'Source File',
  'Line',
  'Stack Trace',
];
const version = 'Microsoft .NET Framework Version:4.0.30319; ASP.NET Version:4.8.4494.0';
const shortType = (type: string) => type.split('.').at(-1);

/** ASP.NET's yellow page copied as text. */
export function yellowText(page: YellowPage): string {
  const [description, details, source, line, stack] = page.labels ?? english;
  const place = page.file ? [`${source}: ${page.file}    ${line}: ${page.line}`, ''] : [];
  return [
    page.heading,
    '',
    page.title,
    '',
    `${description}: ..., ${version.slice(0, 0)}...`,
    '',
    `${details}: ${page.type}: ${page.message}`,
    '',
    ...place,
    `${stack}: `,
    '',
    `[${shortType(page.type)}: ${page.message}]`,
    ...(page.frames ?? ['   Shop.Cart.Add(Int32 id) +61']),
    '',
    '',
    '________________________________________',
    version,
    '',
  ].join('\n');
}

/** The same as a browser saves it. */
export function yellowHtml(page: YellowPage): string {
  const [description, details, source, line, stack] = page.labels ?? english;
  const place = page.file
    ? `<b> ${source}: </b> ${page.file}<b> &nbsp;&nbsp; ${line}: </b> ${page.line}\n            <br><br>`
    : '';
  return `<!DOCTYPE html>
<html>
    <head>
        <title>${xml(page.title)}</title>
        <style>body {font-family:"Verdana";font-weight:normal;font-size: .7em;color:black;}</style>
    </head>
    <body bgcolor="white">
            <span><H1>${page.heading}<hr width=100% size=1 color=silver></H1>
            <h2> <i>${xml(page.title)}</i> </h2></span>
            <font face="Arial, Helvetica, Geneva, SunSans-Regular, sans-serif ">
            <b> ${description}: </b>...
            <br><br>
            <b> ${details}: </b>${page.type}: ${xml(page.message)}<br><br>
            ${place}
            <b>${stack}:</b> <br><br>
            <table width=100% bgcolor="#ffffcc"><tr><td><code><pre>

[${shortType(page.type)}: ${xml(page.message)}]
${(page.frames ?? ['   Shop.Cart.Add(Int32 id) +61']).map(xml).join('\n')}
</pre></code></td></tr></table>
            <hr width=100% size=1 color=silver>
            <b>Version Information:</b>&nbsp;${version}
            </font>
    </body>
</html>
<!--
[${shortType(page.type)}]: ${xml(page.message)}
${(page.frames ?? ['   at Shop.Cart.Add(Int32 id)']).map((frame) => xml(frame.replace(/^ {3}(?:at )?/, '   at '))).join('\n')}
-->
`;
}

/** A page of the ASP.NET Core Module. */
export function corePageText(heading: string, solutions: string[], specific?: string): string {
  return [
    `HTTP Error ${heading}`,
    'Common solutions to this issue:',
    ...solutions,
    ...(specific ? ['Specific error detected by ANCM:', specific] : []),
    'Troubleshooting steps:',
    'Check the system event log for error messages',
    "Enable logging the application process' stdout messages",
    'For more information visit: https://go.microsoft.com/fwlink/?LinkID=2028526',
    '',
  ].join('\n');
}

function corePageHtml(heading: string, solutions: string[], specific?: string): string {
  const list = solutions.map((one) => `<li>${one}</li>`).join('');
  const more = specific ? `<h2> Specific error detected by ANCM: </h2> <p>${specific}</p>` : '';
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8" /><title>IIS Detailed Error - ${heading}</title>
<style>body { font-family: 'Segoe UI', Tahoma, Arial; }</style></head>
<body><div id="content"><div class="content-container"><h1> HTTP Error ${heading} </h1></div>
<div class="content-container"><fieldset><h4> Common solutions to this issue: </h4><ul>${list}</ul></fieldset>${more}</div></div></body></html>
`;
}

const wwwroot = 'C:\\inetpub\\shop';
const denied = `Access to the path '${wwwroot}\\App_Data\\orders.log' is denied.`;
const write = [
  '   System.IO.__Error.WinIOError(Int32 errorCode, String maybeFullPath) +216',
  '   System.IO.FileStream.Init(String path, FileMode mode) +1430',
  '   System.IO.StreamWriter.CreateFile(String path, Boolean append) +101',
  '   System.IO.File.AppendAllText(String path, String contents) +92',
  '   Shop.Log.Write(String text) +40',
];
const read = [
  '   System.IO.__Error.WinIOError(Int32 errorCode, String maybeFullPath) +216',
  '   System.IO.FileStream.Init(String path, FileMode mode) +1430',
  '   System.IO.StreamReader..ctor(String path) +132',
  '   System.IO.File.ReadAllText(String path) +61',
  '   Shop.Terms.Load() +17',
];
const serverError = "Server Error in '/Shop' Application.";
const yellow = { heading: serverError, type: 'System.UnauthorizedAccessException', title: denied, message: denied };

const locked: IisPage = {
  heading: 'HTTP Error 500.19 - Internal Server Error',
  sentence: 'The requested page cannot be accessed because the related configuration data for the page is invalid.',
  notification: 'BeginRequest',
  handler: 'Not yet determined',
  code: '0x80070021',
  config: {
    error:
      'This configuration section cannot be used at this path. This happens when the section is locked at a parent level.',
    file: `${wwwroot}\\web.config`,
    source: [
      '    8:     </defaultDocument>',
      '    9:     <handlers>',
      '   10:       <add name="x" path="*" verb="*" />',
    ],
  },
};
const config = (code: string, error: string): IisPage => ({
  ...locked,
  notification: 'Unknown',
  code,
  config: { error, file: `${wwwroot}\\web.config`, source: ['   -1: ', '    0: '] },
});

/** Pages of every software, each with the answer that is expected. */
export const errorPages: PageSample[] = [
  ...(['en', 'de', 'fr', 'pl'] as const).flatMap((language) => [
    {
      name: `locked section, saved (${language})`,
      text: iisPageHtml(locked, language),
      software: 'iis',
      verdict: 'failure' as const,
      cause: 'config-section-locked',
    },
    {
      name: `locked section, copied (${language})`,
      text: iisPageText(locked, language),
      software: 'iis',
      verdict: 'failure' as const,
      cause: 'config-section-locked',
    },
  ]),
  ...(
    [
      ['0x8007000d', 'Configuration file is not well-formed XML', 'config-invalid'],
      [
        '0x800700b7',
        "Cannot add duplicate collection entry of type 'mimeMap' with unique key attribute 'fileExtension' set to '.woff'",
        'config-duplicate-entry',
      ],
      ['0x80070003', 'Cannot read configuration file', 'config-unreadable'],
      ['0x80070005', 'Cannot read configuration file due to insufficient permissions', 'config-unreadable'],
    ] as const
  ).flatMap(([code, error, cause]) => [
    {
      name: `${code}, saved`,
      text: iisPageHtml(config(code, error)),
      software: 'iis',
      verdict: 'failure' as const,
      cause,
    },
    {
      name: `${code}, copied`,
      text: iisPageText(config(code, error)),
      software: 'iis',
      verdict: 'failure' as const,
      cause,
    },
    {
      name: `${code}, columns lost`,
      text: iisPageText(config(code, error), 'en', ' '),
      software: 'iis',
      verdict: 'failure' as const,
      cause,
    },
    {
      name: `${code}, with colons`,
      text: iisPageText(config(code, error), 'en', ': '),
      software: 'iis',
      verdict: 'failure' as const,
      cause,
    },
    {
      name: `${code}, label above value`,
      text: iisPageText(config(code, error), 'en', '\n'),
      software: 'iis',
      verdict: 'failure' as const,
      cause,
    },
    {
      name: `${code}, only the rows`,
      text: iisPageText(config(code, error)).split('\n').slice(4).join('\n'),
      software: 'iis',
      verdict: 'failure' as const,
      cause,
    },
  ]),
  {
    name: 'rewriting too deep',
    text: iisPageText({
      heading: 'HTTP Error 500.0 - Internal Server Error',
      module: 'URLRewrite',
      handler: 'PageHandlerFactory-Integrated-4.0',
      code: '0x800703e9',
    }),
    software: 'iis',
    verdict: 'failure',
    cause: 'rewrite-rule-too-deep',
  },
  {
    name: 'MIME type',
    text: iisPageText({
      heading: 'HTTP Error 404.3 - Not Found',
      notification: 'ExecuteRequestHandler',
      code: '0x80070032',
      url: 'http://web03:80/fonts/a.woff2',
    }),
    software: 'iis',
    verdict: 'failure',
    cause: 'mime-type-missing',
  },
  {
    name: 'right lost',
    text: iisPageHtml({
      heading: 'HTTP Error 500.0 - Internal Server Error',
      notification: 'AuthenticateRequest',
      code: '0x80070542',
    }),
    software: 'iis',
    verdict: 'failure',
    cause: 'impersonation-right-missing',
  },
  {
    // App Service keeps the page of IIS, with the site's own name as the host and the folder of its content.
    name: 'DetailedErrors of Azure App Service',
    text: `\ufeff${iisPageHtml({
      heading: 'HTTP Error 500.0 - Internal Server Error',
      module: 'FastCgiModule',
      notification: 'ExecuteRequestHandler',
      handler: 'PHP82_via_FastCGI',
      code: '0x000000ff',
      url: 'https://contoso-shop:80/index.php',
      path: 'C:\\home\\site\\wwwroot\\index.php',
    }).replaceAll('\n', '\r\n')}`,
    software: 'iis',
    verdict: 'failure',
    cause: 'fastcgi-process-died',
  },
  {
    name: 'heading and sentence only',
    text: 'HTTP Error 404.17 - Not Found\nThe requested content appears to be script and will not be served by the static file handler.\n',
    software: 'iis',
    verdict: 'failure',
    cause: 'static-handler-for-dynamic',
  },
  {
    name: '500.35, copied',
    text: corePageText(
      '500.35 - ANCM Multiple In-Process Applications in same Process',
      ['Select a different application pool to create another in-process application.'],
      "Only one in-process application is allowed per IIS application pool. Please assign the application '/LM/W3SVC/2/ROOT/Shop' to a different IIS application pool.",
    ),
    software: 'ancm',
    verdict: 'failure',
    cause: 'aspnetcore-start-failed',
  },
  {
    name: '500.30, saved',
    text: corePageHtml('500.30 - ASP.NET Core app failed to start', [
      'The app failed to start',
      'The app started but then stopped',
    ]),
    software: 'ancm',
    verdict: 'failure',
    cause: 'aspnetcore-start-failed',
  },
  {
    name: '500.31, copied',
    text: corePageText('500.31 - Failed to load ASP.NET Core runtime', [
      'The specified version of Microsoft.NetCore.App or Microsoft.AspNetCore.App was not found.',
    ]),
    software: 'ancm',
    verdict: 'failure',
    cause: 'aspnetcore-start-failed',
  },
  {
    name: '502.5, copied',
    text: corePageText('502.5 - Process Failure', ['The application process failed to start']),
    software: 'ancm',
    verdict: 'failure',
    cause: 'aspnetcore-start-failed',
  },
  {
    name: '500.0 of ANCM, copied',
    text: corePageText('500.0 - ANCM In-Process Handler Load Failure', [
      'The specified version of Microsoft.NetCore.App or Microsoft.AspNetCore.App was not found.',
    ]),
    software: 'ancm',
    verdict: 'failure',
    cause: 'aspnetcore-start-failed',
  },
  {
    name: 'may not write, copied',
    text: yellowText({ ...yellow, frames: write }),
    software: 'aspnet',
    verdict: 'failure',
    cause: 'file-write-denied',
  },
  {
    name: 'may not write, saved',
    text: yellowHtml({ ...yellow, frames: write }),
    software: 'aspnet',
    verdict: 'failure',
    cause: 'file-write-denied',
  },
  {
    name: 'may not read, copied',
    text: yellowText({ ...yellow, frames: read }),
    software: 'aspnet',
    verdict: 'failure',
    cause: 'access-denied-acl',
  },
  {
    name: 'may not read, saved',
    text: yellowHtml({ ...yellow, frames: read }),
    software: 'aspnet',
    verdict: 'failure',
    cause: 'access-denied-acl',
  },
  {
    name: 'exception in German, copied',
    text: yellowText({
      heading: 'Serverfehler in der Anwendung /Shop.',
      title: 'Der Objektverweis wurde nicht auf eine Objektinstanz festgelegt.',
      type: 'System.NullReferenceException',
      message: 'Der Objektverweis wurde nicht auf eine Objektinstanz festgelegt.',
      labels: ['Beschreibung', 'Ausnahmedetails', 'Quelldatei', 'Zeile', 'Stapelüberwachung'],
      file: `${wwwroot}\\Cart.aspx.cs`,
      line: 40,
      frames: ['   Shop.Cart.Page_Load(Object sender, EventArgs e) in C:\\inetpub\\shop\\Cart.aspx.cs:40'],
    }),
    software: 'aspnet',
    verdict: 'failure',
    cause: 'aspnet-unhandled-exception',
  },
  {
    name: 'exception in French, copied',
    text: yellowText({
      heading: "Erreur du serveur dans l'application '/Boutique'.",
      title: "La référence d'objet n'est pas définie à une instance d'un objet.",
      type: 'System.NullReferenceException',
      message: "La référence d'objet n'est pas définie à une instance d'un objet.",
      labels: ['Description ', "Détails de l'exception ", 'Fichier source ', 'Ligne ', 'Trace de la pile '],
    }),
    software: 'aspnet',
    verdict: 'failure',
    cause: 'aspnet-unhandled-exception',
  },
  {
    name: 'details hidden, copied',
    text: [
      serverError,
      '',
      'Runtime Error',
      'Description: An application error occurred on the server. The current custom error settings for this application prevent the details of the application error from being viewed remotely.',
      '',
      'Details: To enable the details, create a <customErrors> tag within a "web.config" file.',
      '<!-- Web.Config Configuration File -->',
      '',
      '<configuration>',
      '    <system.web>',
      '        <customErrors mode="Off"/>',
      '    </system.web>',
      '</configuration>',
      '',
    ].join('\n'),
    software: 'aspnet',
    verdict: 'failure',
    cause: 'aspnet-unhandled-exception',
  },
  {
    name: 'missing page of ASP.NET, copied',
    text: [
      serverError,
      'The resource cannot be found.',
      'Description: HTTP 404. The resource you are looking for could have been removed, had its name changed, or is temporarily unavailable.',
      'Requested URL: /Shop/Orders',
      version,
      '',
    ].join('\n'),
    software: 'aspnet',
    verdict: 'failure',
    cause: 'aspnet-resource-not-found',
  },
  {
    name: 'script error of ASP, copied',
    text: "Microsoft VBScript runtime error '800a01a8'\n\nObject required: 'cart'\n\n/shop/cart.asp, line 12\n",
    software: 'asp',
    verdict: 'failure',
    cause: 'asp-script-error',
  },
  {
    name: 'script time-out of ASP, copied',
    text: "Active Server Pages error 'ASP 0113'\n\nScript timed out\n\n/shop/report.asp\n\nThe maximum amount of time for a script to execute was exceeded.\n",
    software: 'asp',
    verdict: 'failure',
    cause: 'asp-script-error',
  },
  {
    name: 'provider of ADO, copied',
    text: "Microsoft OLE DB Provider for ODBC Drivers error '80004005'\n\n[Microsoft][ODBC Driver Manager] Data source name not found and no default driver specified\n\n/shop/db.asp, line 4\n",
    software: 'asp',
    verdict: 'failure',
    cause: 'database-provider-missing',
  },
  {
    name: 'object of ASP, copied',
    text: "Server object error 'ASP 0177 : 800401f3'\n\nServer.CreateObject Failed\n\n/shop/mail.asp, line 9\n\n800401f3\n",
    software: 'asp',
    verdict: 'failure',
    cause: 'asp-script-error',
  },
  {
    name: 'PHP, copied',
    text: 'Fatal error: Uncaught Error: Call to undefined function mysqli_connect() in C:\\inetpub\\blog\\db.php:7\nStack trace:\n#0 {main}\n  thrown in C:\\inetpub\\blog\\db.php on line 7\n',
    software: 'php',
    verdict: 'failure',
    cause: 'php-error',
  },
  {
    name: 'service unavailable, copied',
    text: 'Service Unavailable\nHTTP Error 503. The service is unavailable.\n',
    software: 'http-sys',
    verdict: 'failure',
    cause: 'application-pool-stopped',
  },
  {
    name: 'invalid host name, saved',
    text: '<HTML><HEAD><TITLE>Bad Request</TITLE>\n<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>\n<BODY><h2>Bad Request - Invalid Hostname</h2>\n<hr><p>HTTP Error 400. The request hostname is invalid.</p>\n</BODY></HTML>\n',
    software: 'http-sys',
    verdict: 'failure',
    cause: 'no-site-for-request',
  },
  {
    name: 'not found of HTTP.sys, copied',
    text: 'Not Found\nHTTP Error 404. The requested resource is not found.\n',
    software: 'http-sys',
    verdict: 'failure',
    cause: 'no-site-for-request',
  },
  {
    name: 'short page for visitors, copied',
    text: 'Server Error\n500 - Internal server error.\nThere is a problem with the resource you are looking for, and it cannot be displayed.\n',
    software: 'iis-remote',
    verdict: 'inconclusive',
    cause: null,
  },
  {
    name: 'connection refused, copied',
    text: "This site can't be reached\nshop.example refused to connect.\nTry:\nChecking the connection\nERR_CONNECTION_REFUSED\n",
    software: 'browser',
    verdict: 'inconclusive',
    cause: null,
  },
  {
    name: 'empty answer, copied',
    text: "This page isn't working\nshop.example is currently unable to handle this request.\nHTTP ERROR 500\n",
    software: 'browser',
    verdict: 'inconclusive',
    cause: null,
  },
  {
    name: 'TLS in Firefox, copied',
    text: 'Fehler: Gesicherte Verbindung fehlgeschlagen\nBeim Verbinden mit shop.example trat ein Fehler auf.\nFehlercode: PR_END_OF_FILE_ERROR\n',
    software: 'browser',
    verdict: 'inconclusive',
    cause: null,
  },
];
