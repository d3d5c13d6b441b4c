import { hresult, saysClientGone, stageName } from './codes.js';
import { headersOf, offeredSchemes } from './headers.js';
import type { FrebEvent } from './log/event.js';
import type { TraceObserver } from './trace-observer.js';

/** How a request ended. */
export interface RequestOutcome {
  status: number | null;
  substatus: number;
}

const errorStatus = 'MODULE_SET_RESPONSE_ERROR_STATUS';

/** Facts about the end of the request and the event that decided it. */
export function observeOutcome(facts: TraceObserver): RequestOutcome {
  const outcome = finalStatus(facts);
  observeResponse(facts);
  const decisive = decide(facts, outcome);
  if (decisive) observeDecisive(facts, decisive);
  observeOverwritten(facts, outcome, decisive);
  observeCodes(facts, outcome);
  return outcome;
}

/** The last end of the request itself (child requests end before it); without one, what the start tag says. */
function finalStatus(facts: TraceObserver): RequestOutcome {
  const root = facts.trace.root.attributes;
  const [status, sub] = (root.get('statusCode') ?? '').split('.');
  const end = facts
    .named('GENERAL_REQUEST_END')
    .filter((e) => e.depth === 0)
    .at(-1)?.event;
  const seen = end?.decimal('HttpStatus');
  const outcome: RequestOutcome = { status: null, substatus: 0 };
  if (end && seen !== undefined && seen > 0) {
    outcome.status = seen;
    outcome.substatus = end.decimal('HttpSubStatus') ?? 0;
    facts.add('final-status', outcome.status, end, 'HttpStatus');
    facts.add('final-substatus', outcome.substatus, end, 'HttpSubStatus');
  } else if (status && /^\d{3}$/.test(status)) {
    outcome.status = Number(status);
    outcome.substatus = sub && /^\d{1,4}$/.test(sub) ? Number(sub) : 0;
    facts.add('final-status', outcome.status, undefined, 'statusCode');
    facts.add('final-substatus', outcome.substatus, undefined, 'statusCode');
  }
  const trigger = root.get('triggerStatusCode');
  if (trigger && trigger !== '0' && /^\d{3}(?:\.\d{1,4})?$/.test(trigger)) {
    facts.add('trigger-status', trigger, undefined, 'triggerStatusCode');
  }
  const reason = root.get('failureReason');
  if (reason) {
    const known = ['STATUS_CODE', 'TIME_TAKEN', 'EVENT_VERBOSITY_LEVEL', 'SERVER_VARIABLE'] as const;
    facts.add('failure-reason', known.find((k) => k === reason) ?? 'UNKNOWN', undefined, 'failureReason');
  }
  const sent = end?.decimal('BytesSent');
  if (sent !== undefined) facts.add('response.bytes-sent', sent, end, 'BytesSent');
  facts.add('trace.ends', end !== undefined, end);
  return outcome;
}

function observeResponse(facts: TraceObserver): void {
  const sent = facts.named('GENERAL_RESPONSE_HEADERS').filter((e) => e.depth === 0);
  const event = (sent.at(-1) ?? facts.named('GENERAL_RESPONSE_HEADERS').at(-1))?.event;
  facts.add('response.headers-sent', event !== undefined, event, event ? 'Headers' : undefined);
  if (event) {
    const offered = offeredSchemes(headersOf(event.get('Headers') ?? ''));
    if (offered.length > 0) facts.add('response.offers', offered, event, 'Headers');
  }
  const aborted =
    facts.named('ABORT_REQUEST_ACTION').length + facts.named('ABORT_REQUEST_FROM_CACHE_ACTION').length > 0;
  if (!aborted) observeClientGone(facts);
}

function observeClientGone(facts: TraceObserver): void {
  for (const name of [
    'GENERAL_FLUSH_RESPONSE_END',
    'GENERAL_READ_ENTITY_END',
    errorStatus,
    'ANCM_REQUEST_FORWARD_FAIL',
  ]) {
    for (const { event } of facts.named(name)) {
      const raw = event.get('ErrorCode');
      const code = hresult(raw);
      // A status set with "operation aborted" may also be the server's own doing; writing and reading is not.
      if (!saysClientGone(code) || (name === errorStatus && code === '0x800703e3')) continue;
      if (name === 'GENERAL_FLUSH_RESPONSE_END' && isEmptyFlush(facts, event)) continue;
      facts.add('trace.client-gone', true, event, 'ErrorCode', raw);
      return;
    }
  }
  for (const name of ['ANCM_INPROC_REQUEST_DISCONNECT', 'ASP_CLIENT_CONNECTION_DISCONNECTION']) {
    const event = facts.last(name);
    if (event) {
      facts.add('trace.client-gone', true, event);
      return;
    }
  }
}

