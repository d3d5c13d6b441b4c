import { hresult, saysClientGone } from './codes.js';
import { errorStatus } from './event-codes.js';
import { headersOf, offeredSchemes } from './headers.js';
import type { FrebEvent } from './log/event.js';
import type { TraceObserver } from './trace-observer.js';

/** Adds what was sent to the client, and whether the client was still there. */
export function observeResponse(facts: TraceObserver): void {
  const sent = facts.eventsNamed('GENERAL_RESPONSE_HEADERS').filter((e) => e.depth === 0);
  const event = (sent.at(-1) ?? facts.eventsNamed('GENERAL_RESPONSE_HEADERS').at(-1))?.event;
  facts.add('response.headers-sent', event !== undefined, event, event ? 'Headers' : undefined);
  if (event) {
    const offered = offeredSchemes(headersOf(event.get('Headers') ?? ''));
    if (offered.length > 0) facts.add('response.offers', offered, event, 'Headers');
  }
  const aborted =
    facts.eventsNamed('ABORT_REQUEST_ACTION').length + facts.eventsNamed('ABORT_REQUEST_FROM_CACHE_ACTION').length > 0;
  if (!aborted) observeClientGone(facts);
}

function observeClientGone(facts: TraceObserver): void {
  for (const name of [
    'GENERAL_FLUSH_RESPONSE_END',
    'GENERAL_READ_ENTITY_END',
    errorStatus,
    'ANCM_REQUEST_FORWARD_FAIL',
  ]) {
    for (const { event } of facts.eventsNamed(name)) {
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
 * True for a last flush that sent nothing: it fails when the client closed right after it had everything: no answer was lost.
 * Only a trace that shows bodies can tell such a flush from one whose content was not traced.
 */
function isEmptyFlush(facts: TraceObserver, end: FrebEvent): boolean {
  const showsBodies =
    facts.eventsNamed('GENERAL_RESPONSE_ENTITY_BUFFER').length +
      facts.eventsNamed('GENERAL_RESPONSE_ENTITY_FILE').length >
    0;
  return (
    showsBodies &&
    end.decimal('BytesSent') === 0 &&
    end.number > 1 &&
    facts.trace.event(end.number - 1).name === 'GENERAL_FLUSH_RESPONSE_START'
  );
}
