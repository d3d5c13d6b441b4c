import type { FrebLog } from './log.js';

/**
 * Parts of the pipeline that most requests share, event for event as a default IIS 10 with ASP.NET installed writes them.
 * Scenarios put them together and interrupt them where their fault happens.
 */

export interface Handler {
  name: string;
  modules: string;
  scriptProcessor?: string;
  type?: string;
}

const staticFile: Handler = {
  name: 'StaticFile',
  modules: 'StaticFileModule,DefaultDocumentModule,DirectoryListingModule',
};

export const page: Handler = {
  name: 'PageHandlerFactory-Integrated-4.0',
  modules: 'ManagedPipelineHandler',
  type: 'System.Web.UI.PageHandlerFactory',
};

/** From the first event to the choice of a handler. */
export function begin(log: FrebLog, handler: Handler = staticFile): void {
  const { scene } = log;
  log.event('GENERAL_REQUEST_START', {
    SiteId: scene.siteId ?? 2,
    AppPoolId: scene.pool ?? 'Portal',
    ConnId: 805306369,
    RawConnId: 805306369,
    RequestURL: log.url,
    RequestVerb: scene.verb ?? 'GET',
  });
  for (const name of ['WebDAVModule', 'IsapiFilterModule', 'RequestMonitorModule', 'FailedRequestsTracingModule']) {
    log.event('PRE_BEGIN_REQUEST_START', { ModuleName: name });
    if (name === 'IsapiFilterModule') {
      log
        .event('FILTER_PREPROC_HEADERS_START')
        .event('FILTER_START', { FilterName: 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_filter.dll' })
        .event('GENERAL_SET_REQUEST_HEADER', { HeaderName: 'AspFilterSessionId', HeaderValue: '', Replace: true })
        .event('FILTER_SET_REQ_HEADER', { HeaderName: 'AspFilterSessionId:', HeaderValue: '' })
        .event('FILTER_END', { NotificationStatus: 134217730 })
        .event('FILTER_PREPROC_HEADERS_END');
    }
    log.event('PRE_BEGIN_REQUEST_END', { ModuleName: name, NotificationStatus: 0 });
  }
  log
    .event('GENERAL_ENDPOINT_INFORMATION', {
      RemoteAddress: scene.remoteAddress ?? '198.51.100.23',
      RemotePort: 49804,
      LocalAddress: '192.0.2.11',
      LocalPort: 80,
    })
    .event('GENERAL_REQUEST_HEADERS', { Headers: scene.requestHeaders ?? 'Accept: */*\r\nHost: intranet.example\r\n' })
    .event('URL_CACHE_ACCESS_START', { RequestURL: log.path })
    .event('URL_CACHE_ACCESS_END', {
      PhysicalPath: '',
      URLInfoFromCache: false,
      URLInfoAddedToCache: true,
      ErrorCode: 0,
    })
    .event('GENERAL_GET_URL_METADATA', { PhysicalPath: '', AccessPerms: 513 })
    .event('HANDLER_CHANGED', {
      OldHandlerName: '',
      NewHandlerName: handler.name,
      NewHandlerModules: handler.modules,
      NewHandlerScriptProcessor: handler.scriptProcessor ?? '',
      NewHandlerType: handler.type ?? '',
    })
    .modules('MAP_PATH', 'IsapiFilterModule');
}

/** BEGIN_REQUEST without a fault. */
export function beginRequest(log: FrebLog): void {
  log.modules(
    'BEGIN_REQUEST',
    'HttpCacheModule',
    'RequestFilteringModule',
    'ConfigurationValidationModule',
    'FailedRequestsTracingModule',
    'IpRestrictionModule',
    'ProtocolSupportModule',
  );
}

const authModules: readonly [string, number][] = [
  ['BasicAuthenticationModule', 2],
  ['WindowsAuthenticationModule', 4],
  ['CertificateMappingAuthenticationModule', 128],
];

/** AUTHENTICATE_REQUEST that establishes the anonymous user, up to the filters that are notified. */
export function authenticate(log: FrebLog, options: { level?: number; user?: string; module?: string } = {}): void {
  const { level = 2, user = '', module = 'AnonymousAuthenticationModule' } = options;
  const anonymous = module === 'AnonymousAuthenticationModule';
  const established = (): void => {
    log
      .event('AUTH_REQUEST_AUTH_TYPE', { RequestAuthType: anonymous ? 1 : 4 })
      .event('AUTH_SUCCEEDED', {
        AuthType: 4,
        NTLMUsed: false,
        RemoteUserName: user,
        AuthUserName: user,
        TokenImpersonationLevel: level,
      })
      .event('USER_SET', { AuthType: anonymous ? '' : 'Negotiate', UserName: user, SupportsIsInRole: true });
  };
  for (const [name, type] of authModules) {
    log.module(name, 'AUTHENTICATE_REQUEST', () => {
      log.event('AUTH_START', { AuthTypeSupported: type });
      if (name === module) established();
      log.event('AUTH_END');
    });
  }
  if (anonymous) {
    log.module('AnonymousAuthenticationModule', 'AUTHENTICATE_REQUEST', () => {
      log.event('AUTH_START', { AuthTypeSupported: 1 });
      established();
      log.event('AUTH_END');
    });
  }
  log.module(
    'IsapiFilterModule',
    'AUTHENTICATE_REQUEST',
    () => {
      log.event('FILTER_AUTH_COMPLETE_START').event('FILTER_AUTH_COMPLETE_END');
    },
    { post: true },
  );
}

/** Writes the events of the core opening the file as the user; a `code` other than 0 is the failure. */
export function openFile(
  log: FrebLog,
  options: { code?: number; withoutText?: boolean; path?: string; user?: string } = {},
): void {
  const { code = 0, path = log.file } = options;
  const user = options.user ?? log.scene.user?.name ?? '';
  const [domain, name] = user.includes('\\') ? user.split('\\') : ['NT AUTHORITY', 'IUSR'];
  const who = { FileName: path, UserName: name!, DomainName: domain! };
  log
    .event('FILE_CACHE_ACCESS_START', who)
    .event('FILE_CACHE_CREATE_FILE', who)
    .event(
      'FILE_CACHE_ACCESS_END',
      {
        Successful: code === 0,
        FileFromCache: false,
        FileAddedToCache: false,
        FileDirmoned: true,
        LastModCheckErrorIgnored: true,
        ErrorCode: code >>> 0,
        LastModifiedTime: code === 0 ? 'Thu, 12 Feb 2026 16:20:41 GMT' : '',
      },
      options.withoutText,
    );
}

/** AUTHORIZE_REQUEST to MAP_REQUEST_HANDLER. */
export function authorizeAndMap(log: FrebLog): void {
  log.modules('AUTHORIZE_REQUEST', 'UrlAuthorizationModule').module('HttpCacheModule', 'RESOLVE_REQUEST_CACHE', () => {
    log.event('OUTPUT_CACHE_LOOKUP_START').event('OUTPUT_CACHE_LOOKUP_END', { Result: 0 });
  });
  log.modules('MAP_REQUEST_HANDLER', 'WebDAVModule', 'StaticCompressionModule');
}

/** LOG_REQUEST to SEND_RESPONSE and the response itself. `challenge` names the schemes offered. */
export function finish(
  log: FrebLog,
  options: {
    body?: string | string[];
    contentType?: string;
    customError?: string;
    challenge?: string[];
    sent?: number;
    flushCode?: number;
  } = {},
): void {
  log.modules('LOG_REQUEST', 'CustomLoggingModule').modules('END_REQUEST', 'RequestMonitorModule');
  if (options.challenge) {
    log.module('WindowsAuthenticationModule', 'SEND_RESPONSE', () => {
      for (const scheme of options.challenge!) log.header('WWW-Authenticate', scheme);
    });
  }
  log.modules('SEND_RESPONSE', 'RequestFilteringModule').module('ProtocolSupportModule', 'SEND_RESPONSE', () => {
    log.header('X-Powered-By', 'ASP.NET');
  });
  log.modules('SEND_RESPONSE', 'HttpCacheModule', 'HttpLoggingModule', 'IsapiFilterModule');
  log.module('CustomErrorModule', 'SEND_RESPONSE', () => {
    if (options.customError) {
      log.event('GENERAL_SEND_CUSTOM_ERROR', {
        HttpStatus: log.status,
        HttpSubStatus: log.substatus,
        FileNameOrURL: options.customError,
      });
    } else log.event('GENERAL_NOT_SEND_CUSTOM_ERROR', { Reason: log.status < 400 ? 1 : 2 });
  });
  respond(log, options);
}

/** The last events: headers, body, end of request. */
function respond(
  log: FrebLog,
  options: { body?: string | string[]; contentType?: string; sent?: number; flushCode?: number } = {},
): void {
  const bodies = options.body === undefined ? [] : [options.body].flat();
  const length = bodies.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  const sent = options.sent ?? length + 320;
  const headers = [
    'Cache-Control: private',
    `Content-Type: ${options.contentType ?? 'text/html; charset=utf-8'}`,
    'Server: Microsoft-IIS/10.0',
    ...log.responseHeaders,
  ];
  log
    .event('HTTPSYS_CACHEABLE', { HttpsysCacheable: false, Reason: 21, CachePolicy: 0, TimeToLive: 0 })
    .event('GENERAL_FLUSH_RESPONSE_START')
    .event('GENERAL_RESPONSE_HEADERS', { Headers: `${headers.join('\r\n')}\r\n` });
  for (const part of bodies) log.event('GENERAL_RESPONSE_ENTITY_BUFFER', { Buffer: part });
  log.event('GENERAL_FLUSH_RESPONSE_END', { BytesSent: sent, ErrorCode: (options.flushCode ?? 0) >>> 0 });
  end(log, sent);
}

export function end(log: FrebLog, sent: number): void {
  log.event('GENERAL_REQUEST_END', {
    BytesSent: sent,
    BytesReceived: 214,
    HttpStatus: log.status,
    HttpSubStatus: log.substatus,
  });
}
