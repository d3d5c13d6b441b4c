import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { fact, facts } from './facts.js';

const pasted = (text: string) => diagnose(readPasted(text), knowledge).files;
const file = (text: string) => diagnose([readEvidence('post.txt', Buffer.from(text))], knowledge).files[0]!;

const crashed =
  "A process serving application pool 'Ledger' suffered a fatal communication error with the Windows Process Activation Service. The process id was '5120'. The data field contains the error number.";

describe('events as people name them', () => {
  it.each([
    ['a level and a dash', `Seen in the System log:\n\nError 5011 – WAS\n${crashed}`],
    ['the word for event', `Event 5011, WAS\n\n${crashed}`],
    ['in a sentence', `There is one warning with event id 5011 from source WAS:\n${crashed}`],
    ['provider first', `Every night:\nWAS 5011: ${crashed}`],
    ['another language', `Fehler 5011 - Microsoft-Windows-WAS\n${crashed}`],
    ['quoted in prose', `Twice an hour it says "${crashed}" and people get 503.`],
    ['the sentence alone', crashed],
    ['curly quotes', crashed.replaceAll("'", '’').replace('pool ’', 'pool ‘')],
  ])('are read with their pool: %s', (_, text) => {
    for (const { kind, story } of [pasted(text)[0]!, file(text)]) {
      expect(kind).toBe('event-export');
      expect(story?.events.map((e) => e.means).join()).toContain('pool Ledger');
      expect(story?.unknown).toEqual([]);
    }
  });

  it('a question about one is no event', () => {
    for (const text of ['What does WAS 5011 mean?', 'event 5011 from source WAS: what should I do about that one?'])
      expect(readPasted(text)).toEqual([]);
  });

  it('several in one text are one story, and the reason decides it', () => {
    const text = `Error 2307 – IIS-W3SVC-WP
The worker process for application pool 'Ledger' encountered an error 'Cannot read configuration file' trying to read configuration data from file '\\\\?\\<EMPTY>', line number '0'.
Error 5002 – WAS
Application pool 'Ledger' is being automatically disabled due to a series of failures in the process(es) serving that application pool.
Error 5189 – WAS
The Windows Process Activation Service failed to generate an application pool config file for application pool 'Ledger'. The error type is '5'.`;
    const { story, detail } = file(text);
    expect(story?.events.map((e) => e.name)).toEqual(['IIS-W3SVC-WP 2307', 'WAS 5002', 'WAS 5189']);
    expect(detail).toContain('C:\\inetpub\\temp\\appPools');
  });

  it.each(['[Data: 50000780]', '\n0000: 50 00 07 80', '\n0000: 50000780', 'Data field: 80070050'])(
    'the bytes %s are the code',
    (bytes) => {
      const reading = readEvidence(
        'post.txt',
        Buffer.from(`Since Monday:\nWAS 5005: Windows Process Activation Service (WAS) is stopping. ${bytes}`),
      );
      expect(fact(reading, 'event.code')).toBe('0x80070050');
    },
  );

  it('services name themselves and their error in words', () => {
    const reading = readEvidence(
      'post.txt',
      Buffer.from(
        'It fails:\nService Control Manager 7023: The Windows Process Activation Service service terminated with the following error:\nThe user name or password is incorrect.',
      ),
    );
    expect(fact(reading, 'event.service')).toBe('Windows Process Activation Service');
    expect(fact(reading, 'event.code')).toBe('0x8007052e');
    expect(fact(reading, 'event.message')).toContain('password is incorrect');
  });

  it('a report of a .NET exception names it', () => {
    const reading = readEvidence(
      'post.txt',
      Buffer.from(
        'Fault bucket 77, type 5 Event Name: CLR20r3 Response: Not available\n\nProblem signature: P1: C:\\Program Files\\dotnet\\dotnet.exe P2:\n8.0.1 P3: 5f00aa P4: Harbor.Core P5: 2.1.0.0 P6: 5ac P7: 1ad P8: 8 P9: System.FormatException P10:\n\nAttached files:\nC:\\reports\\x',
      ),
    );
    expect(facts(reading, 'exception.type')).toEqual(['System.FormatException']);
    expect(fact(reading, 'event.file')).toBe('Harbor.Core');
    expect(fact(reading, 'event.message')).not.toContain('reports');
  });

  it('a command line is left out with a sign for it', () => {
    const reading = readEvidence(
      'post.txt',
      Buffer.from(
        "Application '/LM/W3SVC/3/ROOT' with physical root 'D:\\sites\\harbor\\' created process with commandline 'dotnet .\\Harbor.dll'but failed to get its status, ErrorCode = '0x80070005'.",
      ),
    );
    expect(fact(reading, 'event.message')).toContain('commandline … but failed');
  });
});

