import { FrebLog, type Scene } from '../log.js';
import { authenticate, authorizeAndMap, begin, beginRequest, finish, page } from '../pipeline.js';

/** Words of ASP.NET's error page by language; its structure is the same in all of them. */
const words = {
  en: {
    heading: "Server Error in '/' Application.",
    description: 'Description:',
    details: 'Exception Details:',
    source: 'Source Error:',
    file: 'Source File:',
    line: 'Line:',
    stack: 'Stack Trace:',
    at: 'at',
    in: 'in',
    lineWord: 'line',
    text: 'An unhandled exception occurred during the execution of the current web request.',
  },
  de: {
    heading: 'Serverfehler in der Anwendung "/".',
    description: 'Beschreibung:',
    details: 'Ausnahmedetails:',
    source: 'Quellfehler:',
    file: 'Quelldatei:',
    line: 'Zeile:',
    stack: 'Stapelüberwachung:',
    at: 'bei',
    in: 'in',
    lineWord: 'Zeile',
    text: 'Unbehandelte Ausnahme beim Ausführen der aktuellen Webanforderung.',
  },
  ja: {
    heading: "'/' アプリケーションでサーバー エラーが発生しました。",
    description: '説明:',
    details: '例外の詳細:',
    source: 'ソース エラー:',
    file: 'ソース ファイル:',
    line: '行:',
    stack: 'スタック トレース:',
    at: '場所',
    in: '場所',
    lineWord: '行',
    text: '現在の Web 要求を実行中に、ハンドルされていない例外が発生しました。',
  },
} as const;

export interface PageException extends Scene {
  type?: string;
  message?: string;
  file?: string;
  line?: number;
  language?: keyof typeof words;
  /** Share of the page that the trace still holds. */
  keep?: number;
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&#39;');
}

/** ASP.NET's detailed error page, laid out as .NET Framework 4.8 writes it. */
export function errorPage(
  options: Required<Pick<PageException, 'type' | 'message' | 'file' | 'line' | 'language'>>,
): string {
  const { type, message, file, line, language } = options;
  const w = words[language];
  const short = type.split('.').at(-1)!;
  const frame = 'Orders.Invoice.Page_Load(Object sender, EventArgs e)';
  return [
    '<!DOCTYPE html>',
    '<html>',
    '    <head>',
    `        <title>${html(message)}</title>`,
    '        <meta name="viewport" content="width=device-width" />',
    '        <style>',
    '         body {font-family:"Verdana";font-weight:normal;font-size: .7em;color:black;} ',
    '        </style>',
    '    </head>',
    '',
    '    <body bgcolor="white">',
    '',
    `            <span><H1>${w.heading}<hr width=100% size=1 color=silver></H1>`,
    '',
    `            <h2> <i>${html(message)}</i> </h2></span>`,
    '',
    `            <b> ${w.description} </b>${w.text}`,
    '            <br><br>',
    '',
    `            <b> ${w.details} </b>${type}: ${html(message)}<br><br>`,
    '',
    `            <b>${w.source}</b> <br><br>`,
    '',
    `            <b> ${w.file} </b> ${file}<b> &nbsp;&nbsp; ${w.line} </b> ${line}`,
    '            <br><br>',
    '',
    `            <b>${w.stack}</b> <br><br>`,
    '                      <code><pre>',
    '',
    `[${short}: ${html(message)}]`,
    `   ${frame} ${w.in} ${file}:${line}`,
    '   System.Web.UI.Control.OnLoad(EventArgs e) +99',
    '</pre>                      </code>',
    '    </body>',
    '</html>',
    '<!-- ',
    `[${short}]: ${html(message)}`,
    `   ${w.at} ${frame} ${w.in} ${file}:${w.lineWord} ${line}`,
    `   ${w.at} System.Web.UI.Control.OnLoad(EventArgs e)`,
    '[HttpUnhandledException]: Exception of type &#39;System.Web.HttpUnhandledException&#39; was thrown.',
    `   ${w.at} System.Web.UI.Page.HandleError(Exception e)`,
    '-->',
  ].join('\r\n');
}

