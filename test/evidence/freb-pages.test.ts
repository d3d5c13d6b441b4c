import { describe, expect, it } from 'vitest';
import { readAspNetPage } from '../../src/evidence/pages/aspnet-html.js';
import { readAspPage } from '../../src/evidence/pages/classic-asp.js';
import { readCorePage } from '../../src/evidence/pages/dotnet.js';
import { readIisPage } from '../../src/evidence/pages/iis-body.js';
import { readNodePage } from '../../src/evidence/pages/iisnode.js';
import { readPhpText } from '../../src/evidence/pages/php.js';
import { readEvidence } from '../../src/evidence/read.js';
import { errorPage, FrebLog, pageException } from '../generator/index.js';
import { begin, beginRequest, finish, page } from '../generator/pipeline.js';
import { fact, facts, textOf } from './facts.js';

const parts = {
  type: 'System.InvalidOperationException',
  message: "No 'item' <b> & more",
  file: 'd:\\a\\Invoice.aspx.cs',
  line: 41,
};
/** The text of a page as an XML parser returns it, with line feeds only. */
const body = (text: string): string => text.replaceAll('\r\n', '\n');

describe("ASP.NET's page", () => {
  it.each(['en', 'de', 'ja'] as const)('is read in %s', (language) => {
    expect(readAspNetPage(body(errorPage({ ...parts, language })))).toMatchObject({ origin: 'aspnet', ...parts });
  });

  it.each([0.95, 0.8, 0.7, 0.6])('cut to %d of its length still names type and message', (share) => {
    const text = body(errorPage({ ...parts, language: 'ja' }));
    const found = readAspNetPage(text.slice(0, Math.floor(text.length * share)));
    expect(found).toMatchObject({ type: parts.type, message: parts.message });
  });

  it('without its head, from the comment at the end', () => {
    const text = body(errorPage({ ...parts, language: 'de' }));
    const found = readAspNetPage(text.slice(text.indexOf('<!-- \n')));
    expect(found).toMatchObject({
      type: 'InvalidOperationException',
      message: parts.message,
      file: parts.file,
      line: 41,
    });
  });

  it('is read for a compiler error', () => {
    const text = body(`<html><head><title>Kompilierungsfehler</title></head><body>
<span><H1>Serverfehler<hr width=100% size=1 color=silver></H1>
<h2> <i>Kompilierungsfehler</i> </h2></span>
<b> Beschreibung: </b>Fehler.<br><br>
<b> Compilerfehlermeldung: </b>CS0103: Der Name &quot;Foo&quot; ist nicht vorhanden.<br><br>
<b>Quelldatei:</b> d:\\sites\\shop\\Cart.aspx.cs
 &nbsp;&nbsp; <b>Zeile:</b>  12
<br><br></body></html>`);
    expect(readAspNetPage(text)).toMatchObject({
      message: 'CS0103: Der Name "Foo" ist nicht vorhanden.',
      file: 'd:\\sites\\shop\\Cart.aspx.cs',
      line: 12,
    });
  });

  it('that hides its details', () => {
    const text = body(`<html><head><title>Laufzeitfehler</title></head><body>
<span><H1>Serverfehler<hr width=100% size=1 color=silver></H1><h2><i>Laufzeitfehler</i></h2></span>
<pre>&lt;configuration&gt;&lt;system.web&gt;&lt;customErrors mode=&quot;Off&quot;/&gt;</pre></body></html>`);
    expect(readAspNetPage(text)).toEqual({ origin: 'aspnet', hidden: true });
  });

  it('names the error code that its text holds, as a fact of the application', () => {
    const message = 'Falsche Identitätswechselebene (Ausnahme von HRESULT: 0x80070542)';
    const reading = readEvidence('x', pageException({ message, language: 'de' }).bytes());
    expect(facts(reading, 'exception.code')).toEqual(['0x80070542']);
    expect(facts(reading, 'code.seen')).toEqual([]);
  });

  it('says ASP.NET what happened under a status of 200', () => {
    const log = new FrebLog();
    begin(log, page);
    beginRequest(log);
    log.event('AspNetWebEventRaiseStart', {
      Data1: 'System.Web.Management.WebRequestErrorEvent',
      Data2: 3005,
      Data3: 0,
    });
    finish(log, {
      body: [
        'fe\r\n',
        '<html><p>half a page',
        '\r\n',
        '1a2b\r\n',
        errorPage({ ...parts, language: 'en' }),
        '\r\n',
        '0\r\n\r\n',
      ],
    });
    const reading = readEvidence('x', log.bytes());
    expect(fact(reading, 'final-status')).toBe(200);
    expect(fact(reading, 'decisive.event')).toBe('AspNetWebEventRaiseStart');
    expect(fact(reading, 'exception.type')).toBe(parts.type);
  });

  it('claims nothing when a page of 200 merely shows an exception', () => {
    const log = new FrebLog();
    begin(log, page);
    finish(log, { body: errorPage({ ...parts, language: 'en' }) });
    expect(fact(readEvidence('x', log.bytes()), 'exception.type')).toBeUndefined();
  });

  it('scrubs the message', () => {
    const reading = readEvidence(
      'x',
      pageException({ message: 'Server=db;User ID=sa;Password=S3cretPw; failed' }).bytes(),
    );
    expect(textOf(reading)).not.toContain('S3cretPw');
  });
});

