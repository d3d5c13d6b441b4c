import { codeField, codeOf, codeText } from './event-codes.js';
import type { RequestOutcome } from './final-status.js';
import type { FrebEvent } from './log/event.js';
import type { TraceObserver } from './trace-observer.js';

/** Events known to have no error code; all others are read, unknown ones too. */
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

/** Adds every error code once, and the files that could not be opened. */
export function observeSeenCodes(facts: TraceObserver, outcome: RequestOutcome): void {
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
  // A piece of a log without a status shows where IIS looked, and often nothing else.
  if (routineMisses.has(code) && outcome.status !== 404 && outcome.status !== null) return;
  facts.add('code.file-open', code, event, 'ErrorCode', event.get('ErrorCode'));
  const path = start?.get('FileName');
  if (start && path) facts.add('file.requested', path.replace(/^\\\\\?\\/, ''), start, 'FileName');
}
