import { errorEvent, type Log, log, step } from './log.js';

/** A log that shows a cause, and a similar log with the cause that it must be given instead. */
export interface CauseScenario {
  cause: string;
  name: string;
  log: Log;
  verdict: 'failure' | 'challenge' | 'slow' | 'aborted';
  lookalike?: { name: string; log: Log; verdict: string; cause: string | null };
}

/** `status` like `404.11`. */
export function failed(status: string, module: string, stage: string, code = 0, more: Partial<Log> = {}): Log {
  return log({
    status,
    ...more,
    events: [...(more.events ?? []), errorEvent(status, module, stage, code, more.config)],
  });
}

export const core = 'IIS Web Core';
export const managed = 'ManagedPipelineHandler';
export const arr = 'ApplicationRequestRouting';
export const ancm = 'AspNetCoreModuleV2';
export const execute = 'EXECUTE_REQUEST_HANDLER';
export const authenticate = 'AUTHENTICATE_REQUEST';
export const begin = 'BEGIN_REQUEST';
export const map = 'MAP_REQUEST_HANDLER';

export const offers = (list: string) =>
  step('GENERAL_RESPONSE_HEADERS', { Headers: `Content-Type: text/html\r\n${list}` });
export const headers = (text: string) => step('GENERAL_REQUEST_HEADERS', { Headers: `Host: shop.example\r\n${text}` });
export const negotiate = offers('WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n');
export const page = (body: string) => step('GENERAL_RESPONSE_ENTITY_BUFFER', { Buffer: body });
export const rule = (name: string, target: string) => [
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
export const yellowPage = (type: string, message: string, file = 'D:\\shop\\cart.aspx', line = 12) =>
  page(
    `<html><head><title>${message}</title></head><body><span><H1>Server Error in '/' Application.<hr></H1><h2> <i>${message}</i> </h2></span>` +
      `<b> Exception Details: </b>${type}: ${message}<br><br><b> Source File: </b> ${file}<b> &nbsp;&nbsp; Line: </b> ${line}<br>` +
      `</body></html><!-- \r\n[${type}]: ${message}\r\n   at ASP.cart_aspx.Page_Load(Object sender, EventArgs e) in ${file}:line ${line}\r\n-->`,
  );
export const handledBy = (name: string, dll: string) =>
  step('HANDLER_CHANGED', {
    OldHandlerName: '',
    NewHandlerName: name,
    NewHandlerModules: 'IsapiModule',
    NewHandlerScriptProcessor: `C:\\WINDOWS\\system32\\inetsrv\\${dll}`,
    NewHandlerType: '',
  });
export const impersonation = 2147943746;
