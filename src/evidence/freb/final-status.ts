import type { TraceObserver } from './trace-observer.js';

/** How a request ended. */
export interface RequestOutcome {
  status: number | null;
  substatus: number;
}

/**
 * Adds and returns how the request ended: what its last end says (child requests end before it), without one what the
 * start tag says.
 */
export function observeFinalStatus(facts: TraceObserver): RequestOutcome {
  const root = facts.trace.root.attributes;
  const [status, sub] = (root.get('statusCode') ?? '').split('.');
  const end = facts
    .eventsNamed('GENERAL_REQUEST_END')
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
