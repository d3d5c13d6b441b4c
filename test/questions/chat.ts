/** Typed in chats: terse, with errors pasted from a page or an event log. Written before anybody read the knowledge for it, then tuned on. */
export const chat: Record<string, string[]> = {
  'cause config-duplicate-entry | code 0x800700b7': [
    "Cannot add duplicate collection entry of type 'mimeMap' with unique key attribute 'fileExtension' set to '.woff2'",
  ],
  'cause file-not-found | status 404 | status 404.0 | cause aspnet-resource-not-found': [
    '404 for page that exists on disk',
  ],
  'code 0x80070005': ['whats 2147942405', '-2147024891 in event log'],
  'right-deny-logon': ['Deny log on as a service', 'SeDenyBatchLogonRight for service accounts breaks iis?'],
  'right-tcb': ['SeTcbPrivilege'],
  'events-was': ['WAS 5021 5057 5059'],
  'tool-accesschk | tool-whoami | test-for-right': ['how do i see which rights w3wp has'],
  'status 500.31 | cause aspnetcore-start-failed': ['HTTP Error 500.31 ANCM Failed to Find Native Dependencies'],
  'greyed-out': ['button add user is grayed out in secpol'],
  'fix-impersonate | cis-rule': ['our CIS hardening kicked iis_iusrs out, how to get it back'],
  httperr: ['connection was dropped, Timer_ConnectionIdle in httperr', '500 in fiddler but nothing in the iis log'],
  'iis-iusrs': ['S-1-5-32-568'],
  'default-holders | iis-iusrs': ['is IIS_IUSRS supposed to be in impersonate a client on a webserver'],
  'code 0x80070542': ['hresult 80070542 bedeutung?', 'sc-status 500 sc-substatus 0 sc-win32-status 1346'],
  'code 0x80070522': [
    'A required privilege is not held by the client. (Exception from HRESULT: 0x80070522)',
    'ERROR_PRIVILEGE_NOT_HELD',
  ],
  'gpo-path': ['where in gpedit is impersonate a client'],
  ndes: ['mscep_admin gives 500 after gpo change'],
  'cause directory-listing-denied | status 403.14': [
    'The Web server is configured to not list the contents of this directory.',
  ],
  'tool-ansible': ['ansible module for user rights, add or overwrite'],
  'tool-ntrights': ['ntrights on 2019 still ok?'],
  'gpo-path | display-names': ["Emprunter l'identité d'un client après l'authentification wo finde ich das"],
  'double-hop': ['kerberos from web to sql as the user doesnt work, 2nd hop'],
  'no-gpo-but-returns': ['setting keeps coming back after i change it but no gpo in gpresult'],
  'status 500.21': ['status 500 substatus 21 whats that'],
  'cause config-unreadable | code 0x80070005': [
    'Cannot read configuration file due to insufficient permissions \\\\?\\C:\\inetpub\\portal\\web.config',
  ],
  'freb-enable | freb-powershell': ['appcmd for freb'],
  'right-network-logon': ['SeNetworkLogonRight'],
  'status 401.1 | cause logon-failed | cause kerberos-wrong-principal': [
    'everyone gets login popup 3 times then 401.1',
  ],
  'right-create-global': ['Create global objects'],
  'fix-impersonate': ['how to add back IIS_IUSRS plz, server is on fire'],
  'impersonate-right': ['whats SE_IMPERSONATE_NAME', 'seimpersonate'],
  'status 500.19': ['500/19'],
  'status 413.1 | cause request-too-large | status 404.13 | status 413.0': [
    'The page was not displayed because the request entity is too large.',
  ],
  'status 404.13': ['HTTP 404,13 ?'],
  'stig-rule': ['V-253503? which stig is the impersonate one'],
  'right-service-logon': ['anmelden als dienst fehlt'],
  'group-empty': ['IIS_IUSRS group has no members is that broken'],
  'default-holders | impersonate-right': ['what is SeImpersonatePrivilege and who has it?'],
  'status 403.14': ['what does 403;14 mean'],
  'symptom-impersonation': ['site shows only text, css and images 500, since monday after hardening'],
  'gpo-path | impersonate-right | default-holders': [
    'Computer Configuration\\Windows Settings\\Security Settings\\Local Policies\\User Rights Assignment\\Impersonate a client after authentication',
  ],
  'reboot-needed': ['do i have to bounce the box after changing user rights'],
  'status 503 | cause application-pool-stopped | status 503.0 | events-was': [
    'Service Unavailable HTTP Error 503. The service is unavailable.',
  ],
  'default-holders': ['who should have impersonate client after authentification'],
  'why-service': ['why do i need SERVICE in that list'],
  'aspnet-integrated-settings | cause aspnet-classic-settings | status 500.22 | status 500.23 | status 500.24 | cause aspnet-impersonation-config':
    ['An ASP.NET setting has been detected that does not apply in Integrated managed pipeline mode.'],
  'events-was | right-batch-logon | cause application-pool-stopped | status 503': [
    'The identity of application pool Portal is invalid. The user name or password that is specified for the identity may be incorrect, or the user may not have batch logon rights.',
  ],
  'cause aspnet-impersonation-config | status 500.24 | aspnet-impersonation': [
    'system.web/identity@impersonate is set to true. ??',
  ],
  'right-assign-primary-token': ['replace a process level token who by default'],
  'potato | vulnerability': ['is this priv dangerous? read about potatoes'],
  'freb-no-file': ['frebs not showing up in folder'],
  'cause double-escaping-blocked | status 404.11': [
    'The request filtering module is configured to deny a request that contains a double escape sequence.',
  ],
  'cause config-section-locked | code 0x80070021': [
    'This configuration section cannot be used at this path. This happens when the section is locked at a parent level',
  ],
  'freb-where': ['freb path'],
  'compare-1314-1346': ['error 1314 not 1346, same thing?'],
  'never-do': ['should i run the pool as localsystem then'],
  potato: ['juicypotato'],
};

/** In a thread about the second, the first is answered by the third. */
export const chatThread: [question: string, topic: string, wanted: string][] = [
  ['and on 2022?', 'SeImpersonatePrivilege', 'default-holders'],
  ['who has it', 'SeImpersonatePrivilege', 'default-holders'],
  ['will this break other sites?', 'impersonation-right-missing', 'blast-radius'],
  ['why not admin', 'impersonation-right-missing', 'never-do'],
  ['are you sure', 'impersonation-right-missing', 'no-guess'],
  ['who has it by default?', 'impersonation-right-missing', 'default-holders'],
];

/** Stands near, and is none of Frebot's business. */
export const offTopicChat: string[] = [
  'who has the key of the server room',
  'SeImpersonate in postgres?',
  'sharepoint list is slow',
  'how to add a user to remote desktop users',
  'is it fixed in the new release of our app',
  'jenkins pipeline mode declarative vs scripted',
  'can you book meeting room 4',
  'kubernetes ingress returns 503',
  'tomcat 404 after deploy war',
  'bitlocker recovery key gpo',
  'what does the word privilege mean in law',
  'restart the print server please',
  'how do i impersonate a user in salesforce',
];
