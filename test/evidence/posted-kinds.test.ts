import { describe, expect, it } from 'vitest';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { renderText } from '../../src/answer/text.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { iisPageText, yellowText } from '../generator/evidence/pages.js';
import { fact, facts } from './facts.js';

const read = (text: string | Buffer) => readEvidence('posted.txt', typeof text === 'string' ? Buffer.from(text) : text);
const judged = (text: string | Buffer) => diagnose([read(text)], knowledge).files[0]!;

describe('the log of the .NET host', () => {
  it.each([
    " The specified framework 'Microsoft.NETCore.App', version '2.0.7' was not found.\r\n  - The following versions are installed:\r\n      2.0.3\r\n",
    "The framework 'Microsoft.AspNetCore.App', version '6.0.9' (x64) was not found.\n  - No frameworks were found.\n",
    "The framework 'Microsoft.WindowsDesktop.App', version '5.0.0' was not found.\n",
    "It was not possible to find any compatible framework version\nThe framework 'Microsoft.NETCore.App', version '3.1.0' was not found.\n",
    "You must install or update .NET to run this application.\nFramework: 'Microsoft.NETCore.App', version '7.0.0' (x86)\n",
  ])('begins with the runtime it misses: %s', (text) => {
    expect(judged(text)).toMatchObject({ kind: 'application-log', cause: 'aspnetcore-start-failed' });
    expect(readPasted(text)[0]).toMatchObject({ kind: 'application-log' });
  });
});

describe('Report.wer', () => {
  const report = (type: string, program: string, module: string, signature: string[]) =>
    [
      'Version=1',
      `EventType=${type}`,
      'EventTime=133300000000000000',
      `NsAppName=${program}`,
      'Sig[0].Name=Name der Anwendung',
      ...[program, '10.0.1', '5f000000', module, '10.0.2', '5f000001', ...signature].map(
        (value, i) => `Sig[${i}].Value=${value}`,
      ),
      'DynamicSig[1].Value=10.0.20348.2.0.0.272.7',
      'LoadedModule[0]=C:\\Windows\\System32\\inetsrv\\w3wp.exe',
      '',
    ].join('\r\n');

  it.each([
    ['BEX64', 'w3wp.exe', 'ucrtbase.dll', ['0000000000001234', 'c0000409', '0000000000000005'], '0xc0000409'],
    ['APPCRASH', 'w3wp.exe', 'Filter.dll', ['c0000005', '0000000000001234'], '0xc0000005'],
    ['APPCRASH', 'php-cgi.exe', 'php8.dll', ['c00000fd', '00001234'], '0xc00000fd'],
    ['APPCRASH', 'dotnet.exe', 'coreclr.dll', ['e0434352', '0000000000001234'], '0xe0434352'],
    ['BEX', 'w3wp.exe', 'msvcr100.dll', ['0008d635', 'c0000417', '00000000'], '0xc0000417'],
  ])('%s of %s in %s', (type, program, module, signature, code) => {
    const text = report(type, program, module, signature);
    for (const reading of [read(text), read(Buffer.from(`\ufeff${text}`, 'utf16le'))]) {
      expect(reading).toMatchObject({ kind: 'event-export', form: 'windows-error-report' });
      expect([fact(reading, 'event.process'), fact(reading, 'event.file'), fact(reading, 'event.code')]).toEqual([
        program,
        module,
        code,
      ]);
      expect(fact(reading, 'event.time')).toBe('2023-05-31T09:46:40Z');
    }
    const cause = program === 'php-cgi.exe' ? 'fastcgi-process-died' : 'pool-process-ended';
    expect(judged(text)).toMatchObject({ verdict: 'failure', cause });
  });
});

