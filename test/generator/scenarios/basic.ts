import { FrebLog, type Scene } from '../log.js';
import { authenticate, authorizeAndMap, begin, beginRequest, finish, openFile } from '../pipeline.js';

/** A static file that exists: the rule traced a success. */
export function success(scene: Scene = {}): FrebLog {
  const log = new FrebLog({ user: { remote: '', name: '', token: 'NT AUTHORITY\\IUSR' }, ...scene });
  begin(log);
  beginRequest(log);
  authenticate(log);
  openFile(log);
  authorizeAndMap(log);
  log.module(
    'StaticFileModule',
    'EXECUTE_REQUEST_HANDLER',
    () => {
      log.event('GENERAL_STATIC_FILE_HANDLER', { FileName: log.file });
      log.header('Content-Type', 'text/html', true);
    },
    { result: 2 },
  );
  log.wait(16);
  finish(log, { body: '<html><body>Start</body></html>' });
  return log;
}

/** The file is missing: the core says 404.0 when it looks for a handler. */
export function fileNotFound(scene: Scene = {}): FrebLog {
  const log = new FrebLog({
    url: 'http://intranet.example:80/assets/logo-2026.svg',
    user: { remote: '', name: '', token: 'NT AUTHORITY\\IUSR' },
    ...scene,
  });
  begin(log);
  beginRequest(log);
  authenticate(log);
  openFile(log, { code: 0x80070002 });
  log.modules('AUTHORIZE_REQUEST', 'UrlAuthorizationModule').modules('MAP_REQUEST_HANDLER', 'WebDAVModule');
  log.error({ module: 'IIS Web Core', stage: 'MAP_REQUEST_HANDLER', status: 404, code: 0x80070002 });
  log.wait(16);
  finish(log, { customError: '404.htm', body: '<html><body>404</body></html>' });
  return log;
}

/** First leg of Windows authentication: no Authorization header yet, the server offers its schemes. */
export function challenge(scene: Scene = {}): FrebLog {
  const log = new FrebLog({ url: 'http://intranet.example:80/reports/', ...scene });
  begin(log);
  beginRequest(log);
  for (const [name, type] of [
    ['WindowsAuthenticationModule', 4],
    ['AnonymousAuthenticationModule', 1],
  ] as const) {
    log.module(name, 'AUTHENTICATE_REQUEST', () => {
      log.event('AUTH_START', { AuthTypeSupported: type });
      if (type === 1) log.event('AUTH_REQUEST_AUTH_TYPE', { RequestAuthType: 1 });
      log.event('AUTH_END');
    });
  }
  log.error({ module: 'IIS Web Core', stage: 'AUTHENTICATE_REQUEST', status: 401, substatus: 2, code: 0x80070005 });
  finish(log, { customError: '401.htm', challenge: ['Negotiate', 'NTLM'], body: '<html><body>401.2</body></html>' });
  return log;
}

/** The same collection entry twice: 500.19 at BEGIN_REQUEST, raised once more while the response is sent. */
export function duplicateConfig(scene: Scene = {}): FrebLog {
  const log = new FrebLog({
    url: 'http://shop.example:80/catalog/item.bak',
    pool: 'Shop',
    server: 'WEB01',
    siteId: 3,
    ...scene,
  });
  const config =
    "\\\\?\\D:\\sites\\shop\\web.config ( 14) :Cannot add duplicate collection entry of type 'add' with unique key attribute 'fileExtension' set to '.bak'";
  const fault = { module: 'RequestFilteringModule', status: 500, substatus: 19, code: 0x800700b7, config } as const;
  begin(log);
  log.modules('BEGIN_REQUEST', 'HttpCacheModule');
  log.module('RequestFilteringModule', 'BEGIN_REQUEST', () => log.error({ ...fault, stage: 'BEGIN_REQUEST' }), {
    result: 2,
  });
  log.modules('LOG_REQUEST', 'CustomLoggingModule').modules('END_REQUEST', 'RequestMonitorModule');
  log.module('RequestFilteringModule', 'SEND_RESPONSE', () => log.error({ ...fault, stage: 'SEND_RESPONSE' }));
  log.wait(16);
  finish(log, {
    body: '<html><head><title>IIS 10.0 Detailed Error - 500.19 - Internal Server Error</title></head></html>',
  });
  return log;
}
