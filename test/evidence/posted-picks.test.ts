import { describe, expect, it } from 'vitest';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { renderText } from '../../src/answer/text.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readFailingWords } from '../../src/evidence/application/failing-words.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { fact } from './facts.js';

const report = (text: string) => diagnose(readPasted(text), knowledge);
const judged = (text: string) => report(text).files;
/** What is shown before the reader opens the details. */
const firstScreen = (text: string) =>
  renderText(answerReport(report(text), knowledge), { columns: 1e6 }).split('\nDetails')[0]!;

const refusedIdentity = (pool: string) =>
  `The identity of application pool ${pool} is invalid. The user name or password that is specified for the identity may be incorrect, or the user may not have batch logon rights.`;

describe('why the account of a pool cannot log on', () => {
  it.each([
    ['2E 05 07 80', /refused the name or the password/],
    ['69 05 07 80', /may not log on as a batch job/],
    ['75 07 07 80', /locked, disabled or expired/],
    ['33 05 07 80', /locked, disabled or expired/],
    ['34 05 07 80', /refused the name or the password/],
  ])('is said by the bytes of event 5021: %s', (bytes, says) => {
    for (const data of [`Data: ${bytes}`, `\n${bytes}`, `0000: ${bytes}`]) {
      const [file] = judged(`System / WAS 5021: ${refusedIdentity('Ledger')}\n${data.trim()}`);
      expect(file?.detail).toMatch(says);
    }
  });

  it.each([
    ['0xC0000064', 4, /no account of that name.*dollar sign/s],
    ['0xC000006A', 4, /password that is stored/],
    ['0xC000006A', 5, /password that is stored/],
    ['0xC0000234', 4, /account is locked/],
    ['0xC000015B', 4, /Deny log on as a batch job/],
  ])('is said by the failed logon beside it, written in one line: %s, type %i', (code, type, says) => {
    const status = code === '0xC000015B' ? `Status ${code}` : `Status 0xC000006D, Sub Status ${code}`;
    const text = `WAS 5021: ${refusedIdentity('Ledger')}\nSecurity 4625: Logon Type ${type}, Account Name svc-ledger7, ${status}`;
    const screen = firstScreen(text);
    expect(screen).toMatch(says);
    expect(screen).not.toContain('svc-ledger7');
  });

  it('is said by a failed logon that names its log and not its source', () => {
    const text = [
      `Log Name: System\nSource: Microsoft-Windows-WAS\nEvent ID: 5021\nLevel: Warning\n${refusedIdentity('Stock')}`,
      'Log Name: Security\nEvent ID: 4625\nAccount Name: stock9\nStatus: 0xC000015B\nLogon Type: 4',
    ].join('\n\n');
    expect(judged(text)[0]).toMatchObject({ cause: 'logon-type-not-granted' });
    expect(firstScreen(text)).toContain('start apppool "Stock"');
  });

  it('stays open where the event has no code', () => {
    expect(judged(`WAS 5021: ${refusedIdentity('Ledger')}\nno idea`)[0]?.detail).toContain('its password is wrong');
  });
});

describe('a native module that does not load', () => {
  const dll = (path: string) => `The Module DLL ${path} failed to load.  The data is the error.`;

  it.each([
    ['7E 00 00 00', 'C:\\Program Files\\IIS\\Asp.Net Core Module\\V2\\aspnetcorev2.dll', /Install the Hosting Bundle/],
    ['7E 00 00 00', 'C:\\Windows\\System32\\inetsrv\\rewrite.dll', /repair the product that brought it/],
    ['C1 00 00 00', 'C:\\Program Files\\iisnode\\iisnode.dll', /preCondition="bitness64"/],
    ['C1 00 00 00', 'C:\\Program Files\\Vendor\\guard.dll', /another bitness than the pool/],
    ['05 00 00 00', 'C:\\Program Files\\Vendor\\guard.dll', /may not read the native module/],
  ])('is mended by its code: %s, %s', (bytes, path, says) => {
    for (const text of [
      `IIS-W3SVC-WP 2280:\n${dll(path)}\n${bytes}`,
      `Log Name: Application\nSource: Microsoft-Windows-IIS-W3SVC-WP\nEvent ID: 2280\n${dll(path)}\nData: ${bytes}`,
    ])
      expect(firstScreen(text)).toMatch(says);
  });
});

