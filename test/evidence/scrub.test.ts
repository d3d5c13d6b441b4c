import { describe, expect, it } from 'vitest';
import { isBuiltInAccount } from '../../src/evidence/scrub/accounts.js';
import { Scrubber } from '../../src/evidence/scrub/scrubber.js';

const scrub = (text: string): string => new Scrubber().text(text);

describe('free text', () => {
  it.each([
    ['Server=db1;Database=shop;User ID=shop_rw;Password=p w!1;Timeout=5', ['shop_rw', 'p w!1']],
    ["Login failed for user 'CORP\\jdoe'.", ['jdoe']],
    ['Authorization: Bearer abcdefghijklmnop', ['abcdefghijklmnop']],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl here', ['eyJhbGci', 'c2lnbmF0dXJl']],
    ['mail to anna.berg@example.org failed', ['anna.berg']],
    ['see http://svc.example/a?key=K123&x=1#frag', ['K123', 'frag']],
    ['from 198.51.100.7 and 2001:db8::8a2e:370:7334', ['198.51.100.7', '370:7334']],
    ['refused by 2001:db8:11a:110f::beef: timeout', ['110f', 'beef']],
    ['the password for svc_web was changed to hunter', ['hunter']],
    ['le mot de passe est tournesol', ['tournesol']],
    ['sent to Anna Berg <a@contoso.example>', ['Berg']],
    ['to+Anna+Berg+<a@contoso.example>', ['Berg']],
    ['post to https://hooks.slack.com/services/T0/B0/Qwertz1', ['Qwertz1']],
    ['IBAN DE89 3704 0044 0532 0130 00', ['0532 0130']],
    ['Access to D:\\x denied for CORP\\jane.doe', ['jane.doe']],
    ['C:\\Users\\mueller\\site\\web.config', ['mueller']],
    ['The user CORP\\jane failed', ['jane']],
    ['Login CORP\\\\jane.doe denied\\r\\n', ['jane']],
    ["denied to CORP\\o'hara", ['hara']],
    ['denied:CORP\\jane', ['jane']],
    ['the user CORP/jane failed', ['jane']],
    ['user: CN=Jane Doe,CN=Users,DC=contoso', ['Doe']],
    ['claim c:0-.t|idp|janedoe is unknown', ['janedoe']],
    ['"\\".\\\\jane\\""', ['jane']],
    ['Roaming-S-1-5-21-1111111-2222222-3333333-1104', ['2222222']],
    ['denied to 3M\\jane', ['jane']],
    ['{"text":"\\"CORP\\\\Jane Doe\\" failed"}', ['Doe']],
    ['CN="Berg, Anna",OU=Staff', ['Berg', 'Staff']],
    ['app secret Zx38Q~Mcj1S0lVskYjOFkgcScEvMH0lm5PdYnqO is wrong', ['Mcj1S0']],
    ['state iQxVJCHjjNuddu.atlasv1.nkvK0i94mQiJ8tTc7TuNQ3NxSOJ', ['nkvK0i94']],
    ['$1$T4OCMyiL$vXmGkcYM9kUwY3WTQR8dUt', ['vXmGkc']],
    ['key 636660-350387-035623-809954-177771-097676-995888-967373', ['035623']],
    ['{"message":"denied to CONTOSO\\\\jane\\r\\n   at A.B()"}', ['jane']],
    ['{\\"message\\":\\"CONTOSO\\\\\\\\jane\\"}', ['jane']],
    ['cannot find http://web03/CN=Anna Berg,OU=Staff,DC=contoso,DC=com today', ['Berg', 'Staff']],
    ['X-SourceFiles: =?UTF-8?B?QzpcVXNlcnNcYW5uYVxzaG9wXGRlZmF1bHQuYXNweA==?=', ['QzpcVXNl']],
    ['powershell -EncodedCommand dwBoAG8AYQBtAGkAIABhAG4AbgBhAA==', ['dwBoAG8A']],
    ['state=YW5uYUBjb250b3NvLmV4YW1wbGU', ['YW5uYUBj']],
    ['0000  61 6e 6e 61 40 63 6f 6e 74 6f 73 6f 0d 0a', ['61 6e 6e 61']],
    ['AccountKey=Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA==;EndpointSuffix=core', ['Zm9vYmFy']],
  ])('takes secrets out of %j', (text, secrets) => {
    const shown = scrub(text);
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(shown).toContain('…');
  });

  it.each([
    "Could not load file or assembly 'System.Web.Extensions, Version=4.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35'",
    "Could not find a part of the path 'D:\\sites\\shop\\bin\\roslyn\\csc.exe'.",
    'NT AUTHORITY\\IUSR may not read D:\\sites\\shop\\web.config',
    'pool IIS APPPOOL\\Portal',
    'No MIME type for .docx',
    "Access to the path 'D:\\shop\\App_Data\\upload.csv' is denied.",
    'C:\\inetpub\\wwwroot\\images\\anna-smiles.png',
    '/api/orders/report.aspx',
    'Microsoft .NET Framework Version:4.0.30319; ASP.NET Version:4.8.9316.0',
    "Cannot add duplicate collection entry of type 'add' with unique key attribute 'fileExtension' set to '.bak'",
    'Exception from HRESULT: 0x80070542',
    'connect to 127.0.0.1 failed',
    'DYNAMIC_COMPRESSION_NOT_SUCCESS in ManagedPipelineHandler',
    'thumbprint a9 09 50 2d d8 2a e4 14 33 e6 f8 38 86 b0 0d 42 77 a3 2a 7b',
    'HKLM:SOFTWARE\\Microsoft\\InetStp and C:logs\\u_ex.log',
    'the user is read/write',
    'AspNetCore.Views_Home_Index_b1c2d3e4f5.ExecuteAsync()',
    'Shop.Proxies.Order_0AD0CF1A3B.get_Total()',
    'the user NT AUTHORITY\\IUSR and the account IIS APPPOOL\\Portal',
    'Portal.Web.Controllers.HomeController+<Index>d__4.MoveNext()',
    'C:\\sites\\104\\web\\xampp\\u0041.txt',
    'The token is invalid (0x80090308)',
    'password (0x8007052e)',
    'GET HTTP/1.1 over TCP/ip, see MACHINE/WEBROOT/APPHOST/Default Web Site',
    'service HTTP/web03.contoso.com',
    'at Shop.Account.Login(String user, String password)',
    'D:/Sites/MyCompany/WebApp/Logic/DataAccess/Order',
    'Ошибка: доступ запрещён',
    'Unexpected token: END OF FILE',
    'syntax error, unexpected token: "}"',
    "Parse error: unexpected token = 'else'",
    '{40000010-0000-FB00-B63F-84710C7967BB}'.slice(1, 20),
    'The password is incorrect.',
    'The user name or password is not correct',
    'The password for this account has expired',
    'User account is disabled',
    'The user is not authorized',
    'cannot load .\\logs\\stdout and .\\web.config',
    'Foo::Bar at 12:30:45: done',
    'Status = 500, code = 0x80070005',
    'SID: S-1-5-32-568',
  ])('leaves %j as it is', (text) => {
    expect(scrub(text)).toBe(text);
  });

  it('drops control characters and overrides of the writing direction', () => {
    expect(scrub('a\u0007b\u202ec\u001b[31m')).toBe('abc[31m');
  });

  it('counts each distinct value once', () => {
    const scrubber = new Scrubber();
    scrubber.url('/a?x=1&y=2');
    scrubber.url('/b?z=2');
    scrubber.withhold('-');
    expect(scrubber.count).toBe(2);
  });
});

