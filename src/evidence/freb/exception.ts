import { readAspNetPage } from '../pages/aspnet-html.js';
import { readAspOwnMessage, readAspPage } from '../pages/classic-asp.js';
import { readCorePage } from '../pages/dotnet.js';
import { type FoundException, missingAssembly } from '../pages/found-exception.js';
import { readIisPage } from '../pages/iis-body.js';
import { readNodePage } from '../pages/iisnode.js';
import { readPhpText } from '../pages/php.js';
import { responseBody } from './body.js';
import { hresult } from './codes.js';
import type { RequestOutcome } from './final-status.js';
import type { FrebEvent } from './log/event.js';
import type { TraceObserver } from './trace-observer.js';
import { webErrors } from './web-events.js';

/** Adds what failed inside an application: from error streams, the response body and ASP.NET's own events. */
export function observeException(facts: TraceObserver, outcome: RequestOutcome): void {
  observeWebEvents(facts);
  const stream = findInEvents(facts);
  if (stream) {
    addException(facts, stream.found, stream.event, stream.field);
    return;
  }
  const mayHaveFailed =
    (outcome.status ?? 0) >= 400 ||
    webErrors(facts).length > 0 ||
    facts.eventsNamed('GENERAL_RESPONSE_ENTITY_BUFFER').length > 0;
  if (!mayHaveFailed) return;
  const body = shouldReadBody(facts, outcome) ? responseBody(facts) : null;
  if (!body) return;
  if (body.compressed) {
    if ((outcome.status ?? 0) >= 400) facts.add('response.compressed-body', true, body.event, 'Buffer');
    return;
  }
  const found =
    readAspNetPage(body.text) ??
    readAspPage(body.text) ??
    readNodePage(body.text) ??
    readPhpText(body.text) ??
    readCorePage(body.text) ??
    (ranClassicAsp(facts) && (outcome.status ?? 0) >= 500 ? readScriptError(facts, body.text) : null) ??
    readIisPage(body.text);
  if (!found) return;
  if ((outcome.status ?? 0) < 400 && !provesFailure(facts, found)) return;
  addException(facts, correctOrigin(facts, found), body.event, 'Buffer');
}

function ranClassicAsp(facts: TraceObserver): boolean {
  return /[\\/]asp\.dll$/i.test(facts.last('CALL_ISAPI_EXTENSION')?.get('DllName') ?? '');
}

/** Returns the error that a classic ASP page printed after it caught the error and set the status itself. */
function readScriptError(facts: TraceObserver, body: string): FoundException | null {
  const found = readAspOwnMessage(body);
  const file = facts.last('FILE_CACHE_ACCESS_START')?.get('FileName');
  return found && file && /\.asp$/i.test(file) ? { ...found, file } : found;
}

/** True for an error page. A page of 200 is read only when an event or module says that it hides a failure. */
function shouldReadBody(facts: TraceObserver, outcome: RequestOutcome): boolean {
  if ((outcome.status ?? 0) >= 400 || webErrors(facts).length > 0) return true;
  return /\biisnode\b/.test(facts.last('HANDLER_CHANGED')?.get('NewHandlerModules') ?? '');
}

/** True when events confirm a failure under a success status: text alone proves nothing, a page may quote an exception. */
function provesFailure(facts: TraceObserver, found: FoundException): boolean {
  return webErrors(facts).length > 0 || (found.origin === 'iisnode' && found.codes !== undefined);
}

/** Returns the exception; a plain .NET text gets the origin of the module that handled the request. */
function correctOrigin(facts: TraceObserver, found: FoundException): FoundException {
  if (found.origin !== 'aspnetcore') return found;
  const modules = facts.last('HANDLER_CHANGED')?.get('NewHandlerModules') ?? '';
  const setter = facts.last('MODULE_SET_RESPONSE_ERROR_STATUS')?.get('ModuleName') ?? '';
  const isCore = /AspNetCoreModule|ApplicationRequestRouting/.test(`${modules},${setter}`);
  return isCore || !/ManagedPipelineHandler|AspNet/.test(`${modules},${setter}`)
    ? found
    : { ...found, origin: 'aspnet' };
}