describe('a certificate that HTTP.sys cannot use', () => {
  const event = (address: string) =>
    `Log Name: System\nSource:   HttpEvent\nEvent ID: 15021\nAn error occurred while using SSL configuration for endpoint ${address}. The error status code is contained within the returned data.`;

  it.each(['0.0.0.0:444', '[::]:444'])('of the back end of Exchange is chosen there: %s', (address) => {
    expect(firstScreen(event(address))).toContain('Exchange Back End');
  });

  it('of another port is chosen in its binding', () => {
    const screen = firstScreen(event('0.0.0.0:8443'));
    expect(screen).not.toContain('Exchange');
    expect(screen).toContain('choose the present one in the binding');
  });
});

describe('a ticket that was made for another account', () => {
  const sentence =
    'The Kerberos client received a KRB_AP_ERR_MODIFIED error from the server oldsvc4. The target name used was HTTP/crm.example.org. This indicates that the target server failed to decrypt the ticket provided by the client.';

  it.each([
    ['alone', sentence],
    [
      'with the lists of two accounts',
      `${sentence}\n\nsetspn -L EX\\newsvc\nRegistered ServicePrincipalNames for CN=newsvc,DC=example,DC=org:`,
    ],
    ['in its old head', `Event Type: Error\nEvent Source: Kerberos\nEvent ID: 4\n\n${sentence}`],
    ['in a named heading', `Microsoft-Windows-Security-Kerberos 4:\n${sentence}`],
  ])('is a fault: %s', (_, text) => {
    expect(report(text).diagnosis.findings[0]?.cause).toBe('kerberos-wrong-principal');
    const screen = firstScreen(text);
    expect(screen).toContain('setspn -D HTTP/<host>');
    expect(screen).not.toContain('oldsvc4');
  });
});

describe('the rows of a page in one sentence', () => {
  it.each([
    [
      'HTTP Error 500.19, Error Code 0x80070005, Config Error: Cannot read configuration file due to insufficient permissions, Config File \\\\?\\C:\\Users\\mia\\src\\Shop\\web.config',
      'config-unreadable',
      /lies in the profile of a user.*no user right/s,
    ],
    [
      'HTTP Error 500.19; Module IIS Web Core; Error Code 0x80070005; Config Error: Cannot read configuration file due to insufficient permissions; Config File \\\\?\\D:\\sites\\a\\web.config',
      'config-unreadable',
      /let the pool's account read the folder/,
    ],
    [
      'Fehler 500.19, Fehlercode 0x80070021, Konfigurationsfehler Dieser Abschnitt kann hier nicht verwendet werden, Konfigurationsdatei \\\\?\\C:\\web\\web.config',
      'config-section-locked',
      /locked section/,
    ],
    [
      'HTTP Error 404.3, Module StaticFileModule, Notification ExecuteRequestHandler, Handler StaticFile, Error Code 0x80070032, Physical Path D:\\www\\a\\app.webmanifest',
      'mime-type-missing',
      /No MIME type for \.webmanifest/,
    ],
    [
      'HTTP Error 500.21, Module IIS Web Core, Notification ExecuteRequestHandler, Handler aspNetCore, Error Code 0x8007000d',
      'handler-module-missing',
      /./,
    ],
  ])('are read like its table: %s', (line, cause, says) => {
    const text = `${line}\n\nany hint is welcome`;
    expect(report(text).diagnosis.findings[0]?.cause).toBe(cause);
    expect(firstScreen(text)).toMatch(says);
  });
});

describe('a reason beside the page of a start that failed', () => {
  it.each([
    ['D:\\apps\\cms\\media\\cache', ''],
    ['C:\\inetpub\\cms\\Logs', ''],
    ['E:\\data\\queue', '\\today.json'],
  ])('leads, and its steps name the folder: %s', (folder, file) => {
    const text = [
      'HTTP Error 500.30 - ASP.NET Core app failed to start',
      '',
      "Application '/LM/W3SVC/2/ROOT' with physical root 'C:\\inetpub\\cms\\' has exited from Program.Main with exit code = '0'. First 30KB characters of captured stdout and stderr logs:",
      `System.UnauthorizedAccessException: Access to the path '${folder}${file}' is denied.`,
      '   at System.IO.FileSystem.CreateDirectory(String fullPath, Byte[] securityDescriptor)',
    ].join('\n');
    expect(firstScreen(text)).toContain(`icacls "${folder}" /grant`);
  });
});

