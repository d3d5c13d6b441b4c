import type { Damage, Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { rootElementOf } from '../markup.js';
import { isKnownChannel } from './evtx/channels.js';
import { EventLogFile } from './evtx/event-log.js';
import { EventFactCollector } from './facts/fact-collector.js';
import { LogonCollector, withLogonFields } from './facts/logons.js';
import {
  isAboutRights,
  observePolicies,
  observeRights,
  withholdPeople,
  withRightFields,
} from './facts/right-events.js';
import { findBareEvents } from './forms/bare-events.js';
import { findErrorReport } from './forms/error-report.js';
import { findCsvEvents, findListedEvents } from './forms/event-table.js';
import { findTextEvents } from './forms/event-text.js';
import { findXmlEvents, withEventOpened, withoutFoldingSigns } from './forms/event-xml.js';
import { findNumberedEvents } from './forms/numbered-events.js';
import type { WindowsEvent } from './windows-event.js';

const namespace = 'schemas.microsoft.com/win/2004/08/events/event';

/** Printed events take a kilobyte each; a longer text is some other log. In characters. */
const longestText = 20_000_000;

/** A part of one event is short. In characters. */
const longestPart = 64_000;

/** What may be above pasted XML: a sentence or two, in characters. */
const longestLead = 2000;

/**
 * Reads exported Windows events as XML: what wevtutil, Event Viewer, ToXml() and Azure's eventlog.xml give. FREB logs use
 * the same namespace for their events; there the root decides, here also the provider.
 */
export function readWindowsEvents(file: string, text: string): Reading | null {
  const at = text.slice(0, longestLead).search(/<(?:\?xml|Events?)[\s>]/);
  const plain = withoutFoldingSigns(at < 0 ? text : text.slice(at));
  const markup = at < 0 ? withEventOpened(plain.slice(0, longestPart)) : plain;
  if (markup === undefined) return null;
  const root = rootElementOf(markup);
  if (root?.name !== 'Events' && root?.name !== 'Event') return null;
  // A head in words above the XML is Event Viewer's copied text, which holds the sentence too.
  if (at > 0 && findTextEvents(text.slice(0, at)).length > 0) return null;
  if (!markup.includes(namespace) && !/<Provider\b/.test(markup)) return null;
  return readEvents(file, findXmlEvents(markup), 'windows-events');
}

/** Reads Windows events as text: copied from Event Viewer, printed by wevtutil or PowerShell, or saved as CSV. */
export function readEventText(file: string, text: string): Reading | null {
  const head = text.slice(0, longestLead).trimStart();
  if (/^<(?!Event)/.test(head) || text.length > longestText) return null;
  for (const [find, form] of [
    [findErrorReport, 'windows-error-report'],
    [findListedEvents, 'windows-event-list'],
    [findTextEvents, 'windows-event-text'],
    [findCsvEvents, 'windows-event-csv'],
  ] as const) {
    const events = find(text);
    if (events.length > 0) return readEvents(file, events, form);
  }
  const bare = findBareEvents(text);
  return bare.length > 0 ? readEvents(file, bare, 'windows-event-message') : null;
}

/** Reads the events that a post names by their numbers alone, where it holds no more of them. */
export function readEventNumbers(file: string, text: string): Reading | null {
  if (text.length > longestPart) return null;
  const events = findNumberedEvents(text);
  return events.length > 0 ? readEvents(file, events, 'windows-event-number') : null;
}

/** Names of other logs told at most. */
const otherLogsTold = 5;

/**
 * Reads a binary event log (.evtx): what is on the server, or what Event Viewer saves first of all. Null when not one
 * event or record is in it. Events of logs that do not concern IIS are only counted.
 */
export function readEventLog(file: string, bytes: Uint8Array): Reading | null {
  const log = new EventLogFile(bytes);
  const gather = new ObservationCollector();
  const others = new Set<string>();
  let leftOut = 0;
  function* knownEvents() {
    for (const event of log.events()) {
      if (isKnownChannel(event.channel)) yield event;
      else {
        leftOut++;
        if (others.size < otherLogsTold) others.add(event.channel!);
      }
    }
  }
  const count = gatherEvents(gather, knownEvents());
  if (count + leftOut + log.damaged === 0 && log.cutOff) return null;
  if (count === 0) gather.add('events.count', 0);
  if (log.damaged > 0) gather.add('events.damaged', log.damaged);
  if (log.unfinished) gather.add('reading.first-of', 'events');
  if (leftOut > 0) {
    gather.add('events.left-out', leftOut);
    gather.add('events.other-logs', [...others]);
  }
  const damage: Damage[] = log.cutOff ? ['cut-off'] : [];
  if (log.damaged > 0) damage.push('malformed');
  return gather.toReading(file, 'event-export', 'windows-evtx', { damage });
}

function readEvents(file: string, events: Iterable<WindowsEvent>, form: string): Reading | null {
  const gather = new ObservationCollector();
  return gatherEvents(gather, events) === 0 ? null : gather.toReading(file, 'event-export', form);
}

/** Collects the facts of the events, and returns how many there were. */
function gatherEvents(gather: ObservationCollector, events: Iterable<WindowsEvent>): number {
  const collector = new EventFactCollector();
  const logons = new LogonCollector();
  const telling: WindowsEvent[] = [];
  let count = 0;
  let computer: string | undefined;
  for (const found of events) {
    const event = withLogonFields(withRightFields(found));
    count++;
    computer ??= event.computer;
    withholdPeople(gather, event);
    logons.add(event, gather);
    collector.add(event, gather);
    if (isAboutRights(event) && gather.hasRoom(telling.length, 'events about rights, policies and pools'))
      telling.push(event);
  }
  if (count === 0) return 0;
  gather.add('events.count', count);
  if (computer) gather.add('computer.name', computer.split('.')[0]!, { field: 'Computer', raw: computer });
  observeRights(gather, telling);
  logons.observe(gather);
  observePolicies(gather, telling);
  collector.observe(gather);
  return count;
}