function observeWebEvents(facts: TraceObserver): void {
  const { trace } = facts;
  const errors = webErrors(facts);
  for (const event of errors) facts.add('aspnet.web-event', Number(event.get('Data2')), event, 'Data2');
  // A flush that sent bytes fixes the status; what ASP.NET reports later can no longer change it.
  const flushed = facts
    .eventsNamed('GENERAL_FLUSH_RESPONSE_END')
    .find(({ event }) => event.number < (errors[0]?.number ?? 0) && event.get('BytesSent') !== '0')?.event;
  if (flushed) facts.add('response.flushed-before-exception', true, flushed, 'BytesSent');
  const setter = facts.last('MODULE_SET_RESPONSE_ERROR_STATUS');
  const isOpen = (enter: string, leave: string): boolean => trace.count(enter) > trace.count(leave);
  const code = errors.length > 0 ? Number(errors[0]!.get('Data2')) : 0;
  const startup = facts
    .eventsNamed('MODULE_SET_RESPONSE_ERROR_STATUS')
    .find((e) => e.event.get('ModuleName') === 'AspNetInitializationExceptionModule')?.event;
  if (startup) facts.add('aspnet.phase', 'startup', startup, 'ModuleName');
  else if (code === 3007 || isOpen('AspNetCompileEnter', 'AspNetCompileLeave'))
    facts.add('aspnet.phase', 'compile', errors[0]);
  else if (code === 3006 || isOpen('AspNetParseEnter', 'AspNetParseLeave'))
    facts.add('aspnet.phase', 'parse', errors[0]);
  else if (errors.length > 0 || setter?.get('ModuleName') === 'ManagedPipelineHandler') {
    if (trace.count('AspNetPagePreInitEnter') > 0) facts.add('aspnet.phase', 'page', errors[0] ?? setter);
    else if (trace.count('AspNetHttpHandlerEnter') > 0) facts.add('aspnet.phase', 'handler', errors[0] ?? setter);
  }
}

/** Reads error streams and events that carry the text themselves, without any page. */
function findInEvents(facts: TraceObserver): { found: FoundException; event: FrebEvent; field: string } | null {
  for (const { event } of facts.trace.events) {
    if (/^MODULE_(?:WARNING|ERROR|CRITICAL_ERROR)$/.test(event.name)) {
      for (const field of ['Data2', 'Data1']) {
        const found = readPhpText(event.get(field) ?? '');
        if (found) return { found, event, field };
      }
    }
    if (event.name === 'ASP_LOG_ERROR') {
      const line = event.decimal('LineNumber');
      const code = hresult(event.get('ErrorCode'));
      return {
        event,
        field: 'Description',
        found: {
          origin: 'asp',
          message: event.get('Description'),
          file: event.get('FilePath') ?? event.get('FileName'),
          ...(line ? { line } : {}),
          ...(code ? { codes: [code] } : {}),
        },
      };
    }
    if (event.name === 'ANCM_EXCEPTION_CAUGHT') {
      const message = event.get('Description');
      if (message) return { event, field: 'Description', found: { origin: 'aspnetcore', message } };
    }
  }
  return null;
}

function addException(facts: TraceObserver, found: FoundException, event: FrebEvent, field: string): void {
  facts.add('exception.origin', found.origin, event, field);
  if (found.type) facts.add('exception.type', found.type, event, field);
  if (found.message) facts.add('exception.message', found.message, event, field);
  const assembly = missingAssembly(found.type, found.message);
  if (assembly) facts.add('exception.assembly', assembly, event, field);
  if (found.file) facts.add('exception.file', found.file, event, field);
  if (found.line) facts.add('exception.line', found.line, event, field);
  for (const code of found.codes ?? []) facts.add('exception.code', code, event, field);
  if (found.hidden) facts.add('exception.hidden', true, event, field);
}