describe('a configuration beside 500.19 with 0x8007000d', () => {
  it.each([
    ['rewrite', '<rewrite><rules /></rewrite>', /Install the URL Rewrite Module/],
    ['aspNetCore', '<aspNetCore processPath="dotnet" arguments=".\\a.dll" />', /Install the .NET Hosting Bundle/],
    ['httpPlatform', '<httpPlatform processPath="C:\\py\\python.exe" />', /HttpPlatformHandler for httpPlatform/],
    ['iisnode', '<iisnode loggingEnabled="true" />', /iisnode for iisnode/],
  ])('is mended by the module of its section: %s', (_, section, says) => {
    const text = `We copied the site to a second computer and get 500.19 there with 0x8007000d.\n\n<configuration>\n  <system.webServer>\n    ${section}\n  </system.webServer>\n</configuration>\n`;
    const [stated] = judged(text).filter(({ cause }) => cause !== null);
    // Through the doors the status comes from the words; here the configuration tells what it needs.
    expect(stated ?? judged(text)[0]).toBeDefined();
    const page = `HTTP Error 500.19 - Internal Server Error\n\nModule   IIS Web Core\nError Code   0x8007000d\n${text.slice(text.indexOf('<configuration>'))}`;
    expect(firstScreen(page)).toMatch(says);
  });
});

describe('a refused logon whose line has the same address twice', () => {
  const line = (client: string) =>
    `2026-02-03 07:08:09 10.20.0.8 GET /a - 80 - ${client} 401 1 3221225581 14\nit asks three times`;

  it.each(['10.20.0.8', '127.0.0.1', '::1'])('is the loopback check: %s', (client) => {
    expect(firstScreen(line(client))).toContain('BackConnectionHostNames: a multi-string value');
  });

  it('is an open question from another computer', () => {
    const screen = firstScreen(line('10.20.0.9'));
    expect(screen).toContain('Read Sub Status');
    expect(screen).not.toContain('came from the server itself');
  });
});

describe('500.32', () => {
  const page =
    'HTTP Error 500.32 - ANCM Failed to Load dll\n\nCommon causes of this issue:\nThe application was published for a different bitness than w3wp.exe is running as.\n';

  it.each([
    ['<RuntimeIdentifier>win-x86</RuntimeIdentifier>', /enable32BitAppOnWin64:true/],
    ['<RuntimeIdentifiers>win-x64</RuntimeIdentifiers>', /enable32BitAppOnWin64:false/],
    ['<PlatformTarget>x86</PlatformTarget>', /enable32BitAppOnWin64:true/],
    ['dotnet publish -c Release -r win-x86 --self-contained', /enable32BitAppOnWin64:true/],
    ['we need it soon', /compare the bitness of the pool/],
  ])('is mended by what the application is published for: %s', (beside, says) => {
    expect(firstScreen(`${page}\n${beside}`)).toMatch(says);
  });
});

describe('limits of ASP.NET Core', () => {
  it.each([
    [
      'Microsoft.AspNetCore.Server.IIS.BadHttpRequestException: Request body too large. The max request body size is 30000000 bytes.',
      /IISServerOptions/,
    ],
    [
      'Microsoft.AspNetCore.Http.BadHttpRequestException: Request body too large. The max request body size is 104857600 bytes.',
      /104857600 bytes/,
    ],
    ['System.IO.InvalidDataException: Multipart body length limit 134217728 exceeded.', /FormOptions/],
  ])('are raised in the code: %s', (line, says) => {
    const screen = firstScreen(
      `${line}\n   at Microsoft.AspNetCore.WebUtilities.MultipartReaderStream.UpdatePosition(Int32 read)`,
    );
    expect(screen).toMatch(says);
    expect(screen).toMatch(/no effect/);
  });
});

