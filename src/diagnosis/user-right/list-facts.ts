import { isPoolSid, nameOfSid, sid, sidOfName } from '../../evidence/sids.js';
import type { JudgedReading } from '../judged-reading.js';
import { completeList, isEffectiveList, missingHolders } from './holders.js';

const lacksGroup = ({ facts }: JudgedReading) => facts.flag('right.holds-iis-iusrs') === false;

/** Returns the list of holders as it is, who is missing from it, and the line it should become. */
export function describeHolders(files: readonly JudgedReading[]): Record<string, string> {
  const lists = files.filter(({ facts }) => facts.has('right.holders'));
  // The machine's own list is nearer to the truth than what a policy or one pasted line says.
  const list =
    lists.find(({ facts }) => facts.reading.origin === 'machine') ??
    lists.find(isEffectiveList) ??
    lists.find(lacksGroup) ??
    lists[0];
  const holders = list?.facts.list('right.holders');
  if (!list || !holders) return {};
  const { kind, origin } = list.facts.reading;
  const isPolicy = kind === 'policy-report' || origin === 'template' || origin === 'merged-policy';
  const kept = isPolicy ? holders.filter((holder) => !isPoolSid(sidOfName(holder) ?? '')) : holders;
  return {
    holders: holders.join(', '),
    missing: missingHolders(holders).join(', '),
    line: completeList(kept),
    losers: describeLosers(missingHolders(holders)),
    ...(missingHolders(holders).length > 1 && { 'list.wanted': namesOf(missingHolders(holders)) }),
    ...(holders.some(isSpooler) && { 'list.kept': keptWithSpooler }),
    ...(kept.length < holders.length && { 'list.kept': keptWithoutPools }),
    ...(missingHolders(holders).includes(sid.service) && { 'missing.service': 'yes' }),
  };
}

/** Says which pools lose the right with a list that lacks these holders; every identity has it through others. */
function describeLosers(missing: readonly string[]): string {
  const group = missing.includes(sid.iisIusrs);
  const service = missing.includes(sid.service);
  if (group && service)
    return 'This list lacks IIS_IUSRS and SERVICE: pools with a custom account and with ApplicationPoolIdentity fail.';
  if (group)
    return 'This list lacks IIS_IUSRS: pools with a custom account fail; ApplicationPoolIdentity still has the right through SERVICE.';
  if (service)
    return 'This list lacks SERVICE and names IIS_IUSRS: pools keep the right through that group, unless manualGroupMembership keeps them out of it; Windows services with their own account lose it.';
  return 'This list names IIS_IUSRS and SERVICE, so pools have the right once they hold a new token.';
}

/** Returns `SERVICE and IIS_IUSRS`. */
function namesOf(sids: readonly string[]): string {
  const names = sids.map((one) => nameOfSid(one) ?? one);
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const keptWithSpooler = 'keep all accounts on the list; PrintSpoolerService belongs there since Server 2025';

/** A policy reaches other servers, which have other pools. */
const keptWithoutPools =
  'keep all accounts on the list but those of single pools (S-1-5-82-…), which do not belong in a GPO';

/** The print spooler, which Windows lists by itself since 11 24H2 and Server 2025. */
function isSpooler(holder: string): boolean {
  return nameOfSid(holder)?.endsWith('PrintSpoolerService') ?? false;
}

/** True where a list has the print spooler. */
export function listsSpooler(files: readonly JudgedReading[]): boolean {
  return files.some(({ facts }) => facts.list('right.holders')?.some(isSpooler));
}