/**
 * A last flush with nothing left to send fails when the client closed right after it had everything: no answer was lost.
 * Only a trace that shows bodies can tell such a flush from one whose content was not traced.
 */
function isEmptyFlush(facts: TraceObserver, end: FrebEvent): boolean {
  const showsBodies =
    facts.named('GENERAL_RESPONSE_ENTITY_BUFFER').length + facts.named('GENERAL_RESPONSE_ENTITY_FILE').length > 0;
  return (
    showsBodies &&
    end.decimal('BytesSent') === 0 &&
    end.number > 1 &&
    facts.trace.event(end.number - 1).name === 'GENERAL_FLUSH_RESPONSE_START'
  );
}

/**
 * The event that decided the outcome: the first error status that equals the final one. The same status is often set
 * again later, and a module may replace the status of another.
 */
function decide(facts: TraceObserver, outcome: RequestOutcome): FrebEvent | null {
  const { status } = outcome;
  const abort = facts.last('ABORT_REQUEST_ACTION') ?? facts.last('ABORT_REQUEST_FROM_CACHE_ACTION');
  if (abort) return abort;
  const errors = facts.named(errorStatus).map((e) => e.event);
  if (status === null) return errors.at(-1) ?? null;
  const alike = errors.filter((e) => e.decimal('HttpStatus') === status);
  const exact = alike.find((e) => (e.decimal('HttpSubStatus') ?? 0) === outcome.substatus);
  if (exact ?? alike[0]) return exact ?? alike[0]!;
  if (status >= 400) return decideWithoutStatus(facts, errors);
  // A status below 400 can hide a failure: ASP.NET reported an exception after the first bytes had left.
  return webErrors(facts)[0] ?? null;
}

/** ASP.NET web events that report an error: 3001 aborted, 3005 unhandled, 3006 parser, 3007 compilation, 3008 configuration. */
export function webErrors(facts: TraceObserver): FrebEvent[] {
  return facts
    .named('AspNetWebEventRaiseStart')
    .map((e) => e.event)
    .filter((e) => /^30(?:0[1-9]|1[0-2])$/.test(e.get('Data2') ?? ''));
}

/** No event set the final status, because the rule did not trace request notifications: the next best witness. */
function decideWithoutStatus(facts: TraceObserver, errors: readonly FrebEvent[]): FrebEvent | null {
  const warnings = facts.trace.events
    .map((e) => e.event)
    .filter(
      (e) =>
        e.level >= 1 &&
        e.level <= 3 &&
        e.name !== errorStatus &&
        !isNoise(e) &&
        !/^AspNetPageTrace|^LOG_FILE_MAX_SIZE_TRUNCATE$/.test(e.name),
    );
  const coded = warnings.find((e) => codeOf(e) !== null) ?? warnings.find((e) => e.level <= 2);
  if (coded) return coded;
  const failed = ['FILE_CACHE_ACCESS_END', 'URL_CACHE_ACCESS_END']
    .flatMap((name) => facts.named(name).map((e) => e.event))
    .filter((e) => codeOf(e) !== null)
    .at(-1);
  return failed ?? webErrors(facts)[0] ?? warnings[0] ?? errors.at(-1) ?? null;
}

function observeDecisive(facts: TraceObserver, event: FrebEvent): void {
  facts.add('decisive.event', event.name, event);
  const module = event.get('ModuleName');
  if (module) facts.add('decisive.module', module, event, 'ModuleName');
  const stage = stageName(event.get('Notification'), event.text('Notification'));
  if (stage) facts.add('decisive.notification', stage, event, 'Notification', event.get('Notification'));
  const status = event.decimal('HttpStatus');
  if (status !== undefined) facts.add('decisive.status', status, event, 'HttpStatus');
  const substatus = event.decimal('HttpSubStatus');
  if (substatus !== undefined) facts.add('decisive.substatus', substatus, event, 'HttpSubStatus');
  const code = codeOf(event);
  if (code) facts.add('decisive.code', code, event, codeField(event), codeText(event));
  const reason = event.get('HttpReason');
  if (reason) facts.add('decisive.reason', reason, event, 'HttpReason');
  observeConfig(facts, event);
  const next = facts.trace.events.find(
    (e) => e.event.number > event.number && e.event.name === 'SET_RESPONSE_ERROR_DESCRIPTION',
  )?.event;
  const described = next?.get('ErrorDescription');
  if (next && described && next.number <= event.number + 3) {
    facts.add('decisive.description', described, next, 'ErrorDescription');
  }
}

/** The file, which has no longer path than this, and the line; the message follows. */
const configException = /^(.{0,600}?)\s{0,4}\(\s{0,4}(\d{1,9})\)\s{0,4}:/;

