import type { Observation } from '../../evidence/evidence.js';
import { iisHolders, sid, sidOfName } from '../../evidence/sids.js';
import type { JudgedReading } from '../judged-reading.js';
import { formatValue } from '../reading-facts.js';

/** True for a list that is in force on a computer, not one that a policy would set. */
export function isEffectiveList({ facts }: JudgedReading): boolean {
  if (!facts.has('right.holders')) return false;
  if (facts.reading.kind === 'rights-export') return facts.reading.origin === 'machine';
  return facts.has('right.winning-gpo') || (facts.reading.kind === 'token-listing' && !facts.has('token.whose'));
}

/** True when the file shows that no policy sets the right. */
export function isSetByNoPolicy({ facts }: JudgedReading): boolean {
  if (facts.flag('right.defined') !== false) return false;
  return (
    (facts.reading.kind === 'policy-report' && facts.flag('right.reported') === true && !facts.has('right.gpo')) ||
    facts.reading.origin === 'merged-policy'
  );
}

/** True when a built-in identity holds the right through one of these holders (processModel documentation, KB 981949). */
export function holdsThrough(identity: string, holders: readonly string[]): boolean {
  const holderSids = new Set(holders.map((h) => sidOfName(h)));
  if (identity === 'LocalSystem') return true;
  if (identity === 'NetworkService' && holderSids.has(sid.networkService)) return true;
  if (identity === 'LocalService' && holderSids.has(sid.localService)) return true;
  return holderSids.has(sid.service);
}

/** Returns the SIDs of those wanted, by default of the five holders on a server with IIS, that a list lacks. */
export function missingHolders(holders: readonly string[], wanted: readonly string[] = iisHolders): string[] {
  const held = new Set(holders.map((holder) => sidOfName(holder)));
  return wanted.filter((id) => !held.has(id));
}

/** Returns a list as a template should have it: every present holder, and those of `wanted` that it lacks. */
export function completeList(holders: readonly string[], wanted: readonly string[] = iisHolders): string {
  return [...holders.map(formatTemplateHolder), ...missingHolders(holders, wanted).map((id) => `*${id}`)].join(',');
}

/** Returns a holder as a security template writes it: well-known accounts by SID, because their names are translated. */
function formatTemplateHolder(holder: string): string {
  const known = sidOfName(holder);
  return known === undefined ? holder : `*${known}`;
}

/** True for a list, or a single value, that names IIS_IUSRS. */
export function includesIisIusrs(value: Observation['value']): boolean {
  return (Array.isArray(value) ? value : [formatValue(value)]).some((v) => sidOfName(v) === sid.iisIusrs);
}
