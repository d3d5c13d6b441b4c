import { describe, expect, it } from 'vitest';
import type { Part } from '../../src/answer/answer.js';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { renderText } from '../../src/answer/text.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Reading } from '../../src/evidence/evidence.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { fileNotFound } from '../generator/index.js';

const answer = (text: string) => answerReport(diagnose(readPasted(text), knowledge), knowledge);
const judged = (text: string) => diagnose(readPasted(text), knowledge).files;
const shown = (parts: readonly Part[]) => parts.filter(({ keep }) => keep !== 'fold').map(({ id }) => id);

const unavailable = 'Service Unavailable\nHTTP Error 503. The service is unavailable.';
const poolFile =
  "The Windows Process Activation Service failed to generate an application pool config file for application pool 'Orders'. The error type is '0'.";
const coreStart =
  "Application '/LM/W3SVC/4/ROOT' with physical root 'D:\\Sites\\Orders\\' hit unexpected managed exception, exception code = '0xe0434352'. Please check the stderr logs for more information.";
const coreMore =
  "Application '/LM/W3SVC/4/ROOT' with physical root 'D:\\Sites\\Orders\\' failed to load clr and managed application. CLR worker thread exited prematurely";
const response = 'HTTP/1.1 405 Method Not Allowed\nAllow: GET, HEAD, OPTIONS\nServer: Microsoft-IIS/10.0';
const webDav =
  'MODULE_SET_RESPONSE_ERROR_STATUS\nModuleName="WebDAVModule", Notification="MAP_REQUEST_HANDLER", HttpStatus="405", HttpReason="Method Not Allowed", HttpSubStatus="0", ErrorCode="The operation completed successfully. (0x0)", ConfigExceptionInfo=""';

