import { type FactPlace, ObservationCollector } from '../gather.js';
import type { Scrubber } from '../scrub/scrubber.js';
import type { ObservationName, ObservationValue } from '../vocabulary/index.js';
import type { FrebEvent } from './log/event.js';
import type { Trace, TraceEvent } from './trace.js';

/** The trace that the rules of one log look at, and the way of their observations to the gate. */
export class TraceObserver {
  readonly gather = new ObservationCollector();
  readonly trace: Trace;
  readonly #byName = new Map<string, TraceEvent[]>();
  readonly #bodies = new Set<string>();

  constructor(trace: Trace) {
    this.trace = trace;
    for (const entry of trace.events) {
      const list = this.#byName.get(entry.event.name);
      if (list) list.push(entry);
      else this.#byName.set(entry.event.name, [entry]);
    }
  }

  /** Counts withheld values; what is added as an observation passes the gate anyway. */
  get scrub(): Scrubber {
    return this.gather.scrub;
  }

  /** Returns the events of one name that say something about the outcome, in file order. */
  eventsNamed(name: string): readonly TraceEvent[] {
    return this.#byName.get(name) ?? [];
  }

  /** Returns the last of these events. */
  last(name: string): FrebEvent | undefined {
    return this.eventsNamed(name).at(-1)?.event;
  }

  /** Adds an observation that was read from a field of an event. */
  add<N extends ObservationName>(
    name: N,
    value: ObservationValue<N>,
    event?: FrebEvent,
    field?: string,
    raw?: string,
  ): void {
    const place: FactPlace = {};
    if (event) {
      place.event = event.number;
      place.eventName = event.name;
    }
    if (field) place.field = field;
    if (raw !== undefined && raw !== String(value)) place.raw = raw;
    this.gather.add(name, value, place);
  }

  /** Returns the numbers of the events that the verdict rests on: what set the status, and what took longest. */
  decisiveEvents(): number[] {
    const events = [this.gather.eventOf('decisive.event'), this.gather.eventOf('slow.step')];
    return [...new Set(events.filter((event) => event !== undefined))];
  }

  /** Counts a withheld body: one for what the client sent, one for what the server answered. */
  withholdBody(which: 'request' | 'response'): void {
    this.#bodies.add(which);
  }

  get withheld(): number {
    return this.gather.withheldTotal + this.#bodies.size;
  }
}
