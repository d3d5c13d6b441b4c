/** Typed in chats, put aside at random from the same exam as `chat` before anybody tuned: 71.7 % at first (5 told wrong), 91.3 % when the tuning was over (3 told wrong). Scored those two times only; never tuned on. */
export const chatHeldOut: Record<string, string[]> = {
  'events-was | cause application-pool-stopped': [
    "Application pool 'Portal' is being automatically disabled due to a series of failures in the process(es) serving that application pool.",
  ],
  'code 0x80070542': [
    '-2147023550',
    'Either a required impersonation level was not provided, or the provided impersonation level is invalid',
    'got win32 status 1346 in the u_ex log',
  ],
  'service-or-local-service': ['difference SERVICE and NETWORK SERVICE'],
  'new-token | reboot-needed': ['is iisreset enough after gpupdate'],
  'right-interactive-logon': ['log on locally needed for basic auth?'],
  'status 502.5 | cause aspnetcore-start-failed': ['HTTP Error 502.5 - Process Failure'],
  'right-debug': ['does my app pool user need SeDebugPrivilege'],
  'cause handler-module-missing | status 500.21': [
    'Handler "PageHandlerFactory-Integrated" has a bad module "ManagedPipelineHandler" in its module list',
  ],
  'code 0xc0000022 | code 0x80070005': ['0xc0000022'],
  'right-increase-quota': ['adjust memory quotas for a process app pool identity'],
  'freb-size': ['freb log cut off / truncated'],
  'never-do': ['can i just make the app pool account local admin'],
  'status 500.19 | cause config-invalid': [
    'The requested page cannot be accessed because the related configuration data for the page is invalid.',
  ],
  'code 0x80070569 | cause logon-type-not-granted': [
    'Logon failure: the user has not been granted the requested logon type at this computer.',
    '1385 logon type',
  ],
  'freb-enable': ['how 2 enable failed req tracing'],
  'cause verb-blocked-by-webdav | status 405 | cause verb-not-allowed | status 405.0': [
    'PUT and DELETE give 405 on our api',
  ],
  'right-create-global': ['SeCreateGlobalPrivilege who has it'],
  'status 404.3 | cause mime-type-missing': ['json file gives 404.3'],
  'right-network-logon': ['Access this computer from the network - does IIS windows auth need it'],
  'code 0x80070005': ['error code 0X80070005 plz'],
  'code 0x80070542 | cause impersonation-right-missing | symptom-impersonation': [
    'MODULE_SET_RESPONSE_ERROR_STATUS HttpStatus 500 HttpSubStatus 0 ErrorCode 2147943746',
  ],
  'status 500.19 | code 0x8007000d | cause config-invalid': ['500-19 with 0x8007000d'],
  'right-delegate-session': ['SeDelegateSessionUserImpersonatePrivilege missing after upgrade, do we care'],
  'code 0x80070542 | fix-impersonate | cause impersonation-right-missing | symptom-impersonation': [
    'what does 0x80070542 mean and how do i fix it',
  ],
  'iis-iusrs | sids': ['what sid is IIS_IUSRS'],
  'default-holders': [
    'SeImpersonatePriviledge default on 2022',
    'wer hat SeImpersonatePrivilege by default',
    'Annehmen der Clientidentität nach Authentifizierung - who needs to be in there',
  ],
  'disabled-or-missing | possible-values': ['we set it to disabled, is that same as empty'],
  'status 401.2': ['error 401 2 5'],
  'symptom-impersonation': ['html loads but all pics and js are 500 internal server error'],
  'status 500.30 | cause aspnetcore-start-failed': ['HTTP Error 500.30 - ASP.NET Core app failed to start'],
  'right-audit': ['generate security audits app pool'],
  'right-batch-logon': ['Log on as a batch job IIS app pool custom account'],
  'code 0x80070040 | cause client-disconnected': ['win32 64 in my iis log'],
  'freb-disable': ['does tracing slow down prod'],
  'cause aspnet-impersonation-config | status 500.24': [
    'HTTP Error 500.24 - Internal Server Error An ASP.NET setting has been detected that does not apply in Integrated managed pipeline mode. system.web/identity@impersonate is set to true',
  ],
  'pool-sid': ['sid of IIS APPPOOL\\Portal'],
  'code 0x80070542 | cause impersonation-level-in-application': [
    'System.Security.SecurityException: Either a required impersonation level was not provided, or the provided impersonation level is invalid. at WindowsIdentity.Impersonate',
  ],
  'right-tcb': ['act as part of the operating system, does iis need it'],
};

/** In a thread about the second, the first is answered by the third. */
export const chatHeldOutThread: [question: string, topic: string, wanted: string][] = [
  ['ok done, what now. restart?', 'fix-impersonate', 'reboot-needed | new-token'],
  ['how to roll it back', 'impersonation-right-missing', 'undo-fix'],
  ['and on a DC', 'default-holders', 'default-holders'],
];

/** Stands near, and is none of Frebot's business. */
export const offTopicChatHeldOut: string[] = [
  'is python 3.13 out',
  'lunch?',
  'why is my laptop fan so loud',
  'azure sql firewall rule how',
  'our SQL Agent job fails with login timeout',
  'what is the gpo to map a network drive',
  'apache mod_rewrite loop',
  'outlook keeps asking for password',
  'who is admin of this channel',
  'rename a domain controller',
];
