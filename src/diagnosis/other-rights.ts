import { iisRights } from '../evidence/rights/iis-rights.js';
import { isPoolSid, poolOfName, sidOfName } from '../evidence/sids.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { type Breakage, findBreakage, holdersOf, listedHolders, neededRights } from './fleet/rights.js';
import type { ReadingFacts } from './reading-facts.js';

/** A right beside SeImpersonatePrivilege whose list breaks IIS. */
export interface BrokenRight {
  /** Constant of the right. */
  right: string;
  by: Breakage;
  /** The list as the file has it. */
  holders: string[];
}

/** What one file says about the other rights that IIS needs. */
export interface OtherRights {
  broken: BrokenRight[];
  /** Accounts of application pools in a policy, which mean something on their own server only. */
  poolEntries: { right: string; holder: string }[];
}

const otherNames = Object.keys(iisRights) as (keyof typeof iisRights)[];

/**
 * Judges the other rights in a file that lists holders: a policy, its report, or the export of a machine with IIS. Undefined
 * for other files, for a machine without a sign of IIS, and where nothing is broken.
 */
export function judgeOtherRights(facts: ReadingFacts, knowledge: Knowledge): OtherRights | undefined {
  const { kind, origin } = facts.reading;
  if (kind !== 'rights-export' && kind !== 'policy-report') return undefined;
  const isMachine = kind === 'rights-export' && origin !== 'template' && origin !== 'merged-policy';
  if (isMachine && facts.flag('iis.installed') !== true) return undefined;
  // Every machine lists the right to pass folders: where it is not listed, other lines may be missing as well.
  const isWhole = facts.has(iisRights.SeChangeNotifyPrivilege);
  const broken = otherNames.flatMap((right): BrokenRight[] => {
    const holders = isWhole ? holdersOf(facts, right) : listedHolders(facts, right);
    const by = holders && findBreakage(knowledge.iisRights.get(right), holders);
    return by ? [{ right, by, holders: [...holders!] }] : [];
  });
  const poolEntries = isMachine ? [] : findPoolEntries(facts);
  return broken.length + poolEntries.length > 0 ? { broken, poolEntries } : undefined;
}

/** Entries such as `IIS APPPOOL\\DefaultAppPool` or S-1-5-82-…. */
function findPoolEntries(facts: ReadingFacts): OtherRights['poolEntries'] {
  return neededRights.flatMap((right) =>
    (listedHolders(facts, right) ?? [])
      .filter((holder) => poolOfName(holder) !== undefined || isPoolSid(sidOfName(holder) ?? ''))
      .map((holder) => ({ right, holder })),
  );
}
