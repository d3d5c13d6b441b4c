/**
 * One question for each statement of the sources the project starts from: Microsoft's policy page, the MBAM article, the
 * page of ImpersonateClient. The answer must hold the statement; the pattern is what it may not be without.
 */
export const checklist: [question: string, holds: RegExp][] = [
  // The MBAM case.
  ['MBAM helpdesk and self-service portal show only the text version', /text without style sheets/],
  ['Fiddler shows 500 on every element but index.html', /0x80070542/],
  ['Sometimes the entire web page does not load and shows HTTP error 500 since hardening', /0x80070542/],
  ['HTTP 500 is very general, what should I do?', /Install Tracing, switch it on for the site, repeat the request/],
  ['where are failed request tracing logs stored by default', /inetpub\\logs\\FailedReqLogFiles/],
  ['what is 0x80070542', /ERROR_BAD_IMPERSONATION_LEVEL/],
  ['which hardening tools remove IIS_IUSRS from the right', /GPO/],
  ['internal name of the setting Impersonate a client after authentication', /SeImpersonatePrivilege/],
  ['is IIS_IUSRS empty normal', /Yes: an empty IIS_IUSRS is normal/],
  ['who puts accounts into IIS_IUSRS when the pool starts', /IIS adds the group's SID|IIS puts its SID/],
  ['contoso\\mbam_iis has the group in its token but the group is empty', /token of each worker process/],
  ['add IIS_IUSRS group to Impersonate a client after authentication, how', /Add IIS_IUSRS/],
  // What the setting is.
  [
    'which programs does Impersonate a client after authentication decide about',
    /which programs may act as another user/,
  ],
  ['why is the right needed at all, rpc and named pipes', /named pipe/],
  ['what is impersonation', /thread works in the security context of another account than its process/],
  ['what is impersonation designed for', /client\/server/],
  ['does impersonation restrict or expand access', /narrower or wider/],
  ['why does a service use the client identity for access checks', /checked against the client/],
  ['which group do services started by the Service Control Manager get', /Service Control Manager/],
  ['which group do COM servers with a specific account carry', /COM servers/],
  ['constant of the setting', /SeImpersonatePrivilege/],
  ['possible values of SeImpersonatePrivilege', /a list of accounts of your own, the default values, or not defined/],
  // Best practices: when it is allowed.
  ['can a user impersonate a token that is for this user', /own account/],
  ['impersonate a token created with explicit credentials', /explicit credentials/],
  ['is the right needed when the requested level is Anonymous or Identify', /below Impersonation/],
  ['do users usually need this right assigned', /No: usually not/],
  // Location and defaults.
  ['where is the setting located in the GPO', /Security Settings\\Local Policies\\User Rights Assignment/],
  ['default of SeImpersonatePrivilege in the Default Domain Policy', /Not defined/],
  [
    'default of SeImpersonatePrivilege in the Default Domain Controllers Policy',
    /Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE/,
  ],
  [
    'default holders of SeImpersonatePrivilege on a stand-alone server',
    /Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE/,
  ],
  [
    'effective default of SeImpersonatePrivilege on a domain controller',
    /Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE/,
  ],
  [
    'effective default of SeImpersonatePrivilege on a member server',
    /Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE/,
  ],
  [
    'effective default of SeImpersonatePrivilege on a client computer',
    /Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE/,
  ],
  ['the copy of the Microsoft page I have does not list Service', /SERVICE/],
  // Policy management.
  ['is a restart of the computer required for the policy setting to be effective', /No: the computer need not restart/],
  ['when does a change of the user rights assignment become effective', /next logon/],
  ['in which order are GPO settings applied', /Local policy, then site, domain and OU/],
  ['does a GPO overwrite settings on the local computer', /exactly one GPO wins/],
  ['why is the local setting greyed out', /A GPO controls it/],
  // Security considerations.
  ['vulnerability of Impersonate a client after authentication', /lure a client into connecting/],
  ['countermeasure for SeImpersonatePrivilege on member servers', /only Administrators and the service groups/],
  ['potential impact of restricting SeImpersonatePrivilege', /In most cases nothing/],
  ['which accounts do ASP.NET or IIS need in addition', /IUSR_<ComputerName>, IIS_WPG, ASPNET and IWAM_<ComputerName>/],
  ['what replaces IUSR_MachineName in IIS 7', /IUSR/],
  ['which group replaces IIS_WPG', /IIS_IUSRS replaces IIS_WPG/],
  ['does the IUSR account need a password', /no password/],
  ['what does IUSR resemble', /LOCAL SERVICE and NETWORK SERVICE/],
  ['default permissions and user rights for IIS 7.0 and later', /KB 981949|Installing IIS 7/],
  ['does the setting apply to windows 11 and windows 10', /Windows 10 and 11/],
  // ImpersonateClient.
  ['what does ImpersonateClient do', /Security packages call it/],
  ['parameters of ImpersonateClient', /no parameter/],
  ['return value of ImpersonateClient', /STATUS_SUCCESS or an NTSTATUS/],
  ['what happens if ImpersonateClient fails', /goes on as the process itself/],
  ['why check the return value of ImpersonateClient', /raise an error and stop/],
  ['how do I end the impersonation of ImpersonateClient', /RevertToSelf/],
  ['conditions under which the impersonate functions allow the requested impersonation', /explicit credentials/],
  [
    'LogonUser or LsaLogonUser with explicit credentials and impersonation',
    /LsaLogonUser|thread's impersonation token/,
  ],
  ['is SeImpersonatePrivilege supported on Windows XP SP1', /No: Windows XP with SP1 and earlier do not/],
  ['LSA_SECPKG_FUNCTION_TABLE', /SpInitialize/],
  ['what does SpInitialize receive', /LSA_SECPKG_FUNCTION_TABLE/],
  ['minimum supported client and server of ImpersonateClient', /Windows XP, Windows Server 2003/],
  ['Ntsecpkg.h', /ImpersonateClient|Ntsecpkg\.h/],
];
