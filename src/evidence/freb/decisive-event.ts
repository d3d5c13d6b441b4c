import { plainPath } from '../windows-path.js';
import { stageName } from './codes.js';
import { codeField, codeOf, codeText, errorStatus, isNoise } from './event-codes.js';
import type { RequestOutcome } from './final-status.js';
import type { FrebEvent } from './log/event.js';
import type { TraceObserver } from './trace-observer.js';
import { webErrors } from './web-events.js';

/**
 * Returns the event that decided the outcome: the first error status that equals the final one. The same status is often set
 * again later, and a module may replace the status of another.
 */
export function findDecisiveEvent(facts: TraceObserver, outcome: RequestOutcome): FrebEvent | null {
  const { status } = outcome;
  const abort = facts.last('ABORT_REQUEST_ACTION') ?? facts.last('ABORT_REQUEST_FROM_CACHE_ACTION');
  if (abort) return abort;
  const errors = facts.eventsNamed(errorStatus).map((e) => e.event);
  if (status === null) return errors.at(-1) ?? null;
  const alike = errors.filter((e) => e.decimal('HttpStatus') === status);
  const exact = alike.find((e) => (e.decimal('HttpSubStatus') ?? 0) === outcome.substatus);
  if (exact ?? alike[0]) return exact ?? alike[0]!;
  if (status >= 400) return decideWithoutStatus(facts, errors);
  // A status below 400 can hide a failure: ASP.NET reported an exception after the first bytes had left.
  return webErrors(facts)[0] ?? null;
}

/** Returns the next best event when none set the final status, because the rule did not trace request notifications. */
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
    .flatMap((name) => facts.eventsNamed(name).map((e) => e.event))
    .filter((e) => codeOf(e) !== null)
    .at(-1);
  return failed ?? webErrors(facts)[0] ?? warnings[0] ?? errors.at(-1) ?? null;
}

/** Adds what the decisive event says: module, stage, status, code and the file of a configuration error. */
export function observeDecisiveEvent(facts: TraceObserver, event: FrebEvent): void {
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

/** The path of the file, which is no longer than this, and the line; the message follows. */
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
  const file = plainPath(match[1]!);
  if (file) facts.add('decisive.config-file', file, event, 'ConfigExceptionInfo');
  if (Number(match[2]) > 0) facts.add('decisive.config-line', Number(match[2]), event, 'ConfigExceptionInfo');
  const message = info.slice(match[0].length).trim();
  if (message) facts.add('decisive.config-message', message, event, 'ConfigExceptionInfo');
}
