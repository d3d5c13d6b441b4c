import { boundField } from '../../bounded.js';
import type { FactPlace, ObservationCollector } from '../../gather.js';
import { shortProvider, type WindowsEvent } from '../windows-event.js';
import type { EventFacts } from './event-facts.js';
import { readEventFacts } from './read-event-facts.js';
import { shownWords } from './shown-words.js';

const observationOf = {
  pool: 'event.pool',
  code: 'event.code',
  process: 'event.process',
  file: 'event.file',
  service: 'event.service',
  account: 'event.account',
  webCode: 'event.web-code',
  logonType: 'event.logon-type',
  alert: 'event.alert',
  exceptionType: 'exception.type',
  exceptionMessage: 'exception.message',
  refusedPath: 'exception.refused-path',
  application: 'event.application',
  method: 'event.method',
  url: 'event.url',
} as const satisfies Record<keyof EventFacts, string>;

/** What the fields are called where people see them. */
const fieldNames: Record<keyof EventFacts, string> = {
  pool: 'AppPoolID',
  code: 'ErrorCode',
  process: 'Process',
  file: 'File',
  service: 'Service',
  account: 'Account',
  webCode: 'Event code',
  logonType: 'LogonType',
  alert: 'AlertDesc',
  exceptionType: 'Exception type',
  exceptionMessage: 'Exception message',
  refusedPath: 'Exception message',
  application: 'Application Path',
  method: 'Stack trace',
  url: 'Request path',
};

/** The same event again: first and last time and how often, instead of all its facts again. */
interface NewestEvent {
  event: WindowsEvent;
  facts: EventFacts;
  times: string[];
  count: number;
}

/** Different events of one number that are kept, because a page that fails a thousand ways must not hide the crash behind it. */
const mostOfOneNumber = 200;

/** Collects what each event says; one that says the same as one before it only counts. */
export class EventFactCollector {
  readonly #seen = new Map<string, NewestEvent>();
  readonly #ofNumber = new Map<string, number>();

  add(event: WindowsEvent, gather: ObservationCollector): void {
    const number = JSON.stringify([shortProvider(event.provider), event.id]);
    const different = this.#ofNumber.get(number) ?? 0;
    // What comes in too many ways is counted together from then on.
    const facts = different < mostOfOneNumber ? readEventFacts(event) : {};
    const key = `${number} ${JSON.stringify(facts)}`;
    const known = this.#seen.get(key);
    if (known) {
      known.count++;
      if (event.time) known.times.push(event.time);
    } else if (gather.hasRoom(this.#seen.size, 'different events')) {
      this.#ofNumber.set(number, different + 1);
      this.#seen.set(key, { event, facts, times: event.time ? [event.time] : [], count: 1 });
    }
  }

  /** Adds the observations of each different event: all of one event carry its number. */
  observe(gather: ObservationCollector): void {
    for (const { event, facts, times, count } of this.#seen.values()) {
      const place = placeOf(event);
      gather.add('event.provider', event.provider, { ...place, field: 'Provider' });
      if (event.id !== undefined) gather.add('event.id', event.id, { ...place, field: 'EventID' });
      times.sort();
      if (times[0] !== undefined) gather.add('event.time', times[0], { ...place, field: 'TimeCreated' });
      if (count > 1) gather.add('event.count', count, place);
      if (count > 1 && times.length > 1)
        gather.add('event.last-time', times.at(-1)!, { ...place, field: 'TimeCreated' });
      for (const [name, value] of Object.entries(facts) as [keyof EventFacts, never][])
        if (value !== undefined) gather.add(observationOf[name], value, { ...place, field: fieldNames[name] });
      const words = boundField(shownWords(event, facts)).trim();
      if (words !== '') gather.add('event.message', words, { ...place, field: 'Message' });
    }
  }
}

/** Where the facts of an event are. A proof names an event only as the text does. */
function placeOf({ number, provider, id, headless }: WindowsEvent): FactPlace {
  if (headless) return { event: number };
  return { event: number, eventName: [provider, id].filter(Boolean).join(' ') };
}