/** `\\?\C:\site\web.config ( 8) :Cannot add duplicate collection entry …` */
function observeConfig(facts: TraceObserver, event: FrebEvent): void {
  const info = event.get('ConfigExceptionInfo')?.trim();
  if (!info) return;
  const match = configException.exec(info);
  if (!match) {
    facts.add('decisive.config-message', info, event, 'ConfigExceptionInfo');
    return;
  }
  const file = match[1]!.replace(/^\\\\\?\\UNC\\/i, '\\\\').replace(/^\\\\\?\\/, '');
  if (file) facts.add('decisive.config-file', file, event, 'ConfigExceptionInfo');
  if (Number(match[2]) > 0) facts.add('decisive.config-line', Number(match[2]), event, 'ConfigExceptionInfo');
  const message = info.slice(match[0].length).trim();
  if (message) facts.add('decisive.config-message', message, event, 'ConfigExceptionInfo');
}

function observeOverwritten(facts: TraceObserver, outcome: RequestOutcome, decisive: FrebEvent | null): void {
  const seen = new Set<string>();
  for (const { event } of facts.named(errorStatus)) {
    const status = event.decimal('HttpStatus');
    if (status === undefined || status === outcome.status || event === decisive) continue;
    const substatus = event.decimal('HttpSubStatus') ?? 0;
    const text = substatus ? `${status}.${substatus}` : `${status}`;
    if (seen.has(text)) continue;
    seen.add(text);
    facts.add('status-overwritten', text, event, 'HttpStatus');
  }
}

/** The warning with which FastCGI passes on what PHP wrote to stderr always says "Access is denied (5)". */
function isNoise(event: FrebEvent): boolean {
  return event.name === 'MODULE_WARNING' && event.get('ModuleName') === 'FastCgiModule';
}

/** Error code of an event, whatever its field is called; null for 0 and for noise. */
function codeOf(event: FrebEvent): string | null {
  return isNoise(event) ? null : hresult(codeText(event));
}

function codeText(event: FrebEvent): string | undefined {
  return event.get('ErrorCode') ?? event.get('HResult');
}

function codeField(event: FrebEvent): string {
  return event.get('ErrorCode') === undefined ? 'HResult' : 'ErrorCode';
}

/** Events known to have no error code; the others, unknown ones too, are asked. */
const withoutCode = new Set([
  'AspNetWebEventRaiseStart',
  'AUTH_SUCCEEDED',
  'FILE_CACHE_ACCESS_START',
  'FILTER_SET_REQ_HEADER',
  'GENERAL_CHILD_REQUEST_END',
  'GENERAL_CHILD_REQUEST_START',
  'GENERAL_ENDPOINT_INFORMATION',
  'GENERAL_REQUEST_END',
  'GENERAL_REQUEST_ENTITY',
  'GENERAL_REQUEST_HEADERS',
  'GENERAL_REQUEST_START',
  'GENERAL_RESPONSE_ENTITY_BUFFER',
  'GENERAL_RESPONSE_HEADERS',
  'GENERAL_SEND_CUSTOM_ERROR',
  'GENERAL_SET_REQUEST_HEADER',
  'GENERAL_STATIC_FILE_HANDLER',
  'HANDLER_CHANGED',
  'REWRITE_ACTION',
  'REDIRECT_ACTION',
  'RULE_EVALUATION_START',
]);

/** File lookups that find nothing are routine: every handler that needs no file asks for one. */
const routineMisses = new Set(['0x80070002', '0x80070003']);

function observeCodes(facts: TraceObserver, outcome: RequestOutcome): void {
  const seen = new Set<string>();
  let opened: FrebEvent | undefined;
  for (const { event } of facts.trace.events) {
    if (event.name === 'FILE_CACHE_ACCESS_START') opened = event;
    const lookup = event.name === 'FILE_CACHE_ACCESS_END' || event.name === 'URL_CACHE_ACCESS_END';
    const code = withoutCode.has(event.name) ? null : codeOf(event);
    if (code === null) continue;
    if (event.name === 'FILE_CACHE_ACCESS_END') observeFileOpen(facts, event, opened, code, outcome);
    if (seen.has(code) || (lookup && routineMisses.has(code) && outcome.status !== 404)) continue;
    seen.add(code);
    facts.add('code.seen', code, event, codeField(event), codeText(event));
  }
}

function observeFileOpen(
  facts: TraceObserver,
  event: FrebEvent,
  start: FrebEvent | undefined,
  code: string,
  outcome: RequestOutcome,
): void {
  if (routineMisses.has(code) && outcome.status !== 404) return;
  facts.add('code.file-open', code, event, 'ErrorCode', event.get('ErrorCode'));
  const path = start?.get('FileName');
  if (start && path) facts.add('file.requested', path.replace(/^\\\\\?\\/, ''), start, 'FileName');
}
