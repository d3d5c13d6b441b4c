import type { FactPlace, ObservationCollector } from '../../gather.js';
import { isPoolSid, isSid, nameOfSid, sid, sidOfName } from '../../sids.js';
import { fieldOf, shortProvider, type WindowsEvent, wordsOf } from '../windows-event.js';
import { poolIn } from './pool.js';

/** The places of a 4704 or 4705 that only has its text: labels are translated, constants, SIDs and names are not. */
export function withRightFields(event: WindowsEvent): WindowsEvent {
  if ((event.id !== 4704 && event.id !== 4705) || event.data.size > 0 || event.message === undefined) return event;
  const lines = splitLabels(event.message).map((line) => (line.length > 400 ? '' : line));
  const right = lines.findIndex((line) => /^[^:]{2,60}:\s*SeImpersonatePrivilege\s*$/.test(line));
  if (right < 0) return event;
  const accounts = lines
    .slice(0, right)
    .map((line) => /^\s{0,40}[^:]{2,60}:\s*(\S.*)$/.exec(line)?.[1]?.trim())
    .filter((value): value is string => value !== undefined && !/^0x/i.test(value));
  // The account is above the right, the subject above the account: the last account before the right it is.
  const target = accounts.at(-1);
  const data = new Map([['PrivilegeList', 'SeImpersonatePrivilege']]);
  if (target !== undefined) data.set('TargetSid', asSid(target) ?? target);
  const subject = accounts.length > 1 ? asSid(accounts[0]!) : undefined;
  if (subject) data.set('SubjectUserSid', subject);
  const person = accounts.slice(0, -1).find((account) => asSid(account) === undefined);
  if (person) data.set('SubjectUserName', person);
  return { ...event, data };
}

/** A chat joins the lines of an event: each label begins a line again. */
function splitLabels(message: string): string[] {
  return message
    .slice(0, longestMessage)
    .replace(/[ \t]{1,40}(?=[A-Z][A-Za-z]{1,20}(?: [A-Z][A-Za-z]{1,20})?:[ \t])/g, '\n')
    .split('\n');
}

/** The text of such an event is short, in characters. */
const longestMessage = 4000;

function asSid(account: string): string | undefined {
  return isSid(account) ? account : sidOfName(account);
}

/** True for an event about who holds SeImpersonatePrivilege. */
function changesRight(event: WindowsEvent): boolean {
  return (event.id === 4704 || event.id === 4705) && holdsRight(event.data.get('PrivilegeList'));
}

export function holdsRight(list: string | undefined): boolean {
  return (list ?? '').split(/\s+/).includes('SeImpersonatePrivilege');
}

/** An event that `observeRights` or `observePolicies` reads. */
export function isAboutRights(event: WindowsEvent): boolean {
  return changesRight(event) || /^(?:scecli|was|w3svc-wp)$/.test(shortProvider(event.provider));
}

/** 4704 and 4705: a right was assigned to, or removed from, `TargetSid`. `PrivilegeList` holds constants. */
export function observeRights(gather: ObservationCollector, events: readonly WindowsEvent[]): void {
  let iis: { removed: boolean; place: FactPlace } | undefined;
  const inOrder = events.filter(changesRight).sort((a, b) => (a.time ?? '').localeCompare(b.time ?? ''));
  for (const event of inOrder) {
    const target = (event.data.get('TargetSid') ?? '').toUpperCase();
    // A domain account's SID may be a person's; the well-known ones and those of pools are not.
    const shown = nameOfSid(target) || isPoolSid(target) ? [target] : [];
    if (shown.length === 0) gather.countWithheld(target);
    const place = { event: event.number, eventName: `Security ${event.id}`, field: 'TargetSid' };
    gather.add(event.id === 4705 ? 'audit.right-removed' : 'audit.right-added', shown, place);
    if (event.time !== undefined) gather.add('audit.time', event.time, { ...place, field: 'TimeCreated' });
    const subject = event.data.get('SubjectUserSid');
    if (subject) gather.add('audit.by-policy', subject === sid.localSystem, { ...place, field: 'SubjectUserSid' });
    if (target === sid.iisIusrs) iis = { removed: event.id === 4705, place: { ...place, raw: target } };
  }
  if (iis) gather.add('audit.iis-iusrs-removed', iis.removed, iis.place);
}

/** SceCli 1202 (policy applied with a warning, its code in the text), 1704 (applied), and WAS events about pools. */
export function observePolicies(gather: ObservationCollector, events: readonly WindowsEvent[]): void {
  for (const event of events) {
    const provider = shortProvider(event.provider);
    const place = { event: event.number, eventName: `${event.provider} ${event.id}` };
    if (provider === 'scecli' && event.id === 1202) {
      const code = /\b0x[0-9a-f]{1,8}\b/i.exec(wordsOf(event))?.[0];
      gather.add('policy.warning', code?.toLowerCase() ?? 'unknown', { ...place, field: 'EventData' });
    } else if (provider === 'scecli' && event.id === 1704 && event.time?.endsWith('Z'))
      gather.add('policy.applied', event.time, place);
    else if (provider === 'w3svc-wp' && (event.id === 2280 || event.id === 2282))
      gather.add('worker.module-event', event.id, { ...place, field: 'EventID' });
    else if (provider === 'was' && event.id !== undefined && event.id >= 5002 && event.id <= 5059) {
      const pool = poolIn(event);
      gather.add('pool.event', pool ? `${event.id} ${pool}` : String(event.id), {
        ...place,
        field: 'AppPoolID',
        raw: pool ?? 'not given',
      });
    }
  }
}

/** People in these events: who did it, who logged on. Computer accounts end in `$` and are not people. */
export function withholdPeople(gather: ObservationCollector, event: WindowsEvent): void {
  for (const field of ['SubjectUserName', 'TargetUserName', 'IpAddress']) {
    const value = fieldOf(event, [field]);
    if (value && !value.endsWith('$') && !/^(SYSTEM|LOCAL SERVICE|NETWORK SERVICE)$/i.test(value))
      gather.countWithheld(value);
  }
}