describe('a list of the right that a tool set', () => {
  it.each([
    [
      'ansible',
      '- name: rights\n  ansible.windows.win_user_right:\n    name: SeImpersonatePrivilege\n    users:\n      - Administrators\n      - svc_a\n\nsecedit shows\nSeImpersonatePrivilege = *S-1-5-32-544',
      /Add LOCAL SERVICE, NETWORK SERVICE, SERVICE and IIS_IUSRS in line \d of the play/,
    ],
    [
      'the print spooler on it',
      'SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6,*S-1-5-99-216390572-1995538116-3857911515-2404958512-2623887229',
      /OSConfig .*PrintSpoolerService belongs there/s,
    ],
    ['one missing', 'SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6', /Add IIS_IUSRS in/],
  ])('is corrected where the tool has it: %s', (_, text, says) => {
    expect(firstScreen(text)).toMatch(says);
    expect(readEvidence('post.txt', Buffer.from(`what now\n${text}\n`)).kind).not.toBe('unknown');
  });
});

describe('what is on http.sys and not in IIS', () => {
  it.each(['RSWindowsNegotiate', 'RSWindowsKerberos', 'RSWindowsNTLM'])('Reporting Services with %s', (scheme) => {
    const text = `The new account of the service brings HTTP Error 401 - Unauthorized\n\n<AuthenticationTypes>\n  <${scheme}/>\n</AuthenticationTypes>\n`;
    const [reading] = readPasted(text).filter(({ form }) => form === 'rsreportserver.config');
    expect(fact(reading!, 'final-status')).toBe(401);
    const isNegotiate = scheme === 'RSWindowsNegotiate';
    expect(firstScreen(text).includes("isn't a site of IIS")).toBe(isNegotiate);
  });
});

describe('an assembly that does not load while impersonating', () => {
  it.each(['System.EnterpriseServices', 'System.Transactions', 'Contoso.Orders'])('%s is loaded before', (assembly) => {
    const sentence = `Could not load file or assembly '${assembly}, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a' or one of its dependencies. Either a required impersonation level was not provided, or the provided impersonation level is invalid. (Exception from HRESULT: 0x80070542)`;
    const text = `Server Error in '/Orders' Application.\n${sentence}\n\n[FileLoadException: Could not load file or assembly '${assembly}, ...]\n   System.Transactions.TransactionScope.PushScope() +240\n`;
    expect(report(text).diagnosis.findings[0]?.cause).toBe('impersonation-level-in-application');
    expect(firstScreen(text)).toContain(`load ${assembly} in the middle of impersonation`);
  });
});

describe('a fragment of a trace with the code of a lost right', () => {
  it.each([
    [
      'a row of the table',
      'MODULE_SET_RESPONSE_ERROR_STATUS\nModuleName\tIIS Web Core\nErrorCode\t2147943746\nthat is all I see',
    ],
    ['a line of the compact view', 'FILE_CACHE_ACCESS_END Successful="false", ErrorCode="2147943746"'],
    [
      'an element',
      '<Event><System><Provider Name="WWW Server"/></System><EventData><Data Name="ErrorCode">2147943746</Data></EventData><RenderingInfo Culture="en-US"><Opcode>FILE_CACHE_ACCESS_END</Opcode></RenderingInfo></Event>',
    ],
  ])('is judged by it: %s', (_, text) => {
    expect(report(text).diagnosis.findings[0]?.cause).toBe('impersonation-right-missing');
  });
});

describe('the bytes of an event without the event', () => {
  it.each([
    ['Data: 69 05 07 80', /0x80070569.*Log on as a batch job/s],
    ['the data says\n0000: 42 05 07 80', /0x80070542.*Impersonate a client/s],
    ['data field is C1 00 00 00', /0x800700c1.*bitness/s],
    ['2E 05 07 80', /0x8007052e/],
    ['Data: 7E 00 00 00', /0x8007007e/],
  ])('are read from right to left: %s', (text, says) => {
    expect(firstScreen(text)).toMatch(says);
  });
});

describe('an account that ends with a dollar sign', () => {
  it.each([
    "Login failed for user 'CONTOSO\\WEB4$'.",
    "Login failed for user 'EX\\IIS-FARM2$'. Reason: Could not find a login matching the name provided.",
  ])('is the computer, not a person: %s', (line) => {
    const screen = firstScreen(
      `System.Data.SqlClient.SqlException (0x80131904): ${line}\n   at System.Data.SqlClient.SqlInternalConnectionTds..ctor(Object a)`,
    );
    expect(screen).toContain('ApplicationPoolIdentity or NetworkService');
    expect(screen).not.toMatch(/WEB4|IIS-FARM2/);
  });
});

