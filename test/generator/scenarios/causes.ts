import { errorEvent, type Log, log, step } from './log.js';

/** A log that shows a cause, and its look-alike: what that one must be taken for instead. */
export interface CauseScenario {
  cause: string;
  name: string;
  log: Log;
  verdict: 'failure' | 'challenge' | 'slow' | 'aborted';
  lookalike?: { name: string; log: Log; verdict: string; cause: string | null };
}

/** `status` like `404.11`. */
function failed(status: string, module: string, stage: string, code = 0, more: Partial<Log> = {}): Log {
  return log({
    status,
    ...more,
    events: [...(more.events ?? []), errorEvent(status, module, stage, code, more.config)],
  });
}

const core = 'IIS Web Core';
const managed = 'ManagedPipelineHandler';
const arr = 'ApplicationRequestRouting';
const ancm = 'AspNetCoreModuleV2';
const execute = 'EXECUTE_REQUEST_HANDLER';
const authenticate = 'AUTHENTICATE_REQUEST';
const begin = 'BEGIN_REQUEST';
const map = 'MAP_REQUEST_HANDLER';

const offers = (list: string) => step('GENERAL_RESPONSE_HEADERS', { Headers: `Content-Type: text/html\r\n${list}` });
const headers = (text: string) => step('GENERAL_REQUEST_HEADERS', { Headers: `Host: shop.example\r\n${text}` });
const negotiate = offers('WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n');
const page = (body: string) => step('GENERAL_RESPONSE_ENTITY_BUFFER', { Buffer: body });
const rule = (name: string, target: string) => [
  step('RULE_EVALUATION_START', {
    RuleName: name,
    RequestURL: 'x',
    QueryString: '',
    PatternSyntax: '0',
    StopProcessing: 'true',
    RelativePath: '/',
  }),
  step('REWRITE_ACTION', {
    Substitution: target,
    RewriteURL: target,
    AppendQueryString: 'true',
    LogRewrittenURL: 'false',
  }),
];
const yellowPage = (type: string, message: string, file = 'D:\\shop\\cart.aspx', line = 12) =>
  page(
    `<html><head><title>${message}</title></head><body><span><H1>Server Error in '/' Application.<hr></H1><h2> <i>${message}</i> </h2></span>` +
      `<b> Exception Details: </b>${type}: ${message}<br><br><b> Source File: </b> ${file}<b> &nbsp;&nbsp; Line: </b> ${line}<br>` +
      `</body></html><!-- \r\n[${type}]: ${message}\r\n   at ASP.cart_aspx.Page_Load(Object sender, EventArgs e) in ${file}:line ${line}\r\n-->`,
  );
const handledBy = (name: string, dll: string) =>
  step('HANDLER_CHANGED', {
    OldHandlerName: '',
    NewHandlerName: name,
    NewHandlerModules: 'IsapiModule',
    NewHandlerScriptProcessor: `C:\\WINDOWS\\system32\\inetsrv\\${dll}`,
    NewHandlerType: '',
  });
const impersonation = 2147943746;

