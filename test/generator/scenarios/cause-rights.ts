import {
  authenticate,
  begin,
  type CauseScenario,
  core,
  execute,
  failed,
  headers,
  impersonation,
  managed,
  map,
  negotiate,
  offers,
  yellowPage,
} from './cause-parts.js';

/** Failures of rights: impersonation, authentication, authorization. */
export const rights: CauseScenario[] = [
  {
    cause: 'impersonation-right-missing',
    name: 'IIS reports the bad impersonation level at authentication',
    verdict: 'failure',
    log: failed('500', core, authenticate, impersonation),
    lookalike: {
      name: 'the code stands in the query string only',
      log: failed('404', core, map, 2147942402, { url: 'http://shop.example/kb.htm?code=0x80070542' }),
      verdict: 'failure',
      cause: 'file-not-found',
    },
  },
  {
    cause: 'impersonation-right-missing',
    name: 'a static file cannot be opened as the caller, code in a late stage',
    verdict: 'failure',
    log: failed('500', 'StaticFileModule', execute, impersonation),
    lookalike: {
      name: 'a permission on the file',
      log: failed('401.3', core, map, 2147942405),
      verdict: 'failure',
      cause: 'access-denied-acl',
    },
  },
  {
    cause: 'impersonation-right-missing',
    name: 'as NTSTATUS, without text',
    verdict: 'failure',
    log: failed('500', core, authenticate, 3221225637),
    lookalike: {
      name: '500.24',
      log: failed('500.24', 'ConfigurationValidationModule', begin, 2147942450),
      verdict: 'failure',
      cause: 'aspnet-impersonation-config',
    },
  },
  {
    cause: 'impersonation-level-in-application',
    name: "the code is in the application's exception",
    verdict: 'failure',
    log: failed('500', managed, execute, 0, {
      events: [
        yellowPage(
          'System.IO.FileLoadException',
          "Could not load file or assembly 'System.EnterpriseServices'. (Exception from HRESULT: 0x80070542)",
        ),
      ],
    }),
    lookalike: {
      name: 'another exception',
      log: failed('500', managed, execute, 0, {
        events: [yellowPage('System.IO.FileLoadException', 'Access is denied. (Exception from HRESULT: 0x80070005)')],
      }),
      verdict: 'failure',
      cause: 'aspnet-unhandled-exception',
    },
  },
  {
    cause: 'authentication-challenge',
    name: 'first leg, schemes on offer',
    verdict: 'challenge',
    log: failed('401.2', core, authenticate, 2147942405, { events: [headers(''), negotiate] }),
    lookalike: {
      name: 'credentials were sent',
      log: failed('401.2', core, authenticate, 2147942405, {
        events: [headers('Authorization: Basic eDp5\r\n'), negotiate],
      }),
      verdict: 'failure',
      cause: 'authentication-scheme-missing',
    },
  },
  {
    cause: 'authentication-challenge',
    name: 'second NTLM leg',
    verdict: 'challenge',
    log: failed('401.1', 'WindowsAuthenticationModule', authenticate, 2148074254, {
      events: [headers('Authorization: NTLM TlRM\r\n'), negotiate],
    }),
    lookalike: {
      name: 'logon refused',
      log: failed('401.1', 'WindowsAuthenticationModule', authenticate, 2148074252, {
        events: [headers('Authorization: NTLM TlRM\r\n')],
      }),
      verdict: 'failure',
      cause: 'logon-failed',
    },
  },
  {
    cause: 'authentication-scheme-missing',
    name: 'nothing on offer',
    verdict: 'failure',
    log: failed('401.2', core, authenticate, 2147942405, { events: [headers(''), offers('')] }),
  },
  {
    cause: 'ntlm-split-over-connections',
    name: 'invalid token',
    verdict: 'failure',
    log: failed('401.1', 'WindowsAuthenticationModule', authenticate, 2148074248),
  },
  {
    cause: 'kerberos-wrong-principal',
    name: 'wrong principal',
    verdict: 'failure',
    log: failed('401.1', 'WindowsAuthenticationModule', authenticate, 2148074274),
  },
  {
    cause: 'logon-type-not-granted',
    name: 'logon type',
    verdict: 'failure',
    log: failed('401.1', 'BasicAuthenticationModule', authenticate, 2147943785),
  },
  {
    cause: 'account-locked-or-expired',
    name: 'locked',
    verdict: 'failure',
    log: failed('401.1', 'BasicAuthenticationModule', authenticate, 2147944309),
  },
  {
    cause: 'access-denied-acl',
    name: 'file permission',
    verdict: 'failure',
    log: failed('401.3', core, 'AUTHORIZE_REQUEST', 2147942405),
    lookalike: {
      name: 'an authorization rule',
      log: failed('401.2', 'UrlAuthorizationModule', 'AUTHORIZE_REQUEST', 2147942405, {
        events: [headers(''), negotiate],
      }),
      verdict: 'failure',
      cause: 'url-authorization-denied',
    },
  },
  {
    cause: 'isapi-filter-denied',
    name: 'filter',
    verdict: 'failure',
    log: failed('401.4', 'IsapiFilterModule', authenticate),
  },
  {
    cause: 'isapi-application-denied',
    name: 'program',
    verdict: 'failure',
    log: failed('401.5', 'IsapiModule', execute),
  },
  {
    cause: 'url-authorization-denied',
    name: 'rule',
    verdict: 'failure',
    log: failed('401', 'UrlAuthorization', 'AUTHORIZE_REQUEST'),
  },
  {
    cause: 'ip-restricted',
    name: 'deny list',
    verdict: 'failure',
    log: failed('403.503', 'IpRestrictionModule', begin),
  },
  {
    cause: 'ip-restricted',
    name: 'rate limit answered with 404',
    verdict: 'failure',
    log: failed('404.502', 'DynamicIpRestrictionModule', begin),
    lookalike: {
      name: 'a missing file',
      log: failed('404', core, map, 2147942402),
      verdict: 'failure',
      cause: 'file-not-found',
    },
  },
  { cause: 'ssl-required', name: 'http', verdict: 'failure', log: failed('403.4', core, begin) },
  {
    cause: 'client-certificate-required',
    name: 'none sent',
    verdict: 'failure',
    log: failed('403.7', core, begin),
    lookalike: {
      name: 'revoked',
      log: failed('403.13', core, begin, 2148081680),
      verdict: 'failure',
      cause: 'client-certificate-revoked',
    },
  },
  {
    cause: 'client-certificate-untrusted',
    name: 'root',
    verdict: 'failure',
    log: failed('403.16', core, begin, 2148204809),
  },
  {
    cause: 'client-certificate-expired',
    name: 'date',
    verdict: 'failure',
    log: failed('403.17', core, begin, 2148204801),
  },
  {
    cause: 'directory-listing-denied',
    name: 'folder',
    verdict: 'failure',
    log: failed('403.14', 'DirectoryListingModule', execute),
    lookalike: {
      name: 'the page decided',
      log: failed('403', managed, execute),
      verdict: 'failure',
      cause: 'status-set-by-application',
    },
  },
  {
    cause: 'error-page-in-other-pool',
    name: 'error page',
    verdict: 'failure',
    log: failed('403.18', 'CustomErrorModule', 'SEND_RESPONSE'),
  },
  {
    cause: 'process-token-right-missing',
    name: 'CGI',
    verdict: 'failure',
    log: failed('403.19', 'CgiModule', execute, 2147943714),
  },
];