describe('a short list of "Log on as a batch job"', () => {
  it.each(['*S-1-5-32-544,*S-1-5-32-551,*S-1-5-32-559', '*S-1-5-32-544', '*S-1-5-32-551,svc_backup'])(
    'is completed where it is set: %s',
    (list) => {
      const screen = firstScreen(`SeBatchLogonRight = ${list}`);
      expect(screen).toContain('Add IIS_IUSRS (S-1-5-32-568) to "Log on as a batch job"');
      expect(screen).toContain('SeDenyBatchLogonRight');
    },
  );
});

describe('what HTTP.sys says, quoted in a sentence', () => {
  it.each([
    ['Not Found. HTTP Error 404. The requested resource is not found.', 'no-site-for-request'],
    [
      'the site answers "HTTP Error 404. The requested resource is not found" although it is started',
      'no-site-for-request',
    ],
    ['all we get is HTTP Error 503. The service is unavailable. since noon', 'application-pool-stopped'],
    ['Bad Request - HTTP Error 400. The request is badly formed.', 'request-refused-by-http-sys'],
  ])('is its page: %s', (text, cause) => {
    expect(report(text).diagnosis.findings[0]?.cause).toBe(cause);
  });

  it('is a question where it asks', () => {
    expect(readPasted('what does HTTP Error 404. The requested resource is not found mean?')).toEqual([]);
  });
});

describe('a WebSocket that ended', () => {
  it.each([
    "Error: Failed to start the transport 'WebSockets': Error: WebSocket closed with status code: 1006 (no reason given).",
    "Error: Connection disconnected with error 'Error: WebSocket closed with status code: 1006 (no reason given).'",
    "WebSocket connection to 'wss://app.example.org/hub' failed: Error during WebSocket handshake: Unexpected response code: 400",
  ])('is no event of the ASP.NET Core Module: %s', (line) => {
    const text = `in the console of the browser:\n${line}\n`;
    const words = readFailingWords('post.txt', text)!;
    expect(diagnose([words], knowledge).files[0]?.cause).toBe('arr-websocket-failed');
  });
});

describe('errors of classic ASP in other languages', () => {
  it.each([
    [
      "Erreur d'exécution Microsoft VBScript erreur '800a01ad'\n\nUn composant ActiveX ne peut pas créer d'objet\n\n/inc/lib.asp, ligne 7",
      /could not create its component/,
    ],
    [
      "Microsoft VBScript-Laufzeitfehler Fehler '800a004c'\n\nPfad nicht gefunden\n\n/admin/export.asp, Zeile 42",
      /folder that is not there/,
    ],
    [
      "Microsoft VBScript 実行時エラー エラー '800a0035'\n\nファイルが見つかりません。\n\n/shop/order.asp, 12 行",
      /file that is not there/,
    ],
    [
      "Error de Microsoft VBScript en tiempo de ejecución error '800a0046'\n\nPermiso denegado\n\n/datos/log.asp, línea 5",
      /may not write there/,
    ],
    [
      "Ошибка выполнения Microsoft VBScript ошибка '800a01ad'\n\nНевозможно создание объекта\n\n/lib/a.asp, строка 9",
      /could not create its component/,
    ],
  ])('are known by their number: %s', (text, says) => {
    expect(firstScreen(text)).toMatch(says);
  });
});

describe('a console without elevation', () => {
  const head =
    'Group Name                             Type             SID          Attributes\n====================================== ================ ============ ==================================================\n';
  const row = (name: string, sid: string, attributes: string) =>
    `${name.padEnd(39)}Alias            ${sid.padEnd(13)}${attributes}\n`;
  const enabled = 'Mandatory group, Enabled by default, Enabled group';

  it.each([
    'Group used for deny only',
    'Gruppe, die nur zum Verweigern verwendet wird',
    'Groupe utilisé pour les refus uniquement',
  ])('says that its token is filtered: %s', (denied) => {
    const text =
      head +
      row('Everyone', 'S-1-1-0', enabled) +
      row('BUILTIN\\Administrators', 'S-1-5-32-544', denied) +
      row('BUILTIN\\IIS_IUSRS', 'S-1-5-32-568', denied);
    expect(firstScreen(text)).toMatch(/filtered this token.*elevated prompt/s);
  });
});