export const causeScenarios: CauseScenario[] = [
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
  {
    cause: 'file-not-found',
    name: 'no file',
    verdict: 'failure',
    log: failed('404', core, map, 2147942402),
    lookalike: {
      name: 'no route',
      log: failed('404', managed, map),
      verdict: 'failure',
      cause: 'aspnet-resource-not-found',
    },
  },
  {
    cause: 'isapi-cgi-restriction',
    name: 'not allowed',
    verdict: 'failure',
    log: failed('404.2', 'IsapiModule', execute, 2147943660),
  },
  {
    cause: 'mime-type-missing',
    name: 'no type',
    verdict: 'failure',
    log: failed('404.3', 'StaticFileModule', execute, 2147942450),
    lookalike: {
      name: 'a script',
      log: failed('404.17', 'StaticFileModule', execute, 2147942450),
      verdict: 'failure',
      cause: 'static-handler-for-dynamic',
    },
  },
  { cause: 'handler-missing', name: 'no handler', verdict: 'failure', log: failed('404.4', core, map) },
  ...['404.5', '404.6', '404.7', '404.8', '404.12', '404.18', '404.19'].map(
    (status): CauseScenario => ({
      cause: 'request-filtered',
      name: status,
      verdict: 'failure',
      log: failed(status, 'RequestFilteringModule', begin),
    }),
  ),
  { cause: 'hidden-file', name: 'hidden', verdict: 'failure', log: failed('404.9', 'StaticFileModule', execute) },
  {
    cause: 'double-escaping-blocked',
    name: 'plus sign',
    verdict: 'failure',
    log: failed('404.11', 'RequestFilteringModule', begin),
    lookalike: {
      name: 'a denied segment',
      log: failed('404.8', 'RequestFilteringModule', begin),
      verdict: 'failure',
      cause: 'request-filtered',
    },
  },
  ...['404.13', '413.1', '404.14', '404.15', '404.10', '431'].map(
    (status): CauseScenario => ({
      cause: 'request-too-large',
      name: status,
      verdict: 'failure',
      log: failed(status, 'RequestFilteringModule', begin),
    }),
  ),
  {
    cause: 'verb-not-allowed',
    name: 'POST to a file',
    verdict: 'failure',
    log: failed('405', 'StaticFileModule', execute, 2147942401),
    lookalike: {
      name: 'WebDAV',
      log: failed('405', 'WebDAVModule', map, 0, {
        events: [
          step('MODULE_WARNING', { ModuleName: 'WebDAVModule', Data1: 'WebDAV Disabled', Data2: '', ErrorCode: '0' }),
        ],
      }),
      verdict: 'failure',
      cause: 'verb-blocked-by-webdav',
    },
  },
  {
    cause: 'status-set-by-application',
    name: '503',
    verdict: 'failure',
    log: failed('503', managed, execute),
    lookalike: {
      name: 'queue full',
      log: failed('503.3', managed, execute),
      verdict: 'failure',
      cause: 'request-queue-full',
    },
  },
  {
    cause: 'status-set-by-application',
    name: 'ASP.NET Core 422',
    verdict: 'failure',
    log: failed('422', ancm, execute),
  },
  {
    cause: 'status-set-by-rewrite-rule',
    name: 'CustomResponse',
    verdict: 'failure',
    log: failed('403', 'RewriteModule', begin),
    lookalike: {
      name: 'a rule that failed',
      log: failed('500.50', 'RewriteModule', begin),
      verdict: 'failure',
      cause: 'rewrite-failed',
    },
  },
  {
    cause: 'aspnet-unhandled-exception',
    name: 'exception',
    verdict: 'failure',
    log: failed('500', managed, execute, 0, {
      events: [
        step('AspNetWebEventRaiseStart', { Data1: 'WebRequestErrorEvent', Data2: '3005', Data3: '' }),
        yellowPage('System.NullReferenceException', 'Object reference not set'),
      ],
    }),
    lookalike: {
      name: 'after the headers',
      log: log({
        status: '200',
        events: [
          step('AspNetWebEventRaiseStart', { Data1: 'WebRequestErrorEvent', Data2: '3005', Data3: '' }),
          yellowPage('System.NullReferenceException', 'Object reference not set'),
        ],
      }),
      verdict: 'failure',
      cause: 'aspnet-exception-after-flush',
    },
  },
  {
    cause: 'aspnet-unhandled-exception',
    name: 'nothing of ASP.NET traced',
    verdict: 'failure',
    log: failed('500', managed, execute),
    lookalike: {
      name: 'the page ran and chose 500',
      log: failed('500', managed, execute, 0, {
        events: [step('AspNetPagePreInitEnter', {}), step('AspNetPagePreInitLeave', {})],
      }),
      verdict: 'failure',
      cause: 'status-set-by-application',
    },
  },
  {
    cause: 'asp-script-error',
    name: 'the ISAPI area was not traced',
    verdict: 'failure',
    log: failed('500', 'IsapiModule', execute, 0, { events: [handledBy('ASPClassic', 'asp.dll')] }),
    lookalike: {
      name: 'another DLL',
      log: failed('500', 'IsapiModule', execute, 0, { events: [handledBy('Getauth', 'getauth.dll')] }),
      verdict: 'failure',
      cause: 'isapi-extension-failed',
    },
  },
  {
    cause: 'aspnet-compilation-error',
    name: 'compiler',
    verdict: 'failure',
    log: failed('500', managed, map, 0, {
      events: [step('AspNetWebEventRaiseStart', { Data1: 'WebErrorEvent', Data2: '3007', Data3: '' })],
    }),
  },
  {
    cause: 'aspnet-configuration-error',
    name: 'event 3008',
    verdict: 'failure',
    log: failed('500', managed, map, 0, {
      events: [step('AspNetWebEventRaiseStart', { Data1: 'WebErrorEvent', Data2: '3008', Data3: '' })],
    }),
  },
  {
    cause: 'aspnet-startup-failed',
    name: 'start',
    verdict: 'failure',
    log: failed('500', 'AspNetInitializationExceptionModule', begin, 0, {
      events: [
        yellowPage(
          'System.IO.DirectoryNotFoundException',
          "Could not find a part of the path 'D:\\shop\\bin\\roslyn\\csc.exe'.",
        ),
      ],
    }),
  },
  {
    cause: 'asp-script-error',
    name: 'classic ASP',
    verdict: 'failure',
    log: failed('500', 'IsapiModule', execute, 0, {
      events: [step('CALL_ISAPI_EXTENSION', { DllName: 'C:\\WINDOWS\\system32\\inetsrv\\asp.dll' })],
    }),
    lookalike: {
      name: 'another DLL',
      log: failed('500', 'IsapiModule', execute, 0, {
        events: [step('CALL_ISAPI_EXTENSION', { DllName: 'D:\\sms\\getauth.dll' })],
      }),
      verdict: 'failure',
      cause: 'isapi-extension-failed',
    },
  },
  {
    cause: 'aspnetcore-unhandled-exception',
    name: 'exception text in the body',
    verdict: 'failure',
    log: failed('500', ancm, execute, 0, {
      events: [
        page(
          'System.InvalidOperationException: The cart is closed\r\n   at Shop.Cart.Add() in D:\\shop\\Cart.cs:line 40\r\n',
        ),
      ],
    }),
    lookalike: {
      name: 'a bare status',
      log: failed('500', ancm, execute),
      verdict: 'failure',
      cause: 'status-set-by-application',
    },
  },
  {
    cause: 'php-error',
    name: 'fatal error',
    verdict: 'failure',
    log: failed('500', 'FastCgiModule', execute, 0, {
      events: [
        step('MODULE_WARNING', {
          ModuleName: 'FastCgiModule',
          Data1: 'FASTCGI_RESPONSE_ERROR',
          Data2: 'PHP Fatal error:  Uncaught Error: Call to undefined function tax() in D:\\shop\\cart.php:9',
          ErrorCode: '5',
        }),
      ],
    }),
    lookalike: {
      name: 'a time-out',
      log: failed('500', 'FastCgiModule', execute, 2147942658),
      verdict: 'failure',
      cause: 'fastcgi-process-died',
    },
  },
  {
    cause: 'unc-path-unreachable',
    name: 'share',
    verdict: 'failure',
    log: failed('500', core, map, 2147942453),
    lookalike: {
      name: 'web.config on the share',
      log: failed('500.19', core, begin, 2147942453),
      verdict: 'failure',
      cause: 'config-unreadable',
    },
  },
  {
    cause: 'isapi-filter-failed',
    name: 'entry point',
    verdict: 'failure',
    log: failed('500', 'IsapiFilterModule', begin, 2147942527),
  },
  {
    cause: 'isapi-filter-failed',
    name: 'raw data',
    verdict: 'failure',
    log: failed('500', 'IsapiFilterModule', begin, 2147942450),
  },
  {
    cause: 'isapi-dll-invalid',
    name: 'bitness',
    verdict: 'failure',
    log: failed('500', 'IsapiModule', execute, 2147942593),
    lookalike: {
      name: 'a module',
      log: failed('500.19', core, begin, 2147942593),
      verdict: 'failure',
      cause: 'config-bitness',
    },
  },
  {
    cause: 'node-process-error',
    name: 'pipe closed',
    verdict: 'failure',
    log: failed('500.1013', 'iisnode', execute, 109),
  },
  {
    cause: 'config-invalid',
    name: 'malformed',
    verdict: 'failure',
    log: failed('500.19', core, begin, 2147942413, {
      config: '\\\\?\\D:\\shop\\web.config ( 14) :Configuration file is not well-formed XML\r\n',
    }),
    lookalike: {
      name: 'bad module',
      log: failed('500.21', core, execute, 2147942413),
      verdict: 'failure',
      cause: 'handler-module-missing',
    },
  },
  { cause: 'config-invalid', name: 'another code', verdict: 'failure', log: failed('500.19', core, begin, 2147500037) },
  {
    cause: 'config-duplicate-entry',
    name: 'duplicate, raised twice',
    verdict: 'failure',
    log: log({
      status: '500.19',
      events: [
        errorEvent(
          '500.19',
          'RequestFilteringModule',
          begin,
          2147942583,
          '\\\\?\\D:\\shop\\web.config ( 8) :Cannot add duplicate collection entry',
        ),
        errorEvent(
          '500.19',
          'RequestFilteringModule',
          'SEND_RESPONSE',
          2147942583,
          '\\\\?\\D:\\shop\\web.config ( 8) :Cannot add duplicate collection entry',
        ),
      ],
    }),
  },
  {
    cause: 'config-section-locked',
    name: 'locked',
    verdict: 'failure',
    log: failed('500.19', core, begin, 2147942433),
  },
  {
    cause: 'config-unreadable',
    name: 'permission',
    verdict: 'failure',
    log: failed('500.19', core, begin, 2147942405),
    lookalike: {
      name: 'the missing right',
      log: failed('500.19', core, begin, impersonation),
      verdict: 'failure',
      cause: 'impersonation-right-missing',
    },
  },
  { cause: 'config-unreadable', name: 'path', verdict: 'failure', log: failed('500.19', core, begin, 2147942403) },
  {
    cause: 'config-module-dll-missing',
    name: 'DLL',
    verdict: 'failure',
    log: failed('500.19', core, begin, 2147942526),
  },
  { cause: 'handler-module-missing', name: '500.0', verdict: 'failure', log: failed('500', core, map, 2147942413) },
  {
    cause: 'aspnet-classic-settings',
    name: '500.22',
    verdict: 'failure',
    log: failed('500.22', 'ConfigurationValidationModule', begin, 2147942450),
  },
  {
    cause: 'rewrite-failed',
    name: '500.52',
    verdict: 'failure',
    log: failed('500.52', 'RewriteModule', 'SEND_RESPONSE'),
  },
  {
    cause: 'rewrite-abort',
    name: 'AbortRequest',
    verdict: 'aborted',
    log: log({
      status: '200',
      events: [
        step('RULE_EVALUATION_START', {
          RuleName: 'NoBots',
          RequestURL: 'x',
          QueryString: '',
          PatternSyntax: '0',
          StopProcessing: 'true',
          RelativePath: '/',
        }),
        step('ABORT_REQUEST_ACTION', {}),
      ],
      headersSent: false,
    }),
    lookalike: {
      name: 'the rule only rewrites',
      log: log({ status: '200', events: rule('Friendly', 'http://shop.example/cart.aspx') }),
      verdict: 'no-fault',
      cause: null,
    },
  },
  ...['500.30', '500.31', '500.32', '500.33', '500.34', '500.35', '500.36', '500.37', '500.38'].map(
    (status): CauseScenario => ({
      cause: 'aspnetcore-start-failed',
      name: status,
      verdict: 'failure',
      log: failed(status, ancm, execute),
    }),
  ),
  {
    cause: 'aspnetcore-start-failed',
    name: '502.5',
    verdict: 'failure',
    log: failed('502.5', 'AspNetCoreModule', execute),
    lookalike: {
      name: 'WebSocket of the proxy',
      log: failed('502.5', arr, execute),
      verdict: 'failure',
      cause: 'arr-websocket-failed',
    },
  },
  {
    cause: 'aspnetcore-start-failed',
    name: '500.0 file not found',
    verdict: 'failure',
    log: failed('500', ancm, execute, 2147942402),
  },
  {
    cause: 'aspnetcore-forward-denied',
    name: 'denied',
    verdict: 'failure',
    log: failed('502.3', 'AspNetCoreModule', execute, 2147942405),
  },
  {
    cause: 'backend-unreachable',
    name: 'refused',
    verdict: 'failure',
    log: failed('502.3', arr, execute, 2147954429, { events: rule('Proxy', 'http://10.0.0.9:8090/') }),
    lookalike: {
      name: 'too late',
      log: failed('502.3', arr, execute, 2147954402),
      verdict: 'failure',
      cause: 'backend-timeout',
    },
  },
  {
    cause: 'backend-connection-reset',
    name: 'reset',
    verdict: 'failure',
    log: failed('502.3', arr, execute, 2147954430),
  },
  {
    cause: 'backend-invalid-response',
    name: 'invalid',
    verdict: 'failure',
    log: failed('502.3', arr, execute, 2147954552),
  },
  { cause: 'backend-tls-failed', name: 'TLS', verdict: 'failure', log: failed('502.3', arr, execute, 2147954575) },
  {
    cause: 'proxy-rule-bad-target',
    name: 'variable',
    verdict: 'failure',
    log: failed('400', arr, execute, 0, { events: rule('Proxy', 'http://localhost:$Port/app') }),
    lookalike: {
      name: 'clean target',
      log: failed('400', arr, execute, 0, { events: rule('Proxy', 'http://backend:8090/app') }),
      verdict: 'failure',
      cause: 'status-set-by-backend',
    },
  },
  { cause: 'arr-no-server', name: 'farm', verdict: 'failure', log: failed('502.4', arr, execute) },
  { cause: 'cgi-ended-early', name: 'CGI', verdict: 'failure', log: failed('502.2', 'CgiModule', execute, 3221225725) },
  {
    cause: 'client-disconnected',
    name: '502.3 while forwarding',
    verdict: 'aborted',
    log: failed('502.3', 'AspNetCoreModule', execute, 2147943629),
    lookalike: {
      name: 'the back end broke off',
      log: failed('502.3', 'AspNetCoreModule', execute, 2147954430),
      verdict: 'failure',
      cause: 'backend-connection-reset',
    },
  },
  {
    cause: 'client-disconnected',
    name: 'the flush failed',
    verdict: 'aborted',
    log: log({ status: '200', flushCode: 2147943629, events: [page('half of it')] }),
  },
  { cause: 'concurrent-request-limit', name: '503.2', verdict: 'failure', log: failed('503.2', core, begin) },
  { cause: 'request-queue-full', name: '503.4', verdict: 'failure', log: failed('503.4', 'FastCgiModule', execute) },
  { cause: 'asp-queue-full', name: '500.13', verdict: 'failure', log: failed('500.13', 'IsapiModule', execute) },
  { cause: 'application-restarting', name: '500.12', verdict: 'failure', log: failed('500.12', core, begin) },
  {
    cause: 'slow-page-code',
    name: 'Page_Load',
    verdict: 'slow',
    log: log({
      status: '200',
      timeTaken: 5000,
      events: [
        step('AspNetStart', { Data1: 'GET', Data2: '/cart.aspx', Data3: '' }),
        step('AspNetPageLoadEnter', {}),
        step('AspNetPageLoadLeave', {}, 4900),
      ],
    }),
    lookalike: {
      name: 'quick',
      log: log({
        status: '200',
        timeTaken: 400,
        events: [step('AspNetPageLoadEnter', {}), step('AspNetPageLoadLeave', {}, 300)],
      }),
      verdict: 'no-fault',
      cause: null,
    },
  },
  {
    cause: 'slow-application-start',
    name: 'compile',
    verdict: 'slow',
    log: log({
      status: '200',
      timeTaken: 6000,
      events: [step('AspNetCompileEnter', {}), step('AspNetCompileLeave', { Data1: '', Data2: '' }, 5500)],
    }),
  },
  {
    cause: 'slow-script-call',
    name: 'COM call',
    verdict: 'slow',
    log: log({
      status: '200',
      timeTaken: 6000,
      events: [
        step('ASP_SCRIPT_TRACE_COM_CALL_START', {
          FilePath: 'D:\\shop\\old.asp',
          LineNumber: '7',
          CurrentStatement: 'rs.Open sql',
          SizeOfStatement: '11',
        }),
        step(
          'ASP_SCRIPT_TRACE_COM_CALL_END',
          { FilePath: 'D:\\shop\\old.asp', LineNumber: '7', CurrentStatement: 'rs.Open sql', SizeOfStatement: '11' },
          5800,
        ),
      ],
    }),
  },
  {
    cause: 'slow-backend',
    name: 'FastCGI',
    verdict: 'slow',
    log: log({
      status: '200',
      timeTaken: 6000,
      events: [step('FASTCGI_START', {}), step('FASTCGI_WAITING_FOR_RESPONSE', {}), step('FASTCGI_END', {}, 5800)],
    }),
  },
  { cause: 'slow-client', name: 'flush', verdict: 'slow', log: log({ status: '200', timeTaken: 9000, flushMs: 8500 }) },
  {
    cause: 'long-upload',
    name: 'body',
    verdict: 'slow',
    log: log({
      status: '200',
      timeTaken: 9000,
      events: [
        step('GENERAL_READ_ENTITY_START', {}),
        step('GENERAL_READ_ENTITY_END', { BytesReceived: '1000', ErrorCode: '0' }, 8700),
      ],
    }),
  },
];