describe('pieces beside words', () => {
  const config = (rule: string) =>
    `<configuration>\n<system.webServer>\n<rewrite>\n<rules>\n${rule}\n</rules>\n</rewrite>\n</system.webServer>\n</configuration>`;
  const page =
    'HTTP Error 500.50 - URL Rewrite Module Error.\nThe page cannot be displayed because an internal server error has occurred.';

  it('a web.config beside a page explains the page', () => {
    const text = `Mine:\n${config('<rule name="harbor"><action type="Rewrite" url="/a.js" /></rule>')}\nThen I get:\n${page}`;
    for (const judged of [pasted(text)[0]!, file(text)]) {
      expect(judged).toMatchObject({ kind: 'error-page', cause: 'rewrite-failed' });
      expect(judged.detail).toContain('harbor');
    }
  });

  it('a web.config below words is read', () => {
    const rule =
      '<rule name="harbor"><match url="(.*)" /><action type="Rewrite" url="http://127.0.0.1:9000/{R:1}" /></rule>';
    const judged = file(`We forward one folder.\n\n${config(rule)}\nLinks come back wrong.`);
    expect(judged.kind).toBe('server-config');
    expect(judged.configuration?.map(({ rule: id }) => id)).toContain('proxy-rule');
  });

  it('a page without a message and a section of a module: the module is missing', () => {
    const text = `<configuration>\n<system.webServer>\n<httpPlatform processPath="x.exe" />\n</system.webServer>\n</configuration>\n\nHTTP Error 500.19 - Internal Server Error\nThe requested page cannot be accessed because the related configuration data for the page is invalid.\nModule\t   IIS Web Core\nNotification\t   BeginRequest\nHandler\t   Not yet determined\nError Code\t   0x8007000d\nConfig Error\t   \nConfig File\t   \\\\?\\D:\\sites\\harbor\\web.config`;
    expect(file(text).detail).toContain('httpPlatform');
  });

  it('a page copied below its heading is known by its message', () => {
    const message = "Access to the path 'D:\\sites\\harbor\\log.txt' is denied.";
    const text = `After the move we get this.\n\n${message}\nDescription: An unhandled exception occurred.\nException Details: System.UnauthorizedAccessException: ${message}`;
    expect(file(text)).toMatchObject({ kind: 'error-page', cause: 'file-write-denied' });
  });

  it.each([' | ', '\t'])('rows of a trace with %j between their cells', (bar) => {
    const rows = [
      ['12.', 'FILE_CACHE_ACCESS_START', 'FileName="D:\\sites\\harbor\\orders"', '10:00:01.100'],
      [
        '13.',
        'FILE_CACHE_ACCESS_END',
        'Successful="false", ErrorCode="The system cannot find the file specified.  (0x80070002)"',
        '10:00:01.100',
      ],
    ];
    const judged = file(`I see this:\n\n${rows.map((row) => row.join(bar)).join('\n')}`);
    expect(judged).toMatchObject({ kind: 'fragment', cause: 'file-not-found', confidence: 'possible' });
    expect(judged.detail).toContain('orders');
  });
});

describe('what people say they see is no "no fault"', () => {
  it('503 beside started pools', () => {
    const pools = 'APPPOOL "Ledger" (MgdVersion:v4.0,MgdMode:Integrated,state:Started)';
    expect(file(`The site answers HTTP Error 503 - Service Unavailable.\n\n${pools}\n`).verdict).toBe('failure');
    expect(file(`${pools}\n`).verdict).toBe('no-fault');
  });

  it('a certificate for another name beside the bindings', () => {
    const bindings = `SSL Certificate bindings:\n-------------------------\n\n    IP:port                      : 0.0.0.0:443\n    Certificate Hash             : ${'ab'.repeat(20)}\n    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}\n    Certificate Store Name       : MY\n`;
    expect(file(`Chrome: NET::ERR_CERT_COMMON_NAME_INVALID\n\n${bindings}`).verdict).toBe('failure');
    expect(file(bindings).verdict).toBe('no-fault');
  });

  it('a page of 401.1 is the last word of a handshake', () => {
    const text =
      'HTTP Error 401.1 - Unauthorized\nYou do not have permission to view this directory or page.\nModule: WindowsAuthenticationModule\nNotification: AuthenticateRequest\nHandler: StaticFile\nError Code: 0x8009030e';
    expect(file(text)).toMatchObject({ verdict: 'failure', cause: 'credentials-not-accepted' });
  });

  it('searches for devices are noise', () => {
    const line =
      '2026-06-08 08:00:00 10.0.0.4 POST /StableWSDiscoveryEndpoint/schemas-xmlsoap-org_ws_2005_04_discovery - 80 - 10.0.0.9 WSDAPI - 404 0 2 8';
    expect(file(line).verdict).toBe('no-fault');
  });
});

describe('scripts that replace the list of a right', () => {
  const script = (list: string) =>
    `$inf = @"\n[Unicode]\nUnicode=yes\n[Version]\nsignature="\`$CHICAGO\`$"\nRevision=1\n[Privilege Rights]\nSeImpersonatePrivilege = ${list}\n"@\nsecedit.exe /configure /db x.sdb /cfg x.inf`;
  it.each([
    ['without SERVICE', '*S-1-5-19,*S-1-5-20,*S-1-5-32-544', 'every pool fails'],
    ['without Administrators', '*S-1-5-19,*S-1-5-20,*S-1-5-6', 'Administrators and IIS_IUSRS'],
    ['without IIS_IUSRS', '*S-1-5-19,*S-1-5-20,*S-1-5-6,*S-1-5-32-544', 'IIS_IUSRS loses'],
  ])('tell who loses it, and the line: %s', (_, list, words) => {
    const report = diagnose([readEvidence('set.ps1', Buffer.from(script(list)))], knowledge);
    expect(report.files[0]!.detail).toContain(words);
    expect(report.diagnosis.findings[0]!.facts['gpo.place']).toBe('line 8 of the script');
  });
});
