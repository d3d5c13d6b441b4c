import { boundedField } from '../bounded.js';
import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { isPoolSid, nameOfSid, sid, sidOfName } from '../sids.js';

/**
 * Reads the text of a security event 4704 or 4705 as Event Viewer shows and copies it. Labels are translated; the number
 * of the event, the constant of the right and the account's SID or name identify. The date is local, so it is not read.
 */
export function readEventText(file: string, text: string): Reading | null {
  if (text.includes('<Event')) return null;
  const id = /^[^\n:]{2,40}:[ \t]{0,40}(4704|4705)[ \t]{0,40}$/m.exec(text)?.[1];
  const lines = text.split('\n');
  const right = lines.findIndex((l) => /^[^:]{2,60}:\s*SeImpersonatePrivilege$/.test(l.trimEnd()));
  if (!id || right < 0) return null;
  // The account stands above the right, the subject above the account: the last account before the right it is.
  const accounts = lines
    .slice(0, right)
    .map((l) => /^\s{1,40}[^:]{2,60}:\s*(\S.*)$/.exec(boundedField(l).trimEnd())?.[1])
    .filter((v): v is string => v !== undefined);
  const target = accounts.at(-1);
  const found = target === undefined ? undefined : sidOfName(target);
  const shown = found !== undefined && (nameOfSid(found) !== undefined || isPoolSid(found)) ? [found] : [];
  const gather = new ObservationCollector();
  const place = { event: 1, eventName: `Security ${id}`, field: 'TargetSid' };
  gather.add('events.count', 1);
  gather.add(id === '4705' ? 'audit.right-removed' : 'audit.right-added', shown, place);
  if (found === sid.iisIusrs) gather.add('audit.iis-iusrs-removed', id === '4705', { ...place, raw: found });
  const computer = /^[^\n:]{2,40}:[ \t]{0,40}([\w-]{1,63})(?:\.[\w.-]{1,200})?[ \t]{0,40}$/gm;
  const host = [...text.matchAll(computer)].find((m) =>
    /comput|server|コンピ|计算机|ordinat|equipo|компьют/i.test(m[0]),
  );
  if (host) gather.add('computer.name', host[1]!, { field: 'Computer' });
  for (const account of accounts)
    if (sidOfName(account) === undefined && !/^0x/i.test(account)) gather.keepBack(account);
  return gather.reading(file, 'fragment', 'windows-event-text');
}
