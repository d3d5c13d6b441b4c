import type { EvidenceKind, Reading } from '../evidence.js';
import { type FactPlace, ObservationCollector } from '../gather.js';
import { attribute, decodeMarkup, findElement, findElements, rootElementOf, textOf } from '../markup.js';
import { isPoolSid, nameOfSid, sid } from '../sids.js';
import { isPoolName } from '../vocabulary/identifiers.js';

const namespace = 'schemas.microsoft.com/win/2004/08/events/event';

/** One Windows event, the fields that matter here. */
interface WindowsEvent {
  number: number;
  id: number;
  provider: string;
  time?: string;
  computer?: string;
  data: Map<string, string>;
  /** Values of `<Data>` without a name, in order: classic events such as SceCli 1202. */
  plain: string[];
  /** The sentence, where the exporter rendered it. */
  message?: string;
}

/**
 * Reads exported Windows events: what wevtutil, Event Viewer and Get-WinEvent's ToXml() give. FREB logs use the same
 * namespace for their events; there the root decides, here also the provider.
 */
export function readWindowsEvents(file: string, text: string): Reading | null {
  const root = rootElementOf(text);
  if (root?.name !== 'Events' && root?.name !== 'Event') return null;
  if (!text.includes(namespace) && !/<Provider\b/.test(text)) return null;
  return readEventElements(file, text, 'event-export');
}

/** The events in a text, with or without a root element around them. Null when none is a Windows event. */
export function readEventElements(file: string, text: string, kind: EvidenceKind): Reading | null {
  const gather = new ObservationCollector();
  const events: WindowsEvent[] = [];
  let count = 0;
  let logons = 0;
  let computer: string | undefined;
  for (const event of eventsIn(text)) {
    count++;
    computer ??= event.computer;
    withhold(gather, event);
    if (event.id === 4672 && holdsRight(event.data.get('PrivilegeList'))) logons++;
    if (isTelling(event) && gather.hasRoom(events.length, 'events about rights, policies and pools'))
      events.push(event);
  }
  if (count === 0) return null;
  gather.add('events.count', count);
  if (computer) gather.add('computer.name', computer.split('.')[0]!, { field: 'Computer', raw: computer });
  observeAudit(gather, events);
  if (logons > 0) gather.add('logon.with-right', logons);
  observePolicy(gather, events);
  return gather.reading(file, kind, 'windows-events');
}

/** An event that one of the rules below reads. */
function isTelling({ id, provider, data }: WindowsEvent): boolean {
  if (id === 4704 || id === 4705) return holdsRight(data.get('PrivilegeList'));
  return /scecli|(^|-)WAS$|W3SVC-WP$/i.test(provider);
}

function* eventsIn(text: string): Generator<WindowsEvent> {
  let number = 0;
  for (const found of findElements(text, 'Event')) {
    const system = findElement(found.inner, 'System')?.inner;
    const id = system && Number(textOf(system, 'EventID'));
    if (!system || !id) continue;
    number++;
    const data = new Map<string, string>();
    const plain: string[] = [];
    for (const item of findElements(found.inner, 'Data')) {
      const name = attribute(item.attributes, 'Name');
      const value = decodeMarkup(item.inner).trim();
      if (name) data.set(name, value);
      else plain.push(value);
    }
    // Classic events carry their text only where the exporter rendered it.
    const message = textOf(found.inner, 'Message');
    const stamp = attribute(findElement(system, 'TimeCreated')?.attributes ?? '', 'SystemTime');
    yield {
      number,
      id,
      provider: attribute(findElement(system, 'Provider')?.attributes ?? '', 'Name') ?? '',
      time: stamp && isoSecond(stamp),
      computer: textOf(system, 'Computer') || undefined,
      data,
      plain,
      message,
    };
  }
}

/** `2015-10-02T22:08:07.136050600Z` to whole seconds; undefined when it is no such time. */
function isoSecond(stamp: string): string | undefined {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z?$/.exec(stamp.trim());
  return found ? `${found[1]}Z` : undefined;
}

