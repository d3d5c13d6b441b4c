import { impersonateRight } from '../../evidence/rights/export.js';
import { holder, mayBeTranslated } from '../../evidence/rights/holders.js';
import { iisRights } from '../../evidence/rights/iis-rights.js';
import { sid, sidOfName } from '../../evidence/sids.js';
import type { IisRight } from '../../knowledge/rights-schema.js';
import type { ReadingFacts } from '../reading-facts.js';
import { type FleetPool, type HoldsRight, judgeHolding } from './pool-token.js';

/** The right a pool fails by. */
export type NeededRight = keyof typeof iisRights | typeof impersonateRight;

/** All of them: the right to impersonate first. */
export const neededRights = [impersonateRight, ...Object.keys(iisRights)] as readonly NeededRight[];

/** Returns the holders of a right as a file lists them; undefined when it has no list of the right. */
export function listedHolders(facts: ReadingFacts, right: NeededRight): readonly string[] | undefined {
  return facts.list(right === impersonateRight ? 'right.holders' : iisRights[right]);
}

/** As {@link listedHolders}, but in the whole export of a machine a right without a list has no holder. */
export function holdersOf(facts: ReadingFacts, right: NeededRight): readonly string[] | undefined {
  const list = listedHolders(facts, right);
  if (list) return list;
  // A machine's export lists every right that has a holder.
  const isWhole = facts.reading.origin === 'machine' && facts.reading.damage.length === 0;
  return isWhole && facts.reading.kind === 'rights-export' ? [] : undefined;
}

/** Why a list breaks IIS with any pools: an account that IIS needs is missing, or one is on it that must not be. */
export type Breakage = 'lacks' | 'holds';

/**
 * Judges a list by its row of the knowledge and the identities on it. A name of an unknown language may well be the one that
 * seems to be lacking; only IIS_IUSRS is never translated.
 */
export function findBreakage(row: IisRight | undefined, holders: readonly string[]): Breakage | undefined {
  const sids = new Set(holders.map((holder) => sidOfName(holder)));
  const isUnclear = holders.some((text) => mayBeTranslated(holder(text)));
  const isSure = !isUnclear || row?.lacks?.every((id) => id === sid.iisIusrs);
  if (row?.lacks !== undefined && isSure && !row.lacks.some((id) => sids.has(id))) return 'lacks';
  return row?.holds?.some((id) => sids.has(id)) ? 'holds' : undefined;
}

/** How one list of holders meets one pool. */
export interface RightCheck {
  right: NeededRight;
  /** `no`: the pool fails by this right. */
  held: HoldsRight;
}

/**
 * Judges a pool by the lists of holders: impersonation for every pool, and the logon of pools with a named account. Built-in
 * identities are not logged on through these rights.
 */
export function checkPoolRights(
  pool: FleetPool,
  listOf: (right: NeededRight) => readonly string[] | undefined,
): RightCheck[] {
  const checks: RightCheck[] = [];
  const checkHeld = (right: NeededRight) => {
    const holders = listOf(right);
    if (holders) checks.push({ right, held: judgeHolding(pool, holders) });
  };
  const checkDenied = (right: NeededRight) => {
    const holders = listOf(right);
    if (holders && holders.length > 0) checks.push({ right, held: isDenied(pool, holders) });
  };
  checkHeld(impersonateRight);
  if (pool.identity === 'SpecificUser') {
    const service = pool.logonType === 'LogonService';
    checkHeld(service ? 'SeServiceLogonRight' : 'SeBatchLogonRight');
    checkDenied(service ? 'SeDenyServiceLogonRight' : 'SeDenyBatchLogonRight');
  }
  return checks;
}

/** `no` when a deny right refuses the account for certain; `yes` when nothing on the list does. */
function isDenied(pool: FleetPool, holders: readonly string[]): HoldsRight {
  const held = judgeHolding(
    pool,
    holders.filter((holder) => !isLogonGroup(holder)),
  );
  return held === 'yes' ? 'no' : held === 'no' ? 'yes' : 'unknown';
}

/** BATCH and SERVICE are added by the logon that is being decided about. */
function isLogonGroup(holder: string): boolean {
  const known = sidOfName(holder);
  return known === sid.batch || known === sid.service;
}
