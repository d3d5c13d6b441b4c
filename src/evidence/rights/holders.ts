import type { FactPlace, ObservationCollector } from '../gather.js';
import { iisHolders, isPoolSid, isSid, poolOfName, sid, sidOfName, usualPoolOfSid } from '../sids.js';

/** One holder of a right: the text as the file has it, and the SID where the text is one or names a well-known account. */
export interface RightHolder {
  text: string;
  sid?: string;
}

/** Splits `*S-1-5-19,*S-1-5-20,Guest`, or `Administrators, LOCAL SERVICE`, into holders. Empty parts do not count. */
export function* parseHolders(list: string): Generator<RightHolder> {
  const comma = /[,;]/g;
  for (let at = 0; at < list.length; ) {
    comma.lastIndex = at;
    const end = comma.exec(list)?.index ?? list.length;
    const part = list
      .slice(at, end)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    if (part !== '') yield holder(part);
    at = end + 1;
  }
}

/** Words behind a SID are a remark of who wrote the line. */
const sidAlone = /^\*?S-1-\d+(?:-\d+)+(?=\s)/i;

/** Returns a holder by its name or SID. */
export function holder(written: string): RightHolder {
  const text = sidAlone.exec(written)?.[0] ?? written;
  return { text, sid: sidOfName(text) };
}

/** True for a name of an unknown language without an authority: it may be SERVICE or Administrators. */
export function mayBeTranslated({ text, sid: known }: RightHolder): boolean {
  return known === undefined && !text.includes('\\') && /[^\x20-\x7e]/.test(text);
}

/**
 * Adds what a list of holders of SeImpersonatePrivilege says. In a list written in names, a name of an unknown language may
 * well be SERVICE or Administrators: then only IIS_IUSRS, which is never translated, is called missing.
 */
export function observeHolders(gather: ObservationCollector, holders: readonly RightHolder[], place: FactPlace): void {
  const present = new Set(holders.map((h) => h.sid).filter((s): s is string => s !== undefined));
  const unclear = holders.some(mayBeTranslated);
  gather.add('right.defined', true, place);
  gather.add(
    'right.holders',
    holders.map((h) => h.text),
    place,
  );
  gather.add('right.holds-iis-iusrs', present.has(sid.iisIusrs), place);
  if (present.has(sid.service) || !unclear) gather.add('right.holds-service', present.has(sid.service), place);
  const pools = holders.filter((h) => poolOfName(h.text) !== undefined || (h.sid && isPoolSid(h.sid)));
  if (pools.length > 0)
    gather.add(
      'right.holds-pool',
      pools.map((h) => h.text.replace(/^\*/, '')),
      place,
    );
  const missing = iisHolders.filter((s) => !present.has(s) && (s === sid.iisIusrs || !unclear));
  if (missing.length > 0) gather.add('right.missing', missing, place);
  if (holders.length === 0) gather.add('right.nobody', true, place);
}

/** Local accounts that the setup of IIS 5 and 6 made; upgrades keep them on the lists. */
const setupAccounts = /^(?:[\w-]{1,15}\\)?(?:ASPNET|(?:IUSR|IWAM)_[\w-]{1,15})$/i;

/** True when a list of holders of any right shows that IIS is set up: IIS_IUSRS or an application pool is in it. */
export function showsIis(holders: readonly RightHolder[]): boolean {
  return holders.some(
    (h) =>
      setupAccounts.test(h.text) ||
      h.sid === sid.iisIusrs ||
      poolOfName(h.text) !== undefined ||
      (h.sid !== undefined && isPoolSid(h.sid)),
  );
}

/** Returns the names of pools in a list of holders, SIDs resolved where IIS itself created the pool. */
export function poolsIn(holders: readonly RightHolder[]): string[] {
  return holders
    .map((h) => poolOfName(h.text) ?? (isSid(h.text) ? usualPoolOfSid(h.text) : undefined))
    .filter((p): p is string => p !== undefined);
}