/** 4704 and 4705: a right was assigned to, or removed from, `TargetSid`. `PrivilegeList` holds constants. */
function observeAudit(gather: ObservationCollector, events: readonly WindowsEvent[]): void {
  const changes = events.filter((e) => (e.id === 4704 || e.id === 4705) && holdsRight(e.data.get('PrivilegeList')));
  let iis: { removed: boolean; place: FactPlace } | undefined;
  const inOrder = [...changes].sort((a, b) => (a.time ?? '').localeCompare(b.time ?? ''));
  for (const event of inOrder) {
    const target = (event.data.get('TargetSid') ?? '').toUpperCase();
    // A domain account's SID is somebody; the well-known ones and pools are not.
    const shown = nameOfSid(target) || isPoolSid(target) ? [target] : [];
    if (shown.length === 0) gather.keepBack(target);
    const place = { event: event.number, eventName: `Security ${event.id}`, field: 'TargetSid' };
    gather.add(event.id === 4705 ? 'audit.right-removed' : 'audit.right-added', shown, place);
    if (event.time) gather.add('audit.time', event.time, { ...place, field: 'TimeCreated' });
    const self = event.data.get('SubjectUserSid') === sid.localSystem;
    gather.add('audit.by-policy', self, { ...place, field: 'SubjectUserSid' });
    if (target === sid.iisIusrs) iis = { removed: event.id === 4705, place: { ...place, raw: target } };
  }
  if (iis) gather.add('audit.iis-iusrs-removed', iis.removed, iis.place);
}

function holdsRight(list: string | undefined): boolean {
  return (list ?? '').split(/\s+/).includes('SeImpersonatePrivilege');
}

/** SceCli 1202 (policy applied with a warning, its code in the text), 1704 (applied), and WAS events about pools. */
function observePolicy(gather: ObservationCollector, events: readonly WindowsEvent[]): void {
  for (const event of events) {
    const place = { event: event.number, eventName: `${event.provider} ${event.id}` };
    if (/scecli/i.test(event.provider) && event.id === 1202) {
      const code = /\b0x[0-9a-f]{1,8}\b/i.exec(
        [...event.plain, ...event.data.values(), event.message ?? ''].join(' '),
      )?.[0];
      gather.add('policy.warning', code?.toLowerCase() ?? 'unknown', { ...place, field: 'EventData' });
    } else if (/scecli/i.test(event.provider) && event.id === 1704 && event.time)
      gather.add('policy.applied', event.time, place);
    else if (/W3SVC-WP$/i.test(event.provider) && (event.id === 2280 || event.id === 2282))
      gather.add('worker.module-event', event.id, { ...place, field: 'EventID' });
    else if (/(^|-)WAS$/i.test(event.provider) && event.id >= 5002 && event.id <= 5059) {
      const pool = poolIn(event);
      gather.add('pool.event', pool ? `${event.id} ${pool}` : String(event.id), {
        ...place,
        field: 'AppPoolID',
        raw: pool ?? 'not given',
      });
    }
  }
}

/** The pool a WAS event is about: its own field, or the first of the fields without a name. The message is no name. */
function poolIn(event: WindowsEvent): string | undefined {
  const name = event.data.get('AppPoolID') ?? event.data.get('AppPoolId') ?? event.plain[0];
  return name !== undefined && isPoolName(name) ? name : undefined;
}

/** People in these events: who did it, who logged on. Computer accounts end in `$` and are no people. */
function withhold(gather: ObservationCollector, event: WindowsEvent): void {
  for (const field of ['SubjectUserName', 'TargetUserName', 'IpAddress']) {
    const value = event.data.get(field);
    if (value && !value.endsWith('$') && !/^(SYSTEM|LOCAL SERVICE|NETWORK SERVICE)$/i.test(value))
      gather.keepBack(value);
  }
}