describe('access logs in other formats than W3C', () => {
  it.each([
    [
      "IIS's own",
      '198.51.100.9, -, 3/14/2024, 08:01:02, W3SVC2, WEB03, 192.0.2.5, 31, 402, 1210, 500, 64, GET, /a/list.aspx, id=4,\n198.51.100.9, CONTOSO\\jane, 3/14/2024, 08:01:03, W3SVC2, WEB03, 192.0.2.5, 31, 402, 1210, 200, 0, GET, /a/, -,\n',
      'iis-format',
      '500.0 64',
    ],
    [
      "IIS's own, with a German date",
      '198.51.100.9, -, 14.03.2024, 08:01:02, W3SVC1, WEB03, 192.0.2.5, 0, 402, 1210, 404, 2, GET, /missing.css, -,\n',
      'iis-format',
      '404.0 2',
    ],
    [
      'NCSA',
      '198.51.100.9 - CONTOSO\\jane [14/Mar/2024:08:01:02 +0100] "GET /a/list.aspx?id=4 HTTP/1.1" 503 1210\n',
      'ncsa',
      '503.0 0',
    ],
    [
      'NCSA without an end',
      '198.51.100.9 - - [14/Mar/2024:08:01:02 -0500] "POST /api HTTP/1.0" 401 -',
      'ncsa',
      '401.0 0',
    ],
  ])('show format and status, and no user: %s', (_, text, form, combination) => {
    const reading = read(text);
    expect(reading).toMatchObject({ kind: 'access-log', form });
    expect(fact(reading, 'access.status')).toBe(combination);
    expect(JSON.stringify(reading)).not.toMatch(/198\.51\.100\.9|jane|id=4/);
  });

  it('a list with commas is none', () => {
    expect(read('a, b, 3/14/2024, 08:01:02, five, six, seven, 8, 9, 10, 500, 64, GET, /a\n').kind).toBe('unknown');
  });
});

describe('rows of freb.xsl that begin behind the name of the failing event', () => {
  it.each([
    ['AspNetCoreModuleV2', '502', '3', '2147954429', 'backend-unreachable'],
    ['IIS Web Core', '500', '19', '2147942413', 'config-invalid'],
    ['WindowsAuthenticationModule', '401', '1', '2148074252', undefined],
    ['FastCgiModule', '500', '0', '2147942658', 'fastcgi-process-died'],
    ['RequestFilteringModule', '404', '11', '0', 'double-escaping-blocked'],
  ])('give module and status: %s %s.%s', (module, status, substatus, code, cause) => {
    const text = `Warning\tModuleName="${module}", Notification="EXECUTE_REQUEST_HANDLER", HttpStatus="${status}", HttpReason="Failed", HttpSubStatus="${substatus}", ErrorCode="${code}", ConfigExceptionInfo=""\t09:12:44.551\n61.\tNOTIFY_MODULE_END\tModuleName="${module}", Notification="EXECUTE_REQUEST_HANDLER", fIsPostNotificationEvent="false", NotificationStatus="NOTIFICATION_CONTINUE"\t09:12:44.552\n`;
    const reading = read(text);
    expect(reading).toMatchObject({ kind: 'fragment', form: 'freb-compact' });
    expect(fact(reading, 'decisive.module')).toBe(module);
    if (cause) expect(judged(text).cause).toBe(cause);
  });
});

describe('an exception that names what is missing or refused', () => {
  it.each([
    [
      'Could not load file or assembly "Shop.Core, Version=1.2.0.0, Culture=neutral" or one of its dependencies.',
      'Shop.Core',
    ],
    ['Die Datei oder Assembly "Shop.Core" oder eine Abhängigkeit davon wurde nicht gefunden.', 'Shop.Core'],
    ["Impossible de charger le fichier ou l'assembly «Shop.Core».", 'Shop.Core'],
    ["Could not find file 'D:\\sites\\shop\\settings.json'.", undefined],
    ["Could not find file 'settings.json'.", undefined],
  ])('gives the assembly where it names one: %s', (message, assembly) => {
    const text = yellowText({
      heading: "Server Error in '/' Application.",
      title: message,
      type: 'System.IO.FileNotFoundException',
      message,
    });
    expect(fact(read(text), 'exception.assembly')).toBe(assembly);
    const steps = JSON.stringify(answerReport(diagnose([read(text)], knowledge), knowledge));
    expect(steps.includes('Shop.Core, or one that it needs')).toBe(assembly !== undefined);
  });

  it.each([
    ['EPERM, operation not permitted', 'd:\\work'],
    ['EACCES: permission denied, open', 'd:\\work\\shop\\logs\\a.log'],
    ['EACCES, permission denied', 'C:\\sites'],
  ])('node below a page of iisnode: %s', (words, path) => {
    const page = iisPageText({
      heading: 'HTTP Error 500.0 - Internal Server Error',
      module: 'iisnode',
      notification: 'ExecuteRequestHandler',
      handler: 'iisnode',
      code: '0x00000002',
    });
    const text = `${page}\nThe log says:\n\nfs.js:439\nError: ${words} '${path}'\n    at Object.fs.openSync (fs.js:439:18)\n`;
    expect(fact(read(text), 'exception.refused-path')).toBe(path);
    expect(judged(text)).toMatchObject({ cause: 'node-process-error' });
    expect(judged(text).detail).toContain(path);
  });
});

