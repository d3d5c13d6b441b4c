import type { Observation } from '../evidence/evidence.js';
import { formatValue, type ReadingFacts } from './reading-facts.js';

/** What a configuration says about one application pool. */
export interface PoolSettings {
  identity: string | undefined;
  /** The named account of the pool. */
  account: string | undefined;
  manual: boolean;
  logonType: string | undefined;
  /** The observation the identity comes from. */
  at: Observation | undefined;
}

/**
 * The settings of the pool with this name; of the only pool when no name is known. Pools stand in file order, each
 * setting after the name of its pool. Undefined when the file does not speak of that pool.
 */
export function poolSettings(facts: ReadingFacts, wanted: string | undefined): PoolSettings | undefined {
  if (!facts.has('pool.name') && !facts.has('pool.identity')) return undefined;
  const names = facts.all('pool.name').length;
  if (names > 1 && wanted === undefined) return undefined;
  let current: string | undefined;
  let found: PoolSettings | undefined;
  for (const o of facts.reading.observations) {
    if (o.name === 'pool.name') current = formatValue(o.value);
    const mine = names === 0 || wanted === undefined || current?.toLowerCase() === wanted.toLowerCase();
    if (!mine) continue;
    if (o.name === 'pool.name') found ??= blank();
    if (o.name === 'pool.identity') {
      found ??= blank();
      found.identity = formatValue(o.value);
      found.at = o;
    }
    if (o.name === 'pool.account' && found) found.account = formatValue(o.value);
    if (o.name === 'pool.manual-group-membership' && found) found.manual = o.value === true;
    if (o.name === 'pool.logon-type' && found) found.logonType = formatValue(o.value);
  }
  return found;
}

function blank(): PoolSettings {
  return { identity: undefined, account: undefined, manual: false, logonType: undefined, at: undefined };
}
