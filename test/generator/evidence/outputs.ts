import type { EvidenceKind } from '../../../src/evidence/evidence.js';

/** What a command prints. Everything is made up. */
export interface SampleOutput {
  /** The command line, as typed. */
  typed: string;
  kind: EvidenceKind;
  text: string;
  /** A part of what Frebot says about it. */
  says: string;
}

const lines = (...rows: string[]) => `${rows.join('\r\n')}\r\n`;

const icacls = (path: string, ...entries: string[]) =>
  lines(
    ...entries.map((entry, i) => `${i === 0 ? path : ' '.repeat(path.length)} ${entry}`),
    '',
    'Successfully processed 1 files; Failed processing 0 files',
  );

const trusted = ['NT SERVICE\\TrustedInstaller:(I)(F)', 'NT AUTHORITY\\SYSTEM:(I)(OI)(CI)(F)'];

export const sampleOutputs: readonly SampleOutput[] = [
  {
    typed: 'icacls "C:\\inetpub\\web shop"',
    kind: 'acl-listing',
    text: icacls(
      'C:\\inetpub\\web shop',
      'BUILTIN\\IIS_IUSRS:(OI)(CI)(RX)',
      ...trusted,
      'BUILTIN\\Users:(I)(OI)(CI)(RX)',
    ),
    says: 'Pools may read',
  },
  {
    typed: 'icacls C:\\inetpub\\private',
    kind: 'acl-listing',
    text: icacls('C:\\inetpub\\private', ...trusted, 'BUILTIN\\Administrators:(I)(F)', 'CONTOSO\\anna:(M)'),
    says: 'lets every pool read',
  },
  {
    typed: 'icacls C:\\inetpub\\denied',
    kind: 'acl-listing',
    text: icacls('C:\\inetpub\\denied', 'IIS APPPOOL\\Portal:(DENY)(W)', 'BUILTIN\\Users:(OI)(CI)(RX)'),
    says: 'A deny entry for IIS APPPOOL\\Portal',
  },
  {
    typed: 'icacls D:\\sites\\upload',
    kind: 'acl-listing',
    text: icacls('D:\\sites\\upload', 'VORDEFINIERT\\IIS_IUSRS:(OI)(CI)(M)', 'NT-AUTORITÄT\\SYSTEM:(OI)(CI)(F)'),
    says: 'read and change',
  },
  {
    typed: 'Get-Acl C:\\inetpub\\site | Format-List',
    kind: 'acl-listing',
    text: lines(
      'Path   : Microsoft.PowerShell.Core\\FileSystem::C:\\inetpub\\site',
      'Owner  : NT SERVICE\\TrustedInstaller',
      'Access : BUILTIN\\IIS_IUSRS Allow  ReadAndExecute, Synchronize',
      '         NT AUTHORITY\\SYSTEM Allow  FullControl',
    ),
    says: 'Pools may read',
  },
  {
    typed: 'Test-NetConnection sql01 -Port 1433',
    kind: 'command-output',
    text: lines(
      'WARNING: TCP connect to (10.1.2.9 : 1433) failed',
      '',
      'ComputerName           : sql01',
      'RemoteAddress          : 10.1.2.9',
      'RemotePort             : 1433',
      'InterfaceAlias         : Ethernet0',
      'SourceAddress          : 10.1.2.3',
      'PingSucceeded          : True',
      'TcpTestSucceeded       : False',
    ),
    says: 'Nothing answers at port 1433',
  },
  {
    typed: 'netstat -ano -p tcp',
    kind: 'command-output',
    text: lines(
      'Active Connections',
      '',
      '  Proto  Local Address          Foreign Address        State           PID',
      '  TCP    0.0.0.0:80             0.0.0.0:0              LISTENING       5120',
      '  TCP    0.0.0.0:443            0.0.0.0:0              LISTENING       4',
      '  TCP    10.1.2.3:51000         10.1.2.9:1433          ESTABLISHED     7120',
    ),
    says: 'Port 80 is held by a program that is not http.sys',
  },
  {
    typed: 'nslookup backend',
    kind: 'command-output',
    text: lines(
      'Server:  dns.contoso.example',
      'Address:  10.1.2.53',
      '',
      "*** dns.contoso.example can't find backend: Non-existent domain",
    ),
    says: 'DNS does not know that name',
  },
  {
    typed: 'curl.exe -v http://localhost/',
    kind: 'command-output',
    text: lines(
      '*   Trying 127.0.0.1:80...',
      '* Connected to localhost (127.0.0.1) port 80 (#0)',
      '> GET / HTTP/1.1',
      '> Host: localhost',
      '>',
      '< HTTP/1.1 503 Service Unavailable',
      '< Content-Type: text/html; charset=us-ascii',
      '< Server: Microsoft-HTTPAPI/2.0',
    ),
    says: 'http.sys itself answers 503',
  },
  {
    typed: 'curl.exe -i https://farm/health',
    kind: 'command-output',
    text: lines('curl: (60) SSL certificate problem: unable to get local issuer certificate'),
    says: 'The TLS connection failed',
  },
  {
    typed: 'netsh http show servicestate view=requestq',
    kind: 'command-output',
    text: lines(
      'Snapshot of HTTP service state (Request Queue View):',
      '-----------------------------------------------------',
      '',
      'Request queue name: Portal',
      '    Version: 2.0',
      '    State: Active',
      '    Max requests: 1000',
      '    Number of active processes attached: 0',
      '    Controlling process ID: 1432',
      '    Registered URLs:',
      '        HTTP://*:80/',
    ),
    says: 'No worker process is attached to Portal',
  },
  {
    typed: 'netsh http show urlacl',
    kind: 'command-output',
    text: lines(
      'URL Reservations:',
      '-----------------',
      '',
      '    Reserved URL            : http://+:80/',
      '        User: BUILTIN\\Users',
      '            Listen: Yes',
      '            Delegate: No',
      '            SDDL: D:(A;;GX;;;BU)',
    ),
    says: 'takes every request at that port',
  },
  {
    typed: 'netsh http show sslcert',
    kind: 'command-output',
    text: lines(
      'SSL Certificate bindings:',
      '-------------------------',
      '',
      '    IP:port                      : 0.0.0.0:443',
      `    Certificate Hash             : ${'ab'.repeat(20)}`,
      '    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}',
      '    Certificate Store Name       : My',
    ),
    says: 'the first is for port 443',
  },
  {
    typed: 'netsh http show iplisten',
    kind: 'command-output',
    text: lines(
      'IP addresses present in the IP listen list:',
      '-------------------------------------------',
      '',
      '    10.1.2.3',
    ),
    says: 'listens only at the addresses of its list, 1 in all',
  },
  {
    typed: 'sc.exe query w3svc',
    kind: 'command-output',
    text: lines(
      'SERVICE_NAME: w3svc',
      '        TYPE               : 20  WIN32_SHARE_PROCESS',
      '        STATE              : 1  STOPPED',
      '        WIN32_EXIT_CODE    : 1068  (0x42c)',
      '        CHECKPOINT         : 0x0',
    ),
    says: 'The service w3svc is stopped',
  },
  {
    typed: 'Get-Service W3SVC, WAS',
    kind: 'command-output',
    text: lines(
      'Status   Name               DisplayName',
      '------   ----               -----------',
      'Running  W3SVC              World Wide Web Publishing Service',
      'Running  WAS                Windows Process Activation Service',
    ),
    says: 'Every service of this list runs',
  },
];