describe('a section that stands twice', () => {
  const page = (error: string, source: string[]) =>
    iisPageText({
      heading: 'HTTP Error 500.19 - Internal Server Error',
      module: 'IIS Web Core',
      notification: 'BeginRequest',
      handler: 'Not yet determined',
      code: '0x800700b7',
      config: { error, file: '\\\\?\\D:\\sites\\shop\\web.config', source },
    });
  const source = (element: string) => ['   40:   <a />', `   41:   <${element}>`, '   42:   <b />'];

  it.each([
    [
      "Config section 'system.webServer/handlers' already defined. Sections must only appear once.",
      'handlers',
      'system.webServer/handlers',
    ],
    [
      'Der Konfigurationsabschnitt "system.webServer/staticContent" ist bereits definiert.',
      'staticContent',
      'system.webServer/staticContent',
    ],
    [
      "There is a duplicate 'system.web.extensions/scripting/scriptResourceHandler' section defined",
      'section',
      undefined,
    ],
    ["There is a duplicate 'system.web/shop' section defined", 'section', undefined],
    [
      "Cannot add duplicate collection entry of type 'add' with unique key attribute 'name' set to 'A'",
      'add',
      undefined,
    ],
  ])('is answered as a duplicate entry: %s', (error, element, section) => {
    const text = page(error, source(element));
    expect(facts(read(text), 'decisive.config-section')).toEqual(section ? [section] : []);
    expect(judged(text).cause).toBe('config-duplicate-entry');
    if (section) expect(judged(text).detail).toContain(section);
  });
});

describe('outputs', () => {
  const bindings = (store: string) =>
    `SSL Certificate bindings:\r\n-------------------------\r\n\r\n    IP:port                      : 0.0.0.0:8443\r\n    Certificate Hash             : ${'ab'.repeat(20)}\r\n    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}\r\n    Certificate Store Name       : ${store}\r\n    Ctl Store Name               : (null)\r\n`;

  it('a certificate without the name of its store is told, and no fault of TLS', () => {
    expect(judged(bindings('(null)'))).toMatchObject({ verdict: 'inconclusive' });
    expect(judged(bindings('(null)')).detail).toContain('certstorename=MY');
    expect(judged(bindings('MY')).detail).not.toContain('certstorename');
  });

  it('an access list is proven by its entries', () => {
    const file = judged('D:\\shop BUILTIN\\Administrators:(OI)(CI)(F)\r\n        BUILTIN\\Users:(OI)(CI)(RX)\r\n');
    expect(file.evidence.map(({ event, value }) => [event, value])).toEqual([
      [2, 'Users: (OI)(CI)(RX)'],
      [1, 'D:\\shop'],
    ]);
  });

  it('what php-cgi returned is no number of Windows', () => {
    const text = iisPageText({
      heading: 'HTTP Error 500.0 - Internal Server Error',
      module: 'FastCgiModule',
      notification: 'ExecuteRequestHandler',
      handler: 'php',
      code: '0x000000ff',
    });
    const answer = JSON.stringify(answerReport(diagnose([read(text)], knowledge), knowledge));
    expect(answer).toContain('exit code 255 of the FastCGI program');
    expect(answer).not.toContain('ERROR_EA_LIST_INCONSISTENT');
  });
});

