import type { ObservationCollector } from '../../gather.js';
import { isPoolSid, isSid, nameOfSid, sidOfName } from '../../sids.js';
import type { WindowsEvent } from '../windows-event.js';
import { printAccount } from './account-print.js';
import { holdsRight } from './right-events.js';

interface Logon {
  event: WindowsEvent;
  /** The SID of a pool or a built-in account, else the print of an account. */
  account: string;
}

/** 4672, special privileges assigned to a new logon: whether an account gets the right. Of each account the newest logon counts. */
export class LogonCollector {
  readonly #newest = new Map<string, Logon>();
  #withRight = 0;

  add(event: WindowsEvent, gather: ObservationCollector): void {
    if (event.id !== 4672) return;
    if (holdsRight(event.data.get('PrivilegeList'))) this.#withRight++;
    const domain = event.data.get('SubjectDomainName') ?? '';
    const name = event.data.get('SubjectUserName') ?? '';
    const known = knownSid(event.data.get('SubjectUserSid') ?? '', domain, name);
    if (!known && name === '') return;
    const key = known ?? `${domain}\\${name}`.toUpperCase();
    const newest = this.#newest.get(key);
    if (newest ? (event.time ?? '') < (newest.event.time ?? '') : !gather.hasRoom(this.#newest.size, 'accounts'))
      return;
    const salt = JSON.stringify([event.time, event.data.get('SubjectLogonId')]);
    this.#newest.set(key, { event, account: known ?? printAccount(domain, name, salt) });
  }

  /** All facts of one logon carry the number of its event. */
  observe(gather: ObservationCollector): void {
    if (this.#withRight > 0) gather.add('logon.with-right', this.#withRight);
    for (const { event, account } of this.#newest.values()) {
      const place = { event: event.number, eventName: 'Security 4672' };
      gather.add('logon.account', account, { ...place, field: 'SubjectUserSid' });
      gather.add('logon.has-right', holdsRight(event.data.get('PrivilegeList')), { ...place, field: 'PrivilegeList' });
      if (event.time) gather.add('logon.time', event.time, { ...place, field: 'TimeCreated' });
    }
  }
}

/** The SID of an account that is not a person's: a pool's or a built-in one. */
function knownSid(id: string, domain: string, name: string): string | undefined {
  const value = isSid(id) ? id.toUpperCase() : (sidOfName(id) ?? sidOfName(`${domain}\\${name}`));
  return value !== undefined && (isPoolSid(value) || nameOfSid(value) !== undefined) ? value : undefined;
}

/**
 * The fields of a 4672 that only has its text: labels are translated; constants, SIDs and the order are not. Above the
 * privileges are the account as SID or name, its name, its domain and the logon ID.
 */
export function withLogonFields(event: WindowsEvent): WindowsEvent {
  if (event.id !== 4672 || event.data.size > 0 || event.message === undefined) return event;
  const lines = event.message.split('\n').map((line) => (line.length > 400 ? '' : line.trim()));
  const first = lines.findIndex((line) => privilege.test(line));
  const values = lines
    .slice(0, first < 0 ? lines.length : first)
    .map((line) => /^[^:：]{2,60}[:：]\s*(\S.*)$/.exec(line)?.[1]?.trim())
    .filter((value) => value !== undefined);
  const [id, name, domain, logon] = values.slice(-4);
  if (id === undefined || name === undefined || domain === undefined || !/^0x/i.test(logon ?? '')) return event;
  const privileges = first < 0 ? [] : lines.slice(first).flatMap((line) => privilege.exec(line)?.[1] ?? []);
  const data = new Map([
    ['SubjectUserSid', id],
    ['SubjectUserName', name],
    ['SubjectDomainName', domain],
    ['SubjectLogonId', logon!],
    ['PrivilegeList', privileges.join(' ')],
  ]);
  return { ...event, data };
}

/** A constant in its own line, the first behind its label. */
const privilege = /^(?:[^:：]{2,60}[:：]\s*)?(Se[A-Za-z]{3,60}Privilege)$/;