describe('pieces of one text that tell one failure', () => {
  it.each([
    ['the page of a stopped pool above its event', `${unavailable}\n\nWAS event 5189: ${poolFile}`, 'could not write'],
    ['the event above the page', `${poolFile}\n\n${unavailable}`, 'could not write'],
    [
      'the page of a failed start above its events',
      `HTTP Error 500.30 - ANCM In-Process Start Failure\n\n${coreStart}\n${coreMore}`,
      'did not start',
    ],
    ['the response above the trace', `${response}\n\nthe trace has\n\n${webDav}`, 'WebDAV takes this verb'],
  ])('%s: one answer with its fix on the first screen', (_, text, title) => {
    const { parts, title: said } = answer(text);
    expect(JSON.stringify(said)).toContain(title);
    expect(shown(parts)).toContain('fix');
    expect(shown(parts)).not.toContain('files');
    expect(renderText(answer(text))).not.toMatch(/\d files|Events I don't know|pasted text \(\d\)/);
  });

  it('says the same of a file as of a paste', () => {
    const text = `${unavailable}\n\nWAS event 5189: ${poolFile}`;
    const { further = [], ...first } = readEvidence('post.txt', Buffer.from(text));
    const report = diagnose([first, ...further], knowledge);
    expect(answerReport(report, knowledge).title).toEqual(answer(text).title);
  });

  it('shows a line that tells of a failure once, in a file as in a paste', () => {
    const text = webDav.replace(/The operation[^"]*/, 'Access is denied. (0x80070005)');
    const linesOf = ({ observations }: Reading) => observations.filter(({ name }) => name === 'text.line');
    const [pasted] = readPasted(text);
    expect(linesOf(pasted!)).toHaveLength(1);
    expect(linesOf(readEvidence('post.txt', Buffer.from(text)))).toEqual(linesOf(pasted!));
  });

  it('reads what is below a log with it, and no log out of a comment', () => {
    const log = fileNotFound().bytes();
    const read = (above: string, below: string) =>
      readEvidence('fr000001.xml', Buffer.concat([Buffer.from(above), log, Buffer.from(below)]));
    expect(read('', '\r\n').further).toBeUndefined();
    expect(read('<!-- <failedRequest url=""> -->', '').further).toBeUndefined();
    expect(read('', `\n${poolFile}`).further?.map(({ kind }) => kind)).toEqual(['event-export']);
    expect(read('', log.toString()).further?.map(({ kind }) => kind)).toEqual(['freb-log']);
  });

  it('keeps two files two, whatever they say', () => {
    const [page] = readPasted(unavailable);
    const [event] = readPasted(poolFile);
    const report = diagnose(
      [
        { ...page!, file: 'a.txt' },
        { ...event!, file: 'b.txt' },
      ],
      knowledge,
    );
    expect(JSON.stringify(answerReport(report, knowledge).title)).toContain('2 files');
  });
});

describe('a headline does not say more than the evidence', () => {
  const line = (reason: string, pool: string, status = '-') =>
    `2025-04-02 08:11:2${status === '-' ? 5 : 3} 10.0.0.9 50211 10.0.0.5 443 HTTP/1.1 GET /orders/list ${status} 1 ${reason} ${pool}`;

  it.each(['Disabled', 'AppOffline', 'AppShutdown'])('names %s, and the pool of its line', (reason) => {
    const idle = '2025-04-02 08:11:27 10.0.0.9 50211 10.0.0.5 443 - - - - - Timer_ConnectionIdle -';
    const text = [
      line('Request_Cancelled', 'Portal'),
      line('Request_Cancelled', 'Portal'),
      line(reason, 'Orders', '503'),
      idle,
      idle,
    ].join('\n');
    const [file] = judged(text);
    expect(file!.cause).toBe('application-pool-stopped');
    expect(file!.detail).toContain(`HTTPERR: ${reason}`);
    expect(file!.detail).toContain('Orders');
  });

  it('leaves open whether a 404.3 lacks a handler or a MIME type', () => {
    const page =
      'HTTP Error 404.3 - Not Found\nThe page you are requesting cannot be served because of the extension configuration. If the page is a script, add a handler.';
    const text = renderText(answer(`after start.php became the default document\n\n${page}`));
    expect(text).toContain('no handler and no MIME type');
    expect(text).toContain('FastCGI');
  });
});

describe('evidence that is recognised has a verdict', () => {
  it.each([
    ["Identity = '*S-1-5-6', '*S-1-5-19', '*S-1-5-32-544'", false],
    ["Identity = '*S-1-5-6', '*S-1-5-32-568'", true],
    ['Identity = "SERVICE", "IIS_IUSRS"', true],
    ["Identity = 'Administrators'", false],
    ["Identity = @('Administrators', 'SERVICE')", false],
  ])('a resource of DSC that begins with %s', (identity, holds) => {
    const other =
      "UserRightsAssignment Debug {\n  Identity = '*S-1-5-32-568'\n  Policy = 'Debug_programs'\n  Ensure = 'Present'\n}\n";
    const own = `UserRightsAssignment Own {\n  ${identity}\n  Policy = 'Impersonate_a_client_after_authentication'\n  Ensure = 'Present'\n}\n`;
    for (const text of [own + other, other + own])
      expect(judged(text)[0]!.cause).toBe(holds ? null : 'impersonation-right-missing');
  });

  it('says that a token lacks the right, and what that means', () => {
    const table = [
      'Privilege Name                Description                    State',
      '============================= ============================== ========',
      'SeShutdownPrivilege           Shut down the system           Disabled',
      'SeChangeNotifyPrivilege       Bypass traverse checking       Enabled',
      'SeTimeZonePrivilege           Change the time zone           Disabled',
    ].join('\n');
    const [file] = judged(table);
    expect(file!.verdict).toBe('inconclusive');
    expect(file!.detail).toMatch(/SeImpersonatePrivilege is not in this token.*IIS_IUSRS/);
    expect(judged(`${table}\nSeImpersonatePrivilege        Impersonate a client           Enabled`)[0]!.detail).toMatch(
      /holds SeImpersonatePrivilege/,
    );
  });

  it.each([
    [3005, 'aspnet-unhandled-exception'],
    [3001, 'aspnet-unhandled-exception'],
    [3008, 'aspnet-configuration-error'],
  ])('reads event code %i of ASP.NET as its event', (code, cause) => {
    const text = `Event Source: ASP.NET 4.0.30319.0\n\nDescription:\nEvent code: ${code}\nEvent message: (text)\n\nException information:\n    Exception type: FormatException\n    Exception message: Input string was not in a correct format.\n   at Shop.Cart.Total()\n`;
    expect(judged(text)[0]).toMatchObject({ verdict: 'failure', cause });
  });

  it('says what alert 80 of Schannel 36888 mostly means', () => {
    const event = (alert: number) =>
      `Log Name:      System\nSource:        Schannel\nDate:          4/2/2025 8:11:23 AM\nEvent ID:      36888\nLevel:         Error\nDescription:\nThe following fatal alert was generated: ${alert}. The internal error state is 1250.\n`;
    expect(judged(event(80))[0]!.detail).toContain('private key');
    expect(judged(event(40))[0]!.detail).not.toContain('private key');
  });

  it('names what a WCF service lacks', () => {
    const text =
      "System.InvalidOperationException: IIS specified authentication schemes 'Negotiate, Basic', but the binding only supports specification of exactly one authentication scheme. Change the IIS settings so that only a single authentication scheme is used.\n   at System.ServiceModel.Web.WebServiceHost.OnOpening()";
    expect(judged(text)[0]!.detail).toContain('Negotiate, Basic');
  });

  it.each([
    'error CS0016: 出力ファイルに書き込めませんでした',
    'error CS0016: Не удалось выполнить запись в выходной файл',
  ])('knows a compiler error by its code: %s', (words) => {
    const [file] = judged(`(0): ${words} "c:/Windows/Temp/App_Web_cart.dll"`);
    expect(file).toMatchObject({ verdict: 'failure', cause: 'aspnet-compilation-error' });
  });
});