describe('events whose text decides', () => {
  it.each([
    [
      "Access to the path 'D:\\sites\\shop\\cache' is denied.",
      'System.UnauthorizedAccessException',
      'file-write-denied',
    ],
    [
      "Could not load file or assembly 'Shop.Core, Version=1.2.0.0'.",
      'System.IO.FileNotFoundException',
      'aspnetcore-start-failed',
    ],
  ])('get the cause in their text, and no 500.34: %s', (message, type, cause) => {
    const text = `Application '/LM/W3SVC/4/ROOT' with physical root 'D:\\sites\\shop\\' hit unexpected managed exception, exception code = '0xe0434352'. First 30KB characters of captured stdout and stderr logs:\nUnhandled exception. ${type}: ${message}\n   at Shop.Program.Main(String[] args)\n`;
    expect(judged(text)).toMatchObject({ verdict: 'failure', cause });
    const answer = JSON.stringify(answerReport(diagnose([read(text)], knowledge), knowledge));
    expect(answer).not.toContain('500.34');
  });

  it('show an internal error of the runtime', () => {
    const text =
      'Log Name:      Application\nSource:        .NET Runtime\nDate:          14.03.2024 08:01:02\nEvent ID:      1023\nTask Category: None\nLevel:         Error\nKeywords:      Classic\nUser:          N/A\nComputer:      WEB03\nDescription:\nApplication: w3wp.exe\nFramework Version: v4.0.30319\nDescription: The process was terminated due to an internal error in the .NET Runtime at IP 00007FF8 (00007FF8) with exit code 80131506.\n';
    expect(judged(text)).toMatchObject({ verdict: 'failure', cause: 'pool-process-ended' });
    expect(judged(text).detail).toContain('0x80131506');
  });
});

describe('a logon that failed', () => {
  const text = (type: number, sub: string, program: string, quote = '') =>
    [
      'Fehler beim Anmelden eines Kontos.',
      '',
      `Anmeldetyp:\t\t\t${type}`,
      '',
      'Konto, für das die Anmeldung fehlgeschlagen ist:',
      '\tKontoname:\t\tbackup7',
      '',
      'Fehlerinformationen:',
      '\tFehlerursache:\t\tUnbekannter Benutzername.',
      '\tStatus:\t\t\t0xC000006D',
      `\tUnterstatus::\t\t${sub}`.replace('::', ':'),
      '',
      'Prozessinformationen:',
      '\tProzess-ID:\t0xdbc',
      `\tProzessname:\t${program}`,
      '',
    ]
      .map((line) => quote + line)
      .join('\n');

  it.each([
    [8, '0xC000006A', 'C:\\Windows\\System32\\inetsrv\\WMSvc.exe', 'Web Management Service'],
    [3, '0xC0000064', '-', 'another computer'],
    [8, '0xC000006A', 'C:\\Windows\\System32\\inetsrv\\w3wp.exe', 'another computer'],
    [10, '0xC0000064', 'C:\\Windows\\System32\\svchost.exe', 'another computer'],
    [4, '0xC000006A', 'C:\\Windows\\System32\\svchost.exe', 'password that is stored'],
  ])('type %s, %s, by %s', (type, sub, program, says) => {
    for (const quote of ['', '> ']) {
      const reading = read(text(type, sub, program, quote));
      expect(fact(reading, 'event.logon-type')).toBe(type);
      expect(fact(reading, 'event.process')).toBe(/[^\\]+\.exe$/.exec(program)?.[0]);
      expect(JSON.stringify(reading)).not.toContain('backup7');
      const { cause, detail } = judged(text(type, sub, program, quote));
      expect([cause, detail?.includes(says)]).toEqual(['logon-failed', true]);
    }
  });
});

