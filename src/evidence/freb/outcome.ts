import { findDecisiveEvent, observeDecisiveEvent } from './decisive-event.js';
import { errorStatus } from './event-codes.js';
import { observeFinalStatus, type RequestOutcome } from './final-status.js';
import type { FrebEvent } from './log/event.js';
import { observeResponse } from './response.js';
import { observeSeenCodes } from './seen-codes.js';
import type { TraceObserver } from './trace-observer.js';

/** Adds how the request ended, the event that decided it, and every error code on the way. Returns how it ended. */
export function observeOutcome(facts: TraceObserver): RequestOutcome {
  const outcome = observeFinalStatus(facts);
  observeResponse(facts);
  const decisive = findDecisiveEvent(facts, outcome);
  if (decisive) observeDecisiveEvent(facts, decisive);
  observeOverwritten(facts, outcome, decisive);
  observeSeenCodes(facts, outcome);
  return outcome;
}

/** Adds the error statuses that another status replaced. */
function observeOverwritten(facts: TraceObserver, outcome: RequestOutcome, decisive: FrebEvent | null): void {
  const seen = new Set<string>();
  for (const { event } of facts.eventsNamed(errorStatus)) {
    const status = event.decimal('HttpStatus');
    if (status === undefined || status === outcome.status || event === decisive) continue;
    const substatus = event.decimal('HttpSubStatus') ?? 0;
    const text = substatus ? `${status}.${substatus}` : `${status}`;
    if (seen.has(text)) continue;
    seen.add(text);
    facts.add('status-overwritten', text, event, 'HttpStatus');
  }
}