/** The pipeline of an ASP.NET page up to its Load event. */
function enterPage(log: FrebLog): void {
  begin(log, page);
  beginRequest(log);
  log
    .event('AspNetStart', { Data1: log.scene.verb ?? 'GET', Data2: log.path.split('?')[0]!, Data3: '' })
    .event('AspNetAppDomainEnter', { Data1: '/LM/W3SVC/2/ROOT-1-134254219294031273' })
    .event('AspNetStartHandler', { Data1: 'System.Web.HttpApplication', Data2: 'Start' });
  authenticate(log);
  authorizeAndMap(log);
}

function runPage(log: FrebLog, load: () => void): void {
  log
    .event('AspNetHttpHandlerEnter')
    .event('AspNetPagePreInitEnter')
    .event('AspNetPagePreInitLeave')
    .event('AspNetPageInitEnter')
    .event('AspNetPageInitLeave')
    .event('AspNetPageLoadEnter');
  load();
}

function renderPage(log: FrebLog): void {
  log
    .event('AspNetPageLoadLeave')
    .event('AspNetPagePreRenderEnter')
    .event('AspNetPagePreRenderLeave')
    .event('AspNetPageSaveViewstateEnter')
    .event('AspNetPageSaveViewstateLeave')
    .event('AspNetPageRenderEnter')
    .event('AspNetPageRenderLeave')
    .event('AspNetHttpHandlerLeave');
}

/** An exception in Page_Load that the page does not catch; its text is only in the response body. */
export function pageException(options: PageException = {}): FrebLog {
  const {
    type = 'System.InvalidOperationException',
    message = 'Sequence contains no elements',
    file = 'd:\\sites\\orders\\Invoice.aspx.cs',
    line = 41,
    language = 'en',
    keep = 1,
    ...scene
  } = options;
  const log = new FrebLog({
    url: 'http://orders.example:80/Invoice.aspx?id=4711&token=s3cr3tValue',
    pool: 'Orders',
    server: 'WEB02',
    user: { remote: '', name: '', token: 'NT AUTHORITY\\IUSR' },
    ...scene,
  });
  const body = errorPage({ type, message, file, line, language });
  enterPage(log);
  log.module(
    'ManagedPipelineHandler',
    'EXECUTE_REQUEST_HANDLER',
    () => {
      runPage(log, () => log.wait(47));
      log
        .event('AspNetHttpHandlerLeave')
        .event('AspNetWebEventRaiseStart', {
          Data1: 'System.Web.Management.WebRequestErrorEvent',
          Data2: 3005,
          Data3: 0,
        })
        .event('AspNetWebEventRaiseEnd');
      log.error({ module: 'ManagedPipelineHandler', stage: 'EXECUTE_REQUEST_HANDLER', status: 500 });
    },
    { result: 2 },
  );
  log.event('AspNetEndHandler');
  finish(log, { body: body.slice(0, Math.floor(body.length * keep)) });
  return log;
}

export interface SlowPage extends Scene {
  ms?: number;
}

/** A page that succeeds after a long Page_Load. */
export function slowPage(options: SlowPage = {}): FrebLog {
  const { ms = 5032, ...scene } = options;
  const log = new FrebLog({
    url: 'http://orders.example:80/Report.aspx?month=2026-02',
    pool: 'Orders',
    server: 'WEB02',
    user: { remote: '', name: '', token: 'NT AUTHORITY\\IUSR' },
    failureReason: 'TIME_TAKEN',
    triggerStatusCode: '0',
    ...scene,
  });
  enterPage(log);
  log.module(
    'ManagedPipelineHandler',
    'EXECUTE_REQUEST_HANDLER',
    () => {
      runPage(log, () => log.wait(ms));
      log.wait(16);
      renderPage(log);
    },
    { result: 2 },
  );
  log.event('AspNetEndHandler');
  finish(log, { body: '<html><body>Report</body></html>' });
  return log;
}
