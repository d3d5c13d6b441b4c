import type { Term } from './term.js';

/** Facts of one FREB log. Codes are lower-case hexadecimal HRESULTs (`0x80070542`); code 0 means "no code" and is never observed. */
export const traceVocabulary = {
  'request.verb': { type: 'string', means: 'HTTP verb of the request' },
  'request.url': { type: 'string', means: 'URL with query values withheld' },
  'request.site-id': { type: 'number', means: 'IIS site number' },
  'request.app-pool': { type: 'string', means: 'application pool name' },
  'request.server': { type: 'string', means: 'computer name in the events' },
  'request.time': { type: 'string', means: 'UTC time of the first event, ISO 8601' },
  'request.process-id': { type: 'number', means: 'process id of the worker process' },
  'request.time-taken': { type: 'number', means: 'milliseconds from first event to writing' },
  'request.authentication-type': { type: 'string', means: 'authenticationType of the root element' },
  'request.authorization-sent': { type: 'boolean', means: 'the request carried an Authorization header' },
  'request.activity-id': { type: 'string', means: 'activityId of the root element: the same in events of one request' },
  'request.cors-preflight': {
    type: 'boolean',
    means:
      'the request is the question of a browser whether it may call another origin (OPTIONS, Access-Control-Request-Method)',
  },
  'request.content-length': { type: 'number', means: 'Content-Length of the request' },
  'request.extension': { type: 'string', means: 'file extension of the path, with the dot, lower case' },
  'request.static-extension': {
    type: 'string',
    means:
      'the extension, where it is one of fonts, pictures and other files that every visitor may read: safe inside a command',
  },

  'final-status': { type: 'number', means: 'HTTP status at the end of the request' },
  'final-substatus': { type: 'number', means: 'substatus at the end of the request, 0 when none' },
  'trigger-status': {
    type: 'string',
    means: 'first status that matched the trace rule, like 401.2; absent when the reason was none',
  },
  'failure-reason': {
    type: ['STATUS_CODE', 'TIME_TAKEN', 'EVENT_VERBOSITY_LEVEL', 'SERVER_VARIABLE', 'UNKNOWN'],
    means: 'why IIS wrote the log',
  },
  'response.bytes-sent': { type: 'number', means: 'BytesSent of the last GENERAL_REQUEST_END' },
  'response.flushed-before-exception': {
    type: 'boolean',
    means: 'part of the answer was sent before ASP.NET reported its first error',
  },
  'response.headers-sent': { type: 'boolean', means: 'the trace shows response headers' },
  'response.offers': { type: 'list', means: 'authentication schemes offered in WWW-Authenticate' },
  'response.compressed-body': { type: 'boolean', means: 'the response body is compressed and cannot be read' },

  'decisive.event': { type: 'string', means: 'name of the event that decided the outcome' },
  'decisive.module': { type: 'string', means: 'module that set the deciding status' },
  'decisive.notification': { type: 'string', means: 'pipeline stage of the deciding event' },
  'decisive.status': { type: 'number', means: 'HTTP status the deciding event set' },
  'decisive.substatus': { type: 'number', means: 'substatus the deciding event set' },
  'decisive.code': { type: 'string', means: 'HRESULT of the deciding event; absent when it was 0' },
  'decisive.reason': { type: 'string', means: 'HttpReason of the deciding event' },
  'decisive.config-file': { type: 'string', means: 'configuration file named by ConfigExceptionInfo' },
  'decisive.config-line': { type: 'number', means: 'line named by ConfigExceptionInfo' },
  'decisive.config-message': { type: 'string', means: 'message of ConfigExceptionInfo' },
  'decisive.description': { type: 'string', means: 'ErrorDescription set right after the deciding event' },
  'status-overwritten': { type: 'string', means: 'an earlier error status that a later module replaced, like 401.2' },

  'code.seen': { type: 'string', means: 'an error code in any ErrorCode field, noise excluded' },
  'code.file-open': { type: 'string', means: 'error code of a failed file open (FILE_CACHE_ACCESS_END)' },
  'file.requested': { type: 'string', means: 'physical path the handler looked for' },

  'handler.name': { type: 'string', means: 'NewHandlerName of the last HANDLER_CHANGED' },
  'handler.modules': { type: 'string', means: 'NewHandlerModules of the last HANDLER_CHANGED' },
  'handler.script-processor': { type: 'string', means: 'file name of the script processor' },
  'custom-error.page': { type: 'string', means: 'file or URL of the custom error page that was sent' },
  'isapi.dll': { type: 'string', means: 'file name of the ISAPI extension called' },
  'module.warning': { type: 'string', means: 'Data1 of MODULE_WARNING, MODULE_ERROR or MODULE_CRITICAL_ERROR' },
  'module.warning-module': { type: 'string', means: 'module that wrote the warning' },

  'auth.level': {
    type: ['anonymous', 'identify', 'impersonate', 'delegate', 'unknown'],
    means: 'TokenImpersonationLevel of AUTH_SUCCEEDED (level of the original token)',
  },
  'auth.token-user': { type: ['present', 'not-available', 'absent'], means: 'tokenUserName of the root element' },
  'auth.failed-event': { type: 'string', means: 'an AUTH_*_FAILED event name' },

  'redirect.to-itself': {
    type: 'boolean',
    means:
      'the answer redirects the browser to the address it had asked for; behind a proxy, by the scheme that the proxy names',
  },
  'rewrite.rule': { type: 'string', means: 'URL Rewrite rule that acted' },
  'rewrite.action': { type: ['rewrite', 'redirect', 'abort', 'status'], means: 'what the rule did' },
  'rewrite.target': { type: 'string', means: 'where the rule sent the request, query values withheld' },
  'rewrite.target-unfilled': {
    type: 'boolean',
    means:
      'the target holds a variable that was never filled in: in host or port, or in the form of ${…}, {R:1} or {HTTP_HOST}',
  },
  'backend.host': { type: 'string', means: 'host the request was forwarded to' },
  'backend.connected': { type: 'boolean', means: 'request headers reached the backend' },
  'backend.process': { type: 'string', means: 'program that FastCGI handed the request to' },
  'backend.kind': { type: ['arr', 'ancm', 'fastcgi', 'iisnode'], means: 'what forwarded the request' },

  'exception.origin': {
    type: ['aspnet', 'asp', 'php', 'iisnode', 'aspnetcore', 'iis', 'appcmd', 'msdeploy'],
    means: 'whose error page or stderr the exception text came from',
  },
  'exception.type': { type: 'string', means: 'exception type or error class' },
  'exception.message': { type: 'string', means: 'exception message, scrubbed' },
  'exception.refused-path': { type: 'string', means: 'the file or folder that the application was refused' },
  'exception.missing-type': {
    type: 'string',
    means: 'a type that an entry of the configuration names, such as a module, and that ASP.NET could not load',
  },
  'exception.assembly-version': {
    type: 'string',
    means: 'an assembly that is there in another version than the application asks for (0x80131040)',
  },
  'exception.assembly': { type: 'string', means: 'the .NET assembly that could not be loaded' },
  'exception.file': { type: 'string', means: 'source file named by the exception' },
  'exception.line': { type: 'number', means: 'source line named by the exception' },
  'exception.code': {
    type: 'string',
    means: 'error code that the exception text itself names: a fact of the application, not of IIS',
  },
  'exception.hidden': { type: 'boolean', means: 'the error page keeps its details back (customErrors)' },
  'aspnet.web-event': { type: 'number', means: 'ASP.NET web event code, e.g. 3005' },
  'aspnet.phase': {
    type: ['startup', 'parse', 'compile', 'page', 'handler'],
    means: 'what ASP.NET was doing when it failed',
  },
  'ancm.failure': { type: 'string', means: 'failure text or file of an ANCM event' },

  'open-step': { type: 'string', means: 'a step with START but no END when the trace stopped' },
  'slow.step': { type: 'string', means: 'the step that took most of the time' },
  'slow.kind': {
    type: ['application-start', 'page-code', 'script-call', 'backend', 'client', 'upload', 'other'],
    means: 'what kind of step took the time',
  },
  'slow.ms': { type: 'number', means: 'milliseconds that step took' },
  'slow.share': { type: 'number', means: 'its share of the whole time, 0 to 1' },
  'slow.where': { type: 'string', means: 'file, line or statement of the slow step' },

  'trace.heads': {
    type: 'list',
    means: 'statuses of the start tags in a copy that holds no event; several logs may be pasted one after another',
  },
  'trace.events': { type: 'number', means: 'complete events read' },
  'trace.starts-in-the-middle': { type: 'boolean', means: 'the log has no GENERAL_REQUEST_START' },
  'trace.ends': { type: 'boolean', means: 'the log has the GENERAL_REQUEST_END of the parent request' },
  'trace.client-gone': { type: 'boolean', means: 'the client closed the connection before the answer was sent' },
} as const satisfies Record<string, Term>;