describe('URLs', () => {
  it.each([
    ['http://u:p@h/a', 'http://…@h/a'],
    ['/a?x=1&y=&z', '/a?x=…&y=&…'],
    ['/a?anna.berg@example.org=', '/a?…='],
    ['/a?anna.berg@example.org=1&x=', '/a?…=…&x='],
    ['/plain', '/plain'],
    ['http://h:80/', 'http://h:80/'],
    ['/a?', '/a?'],
  ])('%s is shown as %s', (url, shown) => {
    expect(new Scrubber().url(url)).toBe(shown);
  });
});

describe('built-in accounts', () => {
  it.each(['NT AUTHORITY\\IUSR', 'NT-AUTORITÄT\\IUSR', 'IIS APPPOOL\\Portal', 'IUSR', 'NOT_AVAILABLE'])(
    '%s is built in',
    (name) => {
      expect(isBuiltInAccount(name)).toBe(true);
    },
  );
  it.each(['CORP\\svc_web', 'alice', 'WEB03\\IIS_USR2x'])('%s is a person or a service of the customer', (name) => {
    expect(isBuiltInAccount(name)).toBe(false);
  });
});

it.each(['notes.docx', 'a.zip/my notes.docx', 'my%20notes.docx', 'logs/a+b.pdf'])(
  'the name of a file that was sent is shown: %s',
  (name) => {
    expect(new Scrubber().fileName(name)).toBe(name);
  },
);

describe('names of logs', () => {
  it.each(['logs/W3SVC1/', 'C:\\inetpub\\logs\\FailedReqLogFiles\\W3SVC1\\'])('shows those in %s', (folder) => {
    for (const log of ['fr000001.xml', 'fr000002.xml', 'fr000001.xml'])
      expect(new Scrubber().fileName(folder + log)).toBe(folder + log);
  });

  it.each(['C:\\Users\\mueller\\', 'anna.berg@example.org/'])('takes the person out of each in %s', (folder) => {
    for (const log of ['fr000001.xml', 'fr000002.xml']) {
      const scrubber = new Scrubber();
      expect(scrubber.fileName(folder + log)).not.toMatch(/mueller|berg/);
      expect(scrubber.count).toBe(1);
    }
  });
});