describe('an event with the exception behind a crash', () => {
  const crash =
    'Faulting application name: w3wp.exe, version: 10.0.20348.1, time stamp: 0x405e4e1b\nFaulting module name: KERNELBASE.dll, version: 10.0.20348.2700, time stamp: 0x8d5f3a21\nException code: 0xe0434352\n';

  it.each(['System.StackOverflowException', 'System.ObjectDisposedException', 'Contoso.JobException'])(
    'leads: %s',
    (type) => {
      expect(firstScreen(`${crash}\n.NET Runtime 1026: Application: w3wp.exe\nException Info: ${type}\n`)).toContain(
        `Likely cause: w3wp.exe ended with an exception that nothing caught (${type})`,
      );
    },
  );

  it('has the steps of the card that the exception names', () => {
    const head =
      'Log Name:      Application\nSource:        ASP.NET 4.0.30319.0\nEvent ID:      1309\nEvent code: 3005\nEvent message: An unhandled exception has occurred.\n';
    const screen = firstScreen(
      `${head}Exception type: HttpException\nException message: Unable to validate data.\n   at System.Web.Configuration.MachineKeySection.EncryptOrDecryptData(Object a)\n`,
    );
    expect(screen).toContain('same machineKey');
    expect(screen).not.toContain('Correct the code');
  });
});

describe('services that do not start', () => {
  it.each([
    [
      'The World Wide Web Publishing Service service could not be started.\n\nA system error has occurred.\n\nSystem error 1068 has occurred.\nThe dependency service or group failed to start.',
      /one that it depends on did not/,
    ],
    [
      'System error 1058 has occurred.\nThe service cannot be started, either because it is disabled or because it has no enabled devices associated with it.',
      /is disabled/,
    ],
    [
      'Attempting start...\nRestart attempt failed.\nThe IIS Admin Service or the World Wide Web Publishing Service, or a service dependent on them failed to start.',
      /could not start them again/,
    ],
  ])('are known by what the console prints: %s', (text, says) => {
    const words = readFailingWords('post.txt', `C:\\>net start w3svc\n${text}\n`)!;
    expect(diagnose([words], knowledge).files[0]?.detail).toMatch(says);
  });
});

describe('the account that holds a service name', () => {
  const names = (...rows: string[]) =>
    `Checking domain DC=example,DC=org\nCN=WEB3,OU=Servers,DC=example,DC=org\n${rows.map((row) => `        ${row}\n`).join('')}\nExisting SPN found!\n`;

  it.each([
    [['HTTP/intra.example.org', 'HOST/WEB3'], true],
    [['HTTP/intra.example.org', 'RestrictedKrbHost/WEB3.example.org'], true],
    [['HTTP/intra.example.org'], false],
  ])('is the computer where it holds its own names: %s', (rows, isComputer) => {
    expect(firstScreen(names(...rows)).includes('kernel-mode authentication opens the tickets')).toBe(isComputer);
  });
});

describe('a file of a pool that is no XML', () => {
  it.each(['Portal', 'SharePoint - 80', 'api.v2'])('is written again: %s', (pool) => {
    const text = `IIS-W3SVC-WP 2307: The worker process for application pool '${pool}' encountered an error 'Configuration file is not well-formed XML' trying to read configuration data from file '\\\\?\\C:\\inetpub\\temp\\apppools\\${pool}\\${pool}.config', line number '142'.\nThe data field contains the error code.`;
    expect(firstScreen(text)).toMatch(/was cut off or damaged.*room on the disk/s);
  });
});

describe('a start without its connection string', () => {
  it.each(["Value cannot be null. (Parameter 'connectionString')"])('is a setting: %s', (message) => {
    const text = `Unhandled exception. System.ArgumentNullException: ${message}\n   at Microsoft.EntityFrameworkCore.SqlServerDbContextOptionsExtensions.UseSqlServer(DbContextOptionsBuilder a)\n`;
    expect(firstScreen(text)).toContain('ASPNETCORE_ENVIRONMENT');
  });
});

describe('a certificate whose date is over', () => {
  it.each(['NET::ERR_CERT_DATE_INVALID', 'SEC_ERROR_EXPIRED_CERTIFICATE'])(
    'may be an old one in the binding: %s',
    (code) => {
      expect(firstScreen(`Your connection is not private\n${code}\nwe replaced it yesterday`)).toContain(
        'A binding keeps the old one',
      );
    },
  );
});
