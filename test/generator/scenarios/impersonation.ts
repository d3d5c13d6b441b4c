import { FrebLog, type Scene } from '../log.js';
import { authenticate, authorizeAndMap, begin, beginRequest, finish, openFile } from '../pipeline.js';

/** HRESULT of ERROR_BAD_IMPERSONATION_LEVEL (1346). */
const badImpersonationLevel = 0x80070542;

type ImpersonationStage = 'authenticate' | 'map' | 'static-file' | 'default-document';

export interface Impersonation extends Scene {
  stage?: ImpersonationStage;
  /** True when the text lookup failed: it runs under the same token, so it often does. */
  withoutText?: boolean;
  /** Level of the token as AUTH_SUCCEEDED tells it: 0 anonymous, 1 identify, 2 impersonate. */
  level?: number;
  code?: number;
}

/**
 * The worker process may not impersonate: the first file that IIS opens as the caller fails. With a custom account this
 * happens right after authentication, in the core itself, while no module is open.
 */
export function impersonation(options: Impersonation = {}): FrebLog {
  const { stage = 'authenticate', withoutText = false, level = 2, code = badImpersonationLevel, ...scene } = options;
  const log = new FrebLog({
    url: 'http://intranet.example:80/secure/secret.html',
    pool: 'Portal',
    server: 'WEB03',
    start: '2026-06-08T19:53:49.219Z',
    user: { remote: '', name: '', token: 'NOT_AVAILABLE' },
    ...scene,
  });
  begin(log);
  beginRequest(log);
  authenticate(log, { level });
  const failed = { code, withoutText };
  if (stage === 'authenticate') {
    openFile(log, failed);
    log.error({ module: 'IIS Web Core', stage: 'AUTHENTICATE_REQUEST', status: 500, code, withoutText });
  } else {
    authorizeAndMap(log);
    if (stage === 'map') {
      openFile(log, failed);
      log.error({ module: 'IIS Web Core', stage: 'MAP_REQUEST_HANDLER', status: 500, code, withoutText });
    } else {
      const module = stage === 'static-file' ? 'StaticFileModule' : 'DefaultDocumentModule';
      log.module(
        module,
        'EXECUTE_REQUEST_HANDLER',
        () => {
          openFile(log, failed);
          log.error({ module, stage: 'EXECUTE_REQUEST_HANDLER', status: 500, code, withoutText });
        },
        { result: 2 },
      );
    }
  }
  log.wait(31);
  finish(log, {
    customError: '\\\\?\\C:\\inetpub\\custerr\\en-US\\500.htm',
    body: '<!DOCTYPE html><html><head><title>500 - Internal server error.</title></head><body><h1>Server Error</h1></body></html>',
  });
  log.wait(16);
  return log;
}

/** The rule traced neither notifications nor modules, so only the failing file shows the cause. */
export function impersonationWithoutNotifications(): FrebLog {
  const log = impersonation();
  const traced = log.events.filter((e) => {
    const name = typeof e.name === 'string' ? e.name : e.name.name;
    return !/^(?:NOTIFY_|PRE_BEGIN_|MODULE_SET_|SET_RESPONSE_)/.test(name);
  });
  log.events.splice(0, log.events.length, ...traced);
  return log;
}
