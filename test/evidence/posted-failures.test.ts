import { describe, expect, it } from 'vitest';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { withWords } from '../../src/desk/conversation/told-beside.js';
import { createJudge, diagnose } from '../../src/diagnosis/diagnose.js';
import { readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';

/** The first of what a posted text is judged as, its words included. */
const judged = (text: string) => {
  const judge = createJudge(knowledge, 3000);
  return diagnose(withWords(readPasted(text), text, knowledge, judge), knowledge).files[0];
};

describe('a failure that a story quotes without its page', () => {
  it.each([
    [
      'the heading within a sentence',
      'a colleague uploads a film of 90 MB and gets HTTP Error 404.13 - Not Found since the move to the new server',
      'request-too-large',
    ],
    [
      'status, code and module in words',
      'The warehouse site runs in a 32-bit pool. It fails with 500.19, 0x800700c1, module DynamicCompressionModule.',
      'config-bitness',
    ],
    [
      'the short page, and the code of a trace below it',
      '502 - Web server received an invalid response while acting as a gateway or proxy server.\n\nThe trace of it has ErrorCode 0x80072efd, the rule leads to port 9100.',
      'backend-unreachable',
    ],
  ])('is judged by %s', (_, text, cause) => {
    expect(judged(text)).toMatchObject({ verdict: 'failure', cause });
  });

  it.each([
    ['a question', 'Which of our settings leads to HTTP Error 404.13 - Not Found for a film of 90 MB?'],
    ['a few words', 'what is HTTP Error 404.13 - Not Found'],
    ['two codes', 'We had 500.19 with 0x800700c1 in spring, and in autumn with 0x8007007e; now all of it runs well.'],
  ])('is not seen in %s', (_, text) => expect(judged(text)?.cause ?? null).toBeNull());
});

describe('the sentence of an event alone', () => {
  it.each([
    ['The HTTP Filter DLL D:\\filters\\audit.dll failed to load.  The data is the error.', 'isapi-filter-failed'],
    [
      'A fatal error occurred when attempting to access the TLS server credential private key. The error code returned from the cryptographic module is 0x8009030D.',
      'https-certificate-unusable',
    ],
    ['An error occurred while using SSL configuration for endpoint 0.0.0.0:8443.', 'https-certificate-unusable'],
  ])('tells what failed: %s', (text, cause) => {
    expect(judged(`in the log of WEB07:\n\n${text}`)).toMatchObject({ cause });
  });

  it('tells that a client had no cipher in common, and blames no call of the application', () => {
    const file = judged(
      'seen every minute:\n\nAn TLS 1.2 connection request was received from a remote client application, but none of the cipher suites supported by the client application are supported by the server.',
    );
    expect(file?.cause).toBeNull();
    expect(file?.detail).toContain('A client offered no cipher');
  });
});

describe('an access error of an application', () => {
  const denied = (path: string, frame: string) =>
    `System.UnauthorizedAccessException: Access to the path '${path}' is denied.\n   at ${frame}\n   at Shop.Stock.Save(String name)`;

  it.each([
    [
      'writing',
      denied('D:\\stock\\out', 'System.IO.Directory.InternalCreateDirectory(String path)'),
      'file-write-denied',
    ],
    ['reading', denied('D:\\stock\\in.csv', 'System.IO.File.ReadAllText(String path)'), 'access-denied-acl'],
  ])('is told apart by its stack: %s', (_, text, cause) => {
    expect(judged(text)).toMatchObject({ verdict: 'failure', cause });
  });
});

describe('what products say', () => {
  it.each([
    [
      'the settings of ASP.NET Core',
      "Unhandled exception. System.IO.InvalidDataException: Failed to load configuration file 'D:\\stock\\appsettings.json'.\n ---> System.FormatException: Could not parse the JSON file.",
      /settings file D:\\stock\\appsettings\.json/,
    ],
    [
      'the console of WSUS',
      'The WSUS administration console was unable to connect to the WSUS Server via the remote API.\nSystem.IO.IOException -- The handshake failed due to an unexpected packet format.',
      /8530 is http, 8531 is https/,
    ],
    [
      'a management point',
      'Call to HttpSendRequestSync failed for port 443 with status code 403, text: Forbidden\nthat is our second site',
      /wants a client certificate/,
    ],
    [
      'the FTP service',
      'Response: 331 Password required\nResponse: 530 User cannot log in, home directory inaccessible.',
      /no way to a home directory/,
    ],
    [
      'Jet in Spanish',
      "Microsoft JET Database Engine error '80004005'\nLa operación debe usar una consulta actualizable.\n/almacen/guardar.asp, línea 12",
      /Access database, or its folder/,
    ],
    [
      'a browser about CORS',
      "blocked by CORS policy:\nThe 'Access-Control-Allow-Origin' header contains multiple values 'https://a.example, *', but only one is allowed.",
      /gets it twice/,
    ],
    [
      'a configuration of another server',
      "the pools do not start after the restore:\nFailed to decrypt attribute 'password' because the keyset does not exist",
      /keys of another server/,
    ],
  ])('is known: %s', (_, text, says) => expect(judged(text)?.detail).toMatch(says));
});

describe('a challenge of ACME that IIS takes for a script', () => {
  const page =
    'HTTP Error 404.17 - Not Found\nThe requested content appears to be script and will not be served by the static file handler.';

  it('is no fault of the pool', () => {
    const file = judged(`${page}\nRequested URL\n   http://shop.example:80/.well-known/acme-challenge/k7Lr`);
    expect(file).toMatchObject({ cause: 'mime-type-missing', verdict: 'failure' });
  });

  it('stays a script with an address of its own', () => {
    expect(judged(`${page}\nRequested URL\n   http://shop.example:80/stock/list.aspx`)).toMatchObject({
      cause: 'static-handler-for-dynamic',
    });
  });
});

describe('a page of HTTP.sys', () => {
  it.each([
    ['Bad Request - Invalid Hostname', 'HTTP Error 400. The request hostname is invalid.', /No binding of this server/],
    [
      'Bad Request - Request Too Long',
      'HTTP Error 400. The size of the request headers is too long.',
      /Kerberos token/,
    ],
    ['Bad Request - Invalid URL', 'HTTP Error 400. The request URL is invalid.', /refused the address itself/],
    [
      'Bad Request - Invalid Verb',
      'HTTP Error 400. The request verb is invalid.',
      /https was sent to a port of plain http/,
    ],
  ])('says what it refused: %s', (title, sentence, says) => {
    expect(judged(`${title}\n\n${sentence}`)?.detail).toMatch(says);
  });
});

describe('two access lists in one text', () => {
  it('are told each by its path', () => {
    const list = (path: string, entry: string) =>
      `${path} ${entry}\n${' '.repeat(path.length)} NT AUTHORITY\\SYSTEM:(OI)(CI)(F)`;
    const text = `${list('D:\\sites\\shop', 'BUILTIN\\IIS_IUSRS:(OI)(CI)(RX)')}\n\n${list('D:\\sites\\stock', 'BUILTIN\\Administrators:(OI)(CI)(F)')}`;
    expect(judged(text)?.detail).toContain('No entry on D:\\sites\\stock lets every pool read');
    expect(judged(text)?.detail).toContain('D:\\sites\\shop (pools may read it, but not change it)');
  });
});

describe('a list of which the command shows only some rows', () => {
  const rule = (account: string) =>
    `FileSystemRights  : ReadAndExecute, Synchronize\nAccessControlType : Allow\nIdentityReference : ${account}\nIsInherited       : False`;
  const command = "(Get-Acl D:\\sites\\shop).Access | Where-Object IdentityReference -like '*shop*'";

  it.each([
    ['a row that lets pools read', 'BUILTIN\\IIS_IUSRS', /A Deny among the rows it left out would still win/],
    ['no such row', 'NT AUTHORITY\\SYSTEM', /shows only some rows/],
  ])('proves nothing by what it lacks: %s', (_, account, says) => {
    expect(judged(`${command}\n\n${rule(account)}`)?.detail).toMatch(says);
  });
});

describe('certificates that are listed with their last day', () => {
  it('are told with the first of these days, and before the bare number of an event', () => {
    const text =
      'OWA answers 500 after the logon, the log has EventID 1309\n\nIssuer    : CN=Microsoft Exchange Server Auth Certificate\nNotAfter  : 4/30/2031 8:00:00 AM\nNotBefore : 5/26/2026 8:00:00 AM';
    expect(judged(text)?.detail).toContain('The Exchange Server Auth Certificate ends on 4/30/2031');
  });
});

describe('a page of 401 that people see', () => {
  it('sends to the role service where it is 401.2', () => {
    const file = judged(
      'HTTP Error 401.2 - Unauthorized\n\nThe web.config of the stock service has windowsAuthentication enabled and anonymous off.',
    );
    expect(file).toMatchObject({ cause: 'authentication-scheme-missing', confidence: 'possible' });
  });

  it('is read where a question follows its sentence', () => {
    const text =
      'HTTP Error 401.3 - Unauthorized\nYou do not have permission to view this directory or page because of the access control list (ACL).\n\nWhy for the pictures of the new export only?';
    expect(judged(text)).toMatchObject({ cause: 'access-denied-acl' });
  });
});

describe('the code of a line or a story', () => {
  it.each([
    [
      'a line of an access log',
      '2026-06-08 19:53:49 10.0.0.4 GET /stock/list.aspx - 443 - 10.0.0.9 Mozilla/5.0 500 19 5 31',
    ],
    ['a story', 'The stock site was moved to another folder. Now it fails with 500.19 and the code 0x80070005.'],
  ])('chooses the steps: %s', (_, text) => {
    const judge = createJudge(knowledge, 3000);
    const report = diagnose(withWords(readPasted(text), text, knowledge, judge), knowledge);
    const steps = JSON.stringify(answerReport(report, knowledge).parts.find(({ id }) => id === 'fix'));
    expect(steps).toContain('0x80070005: let the pool');
    expect(steps).not.toContain('0x8007052e');
  });
});

describe('what ASP.NET says of other servers and services', () => {
  it.each([
    [
      'The remote certificate is invalid because of errors in the certificate chain: PartialChain',
      /does not accept its certificate: PartialChain/,
    ],
    [
      "The type 'Stock.Orders', provided as the Service attribute value in the ServiceHost directive could not be found.",
      /no DLL in the bin folder has it/,
    ],
  ])('is known: %s', (text, says) => expect(judged(`in our log\n\n${text}`)?.detail).toMatch(says));
});

describe('a pool with an entry of its own', () => {
  const list = [
    'D:\\web\\shop\\uploads IIS APPPOOL\\Billing:(OI)(CI)(M)',
    '                    BUILTIN\\Users:(I)(RX)',
    '                    NT AUTHORITY\\SYSTEM:(I)(F)',
  ].join('\n');

  it('may change what the others only read', () => {
    expect(judged(list)?.detail).toMatch(/^IIS APPPOOL\\Billing may change D:\\web\\shop\\uploads; other pools/);
  });

  it('with reading alone changes nothing for the others', () => {
    expect(judged(list.replace('(M)', '(RX)'))?.detail).toMatch(/^Pools may read/);
  });
});
