import type { EvidenceKind } from '../../../src/evidence/evidence.js';
import { collectionManifest } from './collection.js';

/** The output of a command. Everything is made up. */
export interface SampleOutput {
  /** The command line, as typed. */
  typed: string;
  kind: EvidenceKind;
  text: string;
  /** True for an output that is recognised only below its command line. */
  onlyTyped?: true;
  /** A part of Frebot's sentence about it. */
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
  {
    typed: 'C:\\Windows\\System32\\inetsrv\\appcmd.exe list apppool',
    kind: 'server-config',
    text: lines(
      'APPPOOL "DefaultAppPool" (MgdVersion:v4.0,MgdMode:Integrated,state:Started)',
      'APPPOOL "Portal" (MgdVersion:,MgdMode:Integrated,state:Stopped)',
    ),
    says: 'A pool of this list is stopped',
  },
  {
    typed: 'C:\\Windows\\System32\\inetsrv\\appcmd.exe list apppool "Portal" /text:state',
    kind: 'server-config',
    text: lines('Stopped'),
    onlyTyped: true,
    says: 'A pool of this list is stopped',
  },
  {
    typed: 'C:\\Windows\\System32\\inetsrv\\appcmd.exe list site',
    kind: 'server-config',
    text: lines(
      'SITE "Default Web Site" (id:1,bindings:http/*:80:,https/*:443:shop.contoso.example,state:Started)',
      'SITE "Shop" (id:2,bindings:http/*:8080:,state:Stopped)',
    ),
    says: 'A site of this list is stopped',
  },
  {
    typed: 'C:\\Windows\\System32\\inetsrv\\appcmd.exe list requests /elapsed:5000',
    kind: 'server-config',
    text: lines(
      'REQUEST "fb0000018000000d" (url:GET /report.aspx?id=7, time:31250 msec, client:10.9.8.7, stage:ExecuteRequestHandler, module:ManagedPipelineHandler)',
    ),
    says: 'for 31250 ms in ManagedPipelineHandler: /report.aspx',
  },
  {
    typed: 'C:\\Windows\\System32\\inetsrv\\appcmd.exe list app',
    kind: 'server-config',
    text: lines('APP "Default Web Site/" (applicationPool:DefaultAppPool)', 'APP "Shop/api" (applicationPool:Portal)'),
    says: 'which pool runs which application',
  },
  {
    typed: 'C:\\Windows\\System32\\inetsrv\\appcmd.exe list wp',
    kind: 'server-config',
    text: lines('WP "7120" (applicationPool:Portal)'),
    says: '',
  },
  {
    typed: 'C:\\Windows\\System32\\inetsrv\\appcmd.exe list vdir',
    kind: 'server-config',
    text: lines('VDIR "Shop/" (physicalPath:D:\\sites\\shop)'),
    says: 'shows no failure by itself',
  },
  {
    typed: 'C:\\Windows\\System32\\inetsrv\\appcmd.exe list module',
    kind: 'server-config',
    text: lines(
      'MODULE "HttpCacheModule" ( native, preCondition: )',
      'MODULE "WebDAVModule" ( native, preCondition: )',
    ),
    says: 'WebDAVModule is installed',
  },
  {
    typed: 'C:\\Windows\\System32\\inetsrv\\appcmd.exe list config "Shop" /section:system.webServer/handlers',
    kind: 'server-config',
    text: lines(
      '<system.webServer>',
      '  <handlers accessPolicy="Read, Script">',
      '    <add name="StaticFile" path="*" verb="*" modules="StaticFileModule" />',
      '  </handlers>',
      '</system.webServer>',
    ),
    says: 'This is the section handlers',
  },
  {
    typed: 'Get-IISAppPool',
    kind: 'server-config',
    text: lines(
      'Name                 Status       CLR Ver  Pipeline Mode  Start Mode',
      '----                 ------       -------  -------------  ----------',
      'DefaultAppPool       Started      v4.0     Integrated     OnDemand',
      'Web Shop             Stopped      v4.0     Integrated     OnDemand',
    ),
    says: 'A pool of this list is stopped',
  },
  {
    typed: 'Get-Website',
    kind: 'server-config',
    text: lines(
      'Name             ID   State      Physical Path                  Bindings',
      '----             --   -----      -------------                  --------',
      'Default Web Site 1    Started    %SystemDrive%\\inetpub\\wwwroot  http *:80:',
    ),
    says: 'Every site of this list is started',
  },
  {
    typed: 'setspn -F -X',
    kind: 'command-output',
    text: lines(
      'Checking forest DC=contoso,DC=example',
      'Processing entry 0',
      'HTTP/web.contoso.example is registered on these accounts:',
      '        CN=svc_web,OU=Service,DC=contoso,DC=example',
      '        CN=WEB03,OU=Servers,DC=contoso,DC=example',
      '',
      'found 1 group of duplicate SPNs.',
    ),
    says: 'HTTP/web.contoso.example is on more than one account',
  },
  {
    typed: 'setspn -S HTTP/web CONTOSO\\svc_web',
    kind: 'command-output',
    text: lines(
      'Checking domain DC=contoso,DC=example',
      'CN=WEB03,OU=Servers,DC=contoso,DC=example',
      '        HTTP/web',
      '        HOST/WEB03',
      '',
      'Duplicate SPN found, aborting operation!',
    ),
    says: '1 principal names are registered on more than one account',
  },
  {
    typed: 'setspn -L svc_web',
    kind: 'command-output',
    text: lines(
      'Registered ServicePrincipalNames for CN=svc_web,OU=Service,DC=contoso,DC=example:',
      '        MSSQLSvc/db.contoso.example:1433',
    ),
    says: 'This account has no principal name of HTTP or HOST',
  },
  {
    typed: 'setspn -L WEB03',
    kind: 'command-output',
    text: lines(
      'Registrierte Dienstprinzipalnamen (SPN) für CN=WEB03,OU=Servers,DC=contoso,DC=example:',
      '        HTTP/web.contoso.example',
      '        HOST/WEB03',
    ),
    says: 'on the account of the computer',
  },
  {
    typed: 'klist get HTTP/web',
    kind: 'command-output',
    text: lines(
      'Current LogonId is 0:0x3e7a1',
      'Error calling API LsaCallAuthenticationPackage (GetTicket substatus): 0x6fb',
      '',
      'klist failed with 0xc000018b/-1073741429: The SAM database on the Windows Server does not have a computer account for this workstation trust relationship.',
    ),
    says: 'gave no ticket (0xc000018b)',
  },
  {
    typed: 'klist -li 0x3e7',
    kind: 'command-output',
    text: lines(
      'Current LogonId is 0:0x9c2a1',
      'Targeted LogonId is 0:0x3e7',
      '',
      'Cached Tickets: (1)',
      '',
      '#0>     Client: web03$ @ CONTOSO.EXAMPLE',
      '        Server: HTTP/web.contoso.example @ CONTOSO.EXAMPLE',
    ),
    says: 'tickets of the computer itself',
  },
  {
    typed: 'setspn -Q HTTP/web',
    kind: 'command-output',
    text: lines('Checking domain DC=contoso,DC=example', '', 'No such SPN found.'),
    says: 'registered on no account',
  },
  {
    typed: 'klist',
    kind: 'command-output',
    text: lines(
      'Current LogonId is 0:0x3e7a1',
      '',
      'Cached Tickets: (1)',
      '',
      '#0>     Client: anna @ CONTOSO.EXAMPLE',
      '        Server: krbtgt/CONTOSO.EXAMPLE @ CONTOSO.EXAMPLE',
      '        KerbTicket Encryption Type: AES-256-CTS-HMAC-SHA1-96',
    ),
    says: 'no ticket for an HTTP service',
  },
  {
    typed: 'dotnet --list-runtimes',
    kind: 'command-output',
    text: lines('Microsoft.NETCore.App 8.0.4 [C:\\Program Files\\dotnet\\shared\\Microsoft.NETCore.App]'),
    says: 'Microsoft.AspNetCore.App is not installed',
  },
  {
    typed: '"C:\\php\\php-cgi.exe" -v',
    kind: 'command-output',
    text: lines(
      'PHP 8.2.18 (cgi-fcgi) (built: Apr 10 2026 12:00:00) (NTS Visual C++ 2019 x64)',
      'Copyright (c) The PHP Group',
    ),
    says: 'PHP 8.2.18 starts by itself',
  },
  {
    typed: 'dism /online /get-featureinfo /featurename:IIS-ASPNET45',
    kind: 'command-output',
    text: lines(
      'Deployment Image Servicing and Management tool',
      'Version: 10.0.20348.1',
      '',
      'Feature Information:',
      '',
      'Feature Name : IIS-ASPNET45',
      'Display Name : ASP.NET 4.8',
      'State : Disabled',
    ),
    says: 'The feature IIS-ASPNET45 is not installed',
  },
  {
    typed: 'reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters',
    kind: 'command-output',
    text: lines(
      '',
      'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters',
      '    MaxFieldLength    REG_DWORD    0xffff',
    ),
    says: 'The key is there',
  },
  {
    typed: 'certutil -verify -urlfetch client.cer',
    kind: 'command-output',
    text: lines(
      'Issuer:',
      '    CN=Contoso Root',
      'A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider. 0x800b0109 (-2146762487 CERT_E_UNTRUSTEDROOT)',
      'CertUtil: -verify command completed successfully.',
    ),
    says: 'ends with 0x800b0109 (CERT_E_UNTRUSTEDROOT)',
  },
  {
    typed: 'Get-ChildItem Cert:\\LocalMachine\\Root | Where-Object { $_.Issuer -ne $_.Subject }',
    kind: 'command-output',
    text: lines(
      '   PSParentPath: Microsoft.PowerShell.Security\\Certificate::LocalMachine\\Root',
      '',
      'Thumbprint                                Subject',
      '----------                                -------',
      `${'AB'.repeat(20)}  CN=Contoso Issuing CA`,
    ),
    says: '1 certificates are listed',
  },
  {
    typed: 'Get-ChildItem Cert:\\LocalMachine\\My | Format-Table Thumbprint, Subject, NotAfter',
    kind: 'command-output',
    text: lines(
      'Thumbprint                                Subject             NotAfter',
      '----------                                -------             --------',
      `${'CD'.repeat(20)}  CN=shop.example     31.12.2031 23:59:59`,
      `${'EF'.repeat(20)}  CN=shop.example     02.04.2024 12:00:00`,
    ),
    says: 'Of 2 listed certificates the first ends on 02.04.2024',
  },
  {
    typed: 'Get-ExchangeCertificate | Format-List',
    kind: 'command-output',
    text: lines(
      'HasPrivateKey      : True',
      'Issuer             : CN=Microsoft Exchange Server Auth Certificate',
      'NotAfter           : 7/19/2031 9:14:21 AM',
      'NotBefore          : 8/14/2026 9:14:21 AM',
    ),
    says: 'The Exchange Server Auth Certificate ends on 7/19/2031',
  },
  {
    typed: 'Get-TlsCipherSuite | Format-Table Name',
    kind: 'command-output',
    text: lines('Name', '----', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'),
    says: 'None of these 2 cipher suites is a modern one',
  },
  {
    typed: 'nltest /sc_query:contoso.example',
    kind: 'command-output',
    text: lines(
      'Flags: 0',
      'Trusted DC Name',
      'Trusted DC Connection Status Status = 1311 0x51f ERROR_NO_LOGON_SERVERS',
      'The command completed successfully',
    ),
    says: 'fails with 1311 (ERROR_NO_LOGON_SERVERS)',
  },
  {
    typed: 'w32tm /query /status',
    kind: 'command-output',
    text: lines(
      'Leap Indicator: 3(not synchronized)',
      'Stratum: 0 (unspecified)',
      'ReferenceId: 0x00000000 (unspecified)',
      'Source: Local CMOS Clock',
    ),
    says: 'follows no other clock',
  },
  {
    typed: 'type C:\\Windows\\security\\logs\\scesrv.log',
    kind: 'command-output',
    text: lines(
      '----Configuration engine was initialized successfully.----',
      '----Configure User Rights...',
      '\t\tSeImpersonatePrivilege must be assigned to SERVICE. This setting is adjusted.',
      '\tConfigure S-1-5-19.',
      '\t\tremove SeAuditPrivilege.',
      '\t\tremove SeImpersonatePrivilege.',
    ),
    says: 'it takes SeImpersonatePrivilege from LOCAL SERVICE',
  },
  {
    typed: 'more C:\\Windows\\security\\logs\\scesrv.log',
    kind: 'command-output',
    text: lines(
      '----Configure User Rights...',
      '\t\tSeImpersonatePrivilege must be assigned to SERVICE. This setting is adjusted.',
    ),
    says: 'left SERVICE out of SeImpersonatePrivilege',
  },
  {
    typed: 'Get-Content C:\\Windows\\security\\logs\\scesrv.log',
    kind: 'command-output',
    text: lines(
      '----Configure User Rights...',
      'Error 1332: No mapping between account names and security IDs was done.',
    ),
    says: 'stopped with an error',
  },
  {
    typed: 'cat C:\\Windows\\security\\logs\\scesrv.log',
    kind: 'command-output',
    text: lines('----Configure User Rights...', '\tConfigure S-1-5-32-545.', '\t\tremove SeShutdownPrivilege.'),
    says: 'nothing here takes SeImpersonatePrivilege',
  },
  {
    typed: 'net user svc_web /domain',
    kind: 'command-output',
    text: lines(
      'User name                    svc_web',
      'Account active               Locked',
      'Password expires             Never',
    ),
    says: 'The account is locked',
  },
  {
    typed: 'auditpol /get /category:*',
    kind: 'command-output',
    text: lines(
      'System audit policy',
      'Category/Subcategory                      Setting',
      'Policy Change',
      '  Authorization Policy Change             No Auditing',
    ),
    says: 'Changes of user rights are not audited',
  },
  {
    typed: 'dir /s /o-d C:\\inetpub\\logs\\FailedReqLogFiles\\fr*.xml',
    kind: 'command-output',
    text: lines(
      ' Volume in drive C has no label.',
      '',
      ' Directory of C:\\inetpub\\logs\\FailedReqLogFiles\\W3SVC1',
      '',
      '06/08/2026  07:53 PM            84,120 fr000012.xml',
      '06/08/2026  07:52 PM            84,007 fr000011.xml',
      '               2 File(s)        168,127 bytes',
    ),
    says: '2 files; the first of the list is fr000012.xml',
  },
  {
    typed: 'attrib "C:\\inetpub\\wwwroot\\logo.png"',
    kind: 'command-output',
    text: lines('A   H                C:\\inetpub\\wwwroot\\logo.png'),
    says: 'The file is hidden',
  },
  {
    typed: 'where dotnet',
    kind: 'command-output',
    text: lines('C:\\Program Files (x86)\\dotnet\\dotnet.exe'),
    onlyTyped: true,
    says: 'Only the 32-bit program is on the path',
  },
  {
    typed: 'powershell -File collect.ps1',
    kind: 'command-output',
    text: lines(...collectionManifest('WEB03')),
    says: 'Nothing was left out',
  },
  {
    typed: 'Test-ADServiceAccount gmsaDemo',
    kind: 'command-output',
    text: lines('False', 'WARNING: Test failed for Managed Service Account gmsaDemo.'),
    says: 'cannot fetch the password',
  },
  {
    typed: 'Test-ADServiceAccount gmsaDemo',
    kind: 'command-output',
    text: lines('True'),
    onlyTyped: true,
    says: 'can use the managed service account',
  },
  {
    typed: 'event data',
    kind: 'command-output',
    text: lines('Data: 69 05 07 80'),
    says: 'Log on as a batch job',
  },
  {
    typed: 'php.ini',
    kind: 'command-output',
    text: lines('[PHP]', 'extension_dir = "ext"', 'memory_limit = 256M', 'fastcgi.impersonate = 1'),
    says: 'extension_dir has no full path',
  },
  {
    typed: 'certutil -store my',
    kind: 'command-output',
    text: lines(
      'my "Personal"',
      '================ Certificate 0 ================',
      'Serial Number: 4a0000000b5d1f',
      '  Provider = Demo Cryptographic Provider',
      'Missing stored keyset',
      'CertUtil: -store command completed successfully.',
    ),
    says: 'no https binding can use it',
  },
];
