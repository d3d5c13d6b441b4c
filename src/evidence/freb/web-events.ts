import type { FrebEvent } from './log/event.js';
import type { TraceObserver } from './trace-observer.js';

/** Returns the ASP.NET web events that report an error: 3001 aborted, 3005 unhandled, 3006 parser, 3007 compilation, 3008 configuration. */
export function webErrors(facts: TraceObserver): FrebEvent[] {
  return facts
    .eventsNamed('AspNetWebEventRaiseStart')
    .map((e) => e.event)
    .filter((e) => /^30(?:0[1-9]|1[0-2])$/.test(e.get('Data2') ?? ''));
}