describe('events whose lines the poster wrapped', () => {
  it('are a crash of the runtime and of the process', () => {
    const text = [
      '> Application: w3wp.exe',
      '> Framework Version: v4.0.30319',
      '> Description: The process was terminated due to an internal error in the',
      '> .NET Runtime at IP 00007FF8AA (00007FF8BB) with exit code',
      '> 80131506.',
      '',
      'then',
      '',
      '> Faulting application name: w3wp.exe, version: 10.0.20348.1, time stamp:',
      '> 0xc7899b8a',
      '> Faulting module name: coreclr.dll, version: 6.0.1.0, time stamp: 0xe12fcfd4',
      '> Exception code: 0xc0000005',
      '> Fault offset: 0x0000000000179fb5',
    ].join('\n');
    const reading = read(text);
    expect(facts(reading, 'event.id')).toEqual([1023, 1000]);
    expect([facts(reading, 'event.file'), facts(reading, 'event.code').at(-1)]).toEqual([
      ['coreclr.dll'],
      '0xc0000005',
    ]);
    expect(judged(text).cause).toBe('pool-process-ended');
  });
});

it('503 with 1255 is an application that shuts down', () => {
  const line =
    '2024-03-14 08:01:02 W3SVC1 WEB03 192.0.2.5 GET /live - 443 - 198.51.100.9 HTTP/1.1 - - shop.example 503 0 1255 202 130 15';
  expect(judged(line)).toMatchObject({ cause: 'application-restarting' });
  expect(judged(line).detail).toContain('shutting down');
});

describe('a text that is no evidence', () => {
  it.each([
    ['2024-03-14 10:00:01 ERROR: System.InvalidCastException while mapping\n', 'the log of an application'],
    ['somebody fetched GET /shop/ from 192.0.2.7 yesterday\n', 'an access log of IIS'],
    ['PS C:\\> Get-Volume\n\nDriveLetter  Size\n-----------  ----\nC            100\n', 'the output of a command'],
    ['w3wp.exe ended again, see event id 77 in the list\n', 'a Windows event'],
    ['SeShutdownPrivilege and S-1-5-32-544 are on my mind\n', 'a rights export or policy report'],
  ])('is answered with the kind that it comes close to: %j', (text, nearest) => {
    const reading = read(text);
    expect(reading).toMatchObject({ kind: 'unknown', refusal: 'not-evidence' });
    expect(reading.looksLike?.startsWith(nearest), reading.looksLike).toBe(true);
    const { title, parts } = answerReport(diagnose([reading], knowledge), knowledge);
    expect(JSON.stringify([title, parts])).toMatch(/comes close to.+Send it once more/);
  });

  it('without a sign of any kind says so', () => {
    const reading = read('milk, bread, two pounds of flour\n');
    expect(reading.looksLike).toBeUndefined();
    expect(JSON.stringify(answerReport(diagnose([reading], knowledge), knowledge))).toContain('none of those I know');
  });
});

describe('a handler that names a module in vain', () => {
  it.each([
    ['Handler "Scripts" has a bad module "CgiModule" in its module list', 'CgiModule', 'role service CGI'],
    [
      'Der Handler "PHP" weist das ungültige Modul "FastCgiModule" in der Modulliste auf.',
      'FastCgiModule',
      'role service CGI',
    ],
    ['Handler “Old” has a bad module “IsapiModule” in its module list', 'IsapiModule', 'role service ISAPI Extensions'],
  ])('is answered with what brings the module, and nothing else: %s', (sentence, module, brings) => {
    const text = iisPageText({
      heading: 'HTTP Error 500.21 - Internal Server Error',
      sentence,
      module: 'IIS Web Core',
      notification: 'ExecuteRequestHandler',
      handler: 'Scripts',
      code: '0x8007000d',
    });
    expect(fact(read(text), 'handler.bad-module')).toBe(module);
    const answer = renderText(answerReport(diagnose([read(text)], knowledge), knowledge), { columns: 1000 });
    expect(answer).toContain(brings);
    expect(answer).not.toContain('Hosting Bundle');
  });
});