describe('other pages', () => {
  it('reads the script error of classic ASP in any language', () => {
    const found = readAspPage(
      `<font face="Arial" size=2>\n<p>Laufzeitfehler in Microsoft VBScript </font> <font face="Arial" size=2>Fehler '800a000b'</font>\n<p>\n<font face="Arial" size=2>Division durch Null</font>\n<p>\n<font face="Arial" size=2>/shop/price.asp</font><font face="Arial" size=2>, Zeile 27</font>`,
    );
    expect(found).toMatchObject({ origin: 'asp', message: 'Division durch Null', file: '/shop/price.asp', line: 27 });
    expect(found!.codes).toEqual(['0x800a000b']);
  });

  it.each([
    [
      'PHP Fatal error:  Uncaught PDOException: no such host in D:\\blog\\db.php:9\nStack trace:\n#0 {main}\n  thrown in D:\\blog\\db.php on line 9',
      'PDOException',
      9,
    ],
    ['<br />\n<b>Parse error</b>:  syntax error in <b>D:\\blog\\x.php</b> on line <b>3</b><br />', 'Parse error', 3],
    [
      'PHP Fatal error:  Uncaught PDOException: <password>X</password> in C:\\a.php:12\nStack trace:',
      'PDOException',
      12,
    ],
  ])('reads PHP: %s', (text, type, line) => {
    expect(readPhpText(text)).toMatchObject({ origin: 'php', type, line });
  });

  it('reads the page of iisnode', () => {
    const found = readNodePage(
      '<p>iisnode encountered an error when processing the request.</p><pre>HRESULT: 0x2\nHTTP status: 500\nHTTP subStatus: 1001\nHTTP reason: Internal Server Error</pre><pre>D:\\api\\server.js:5\nthrow x\n^\nTypeError: x is not a function\n    at Object.<anonymous> (D:\\api\\server.js:5:7)</pre>',
    );
    expect(found).toMatchObject({
      origin: 'iisnode',
      type: 'TypeError',
      file: 'D:\\api\\server.js',
      line: 5,
      codes: ['0x80070002'],
    });
  });

  it('reads the error number that .NET puts in brackets behind the type', () => {
    const found = readCorePage('System.ComponentModel.Win32Exception (1346): Etwas ging schief.\r\n   at A.B()\r\n');
    expect(found).toMatchObject({ type: 'System.ComponentModel.Win32Exception', codes: ['0x80070542'] });
    const plain = readCorePage('System.ComponentModel.Win32Exception (0x80004005): Etwas ging schief.\n');
    expect(plain?.codes).toEqual(['0x80004005']);
  });

  it('reads the exception of an ASP.NET Core application', () => {
    const found = readCorePage(
      'System.NullReferenceException: Object reference not set to an instance of an object.\n   at Shop.Cart.Total() in /src/Cart.cs:line 3\n   at X in D:\\shop\\Cart.cs:line 88',
    );
    expect(found).toMatchObject({
      origin: 'aspnetcore',
      type: 'System.NullReferenceException',
      file: 'D:\\shop\\Cart.cs',
      line: 88,
    });
  });

  it('reads the detailed error page of IIS in any language', () => {
    const found = readIisPage(
      '<title>IIS 10.0 - Detaillierter Fehler - 404.11 - Not Found</title><h3>HTTP-Fehler 404.11 - Not Found</h3><h4>Doppelte Escapesequenz</h4><table><tr><th>Fehlercode</th><td>&nbsp;&nbsp;&nbsp;0x00000000</td></tr></table>',
    );
    expect(found).toMatchObject({ origin: 'iis', message: 'Doppelte Escapesequenz' });
    expect(found!.codes).toBeUndefined();
  });

  it.each(['', 'ok', '<html><title>Shop</title></html>', '{"error":"0x80070542"}', 'x'.repeat(100_000)])(
    'finds nothing in an ordinary body',
    (text) => {
      for (const reader of [readAspNetPage, readAspPage, readPhpText, readNodePage, readCorePage, readIisPage]) {
        expect(reader(text)).toBeNull();
      }
    },
  );

  it('says that a compressed body cannot be read', () => {
    const log = new FrebLog();
    begin(log);
    log.error({ module: 'AspNetCoreModuleV2', stage: 'EXECUTE_REQUEST_HANDLER', status: 500 });
    log.header('Content-Encoding', 'gzip');
    finish(log, { body: '%1F%8B%08%00%00' });
    expect(fact(readEvidence('x', log.bytes()), 'response.compressed-body')).toBe(true);
  });
});
