import type { Observation } from '../evidence/evidence.js';
import { formatValue, type ReadingFacts } from './reading-facts.js';

/** What a file says about one application pool; what it does not say is undefined. */
export interface PoolFacts {
  /** Undefined for a bare answer about a pool that is not named. */
  name: string | undefined;
  identity: string | undefined;
  /** The named account of the pool. */
  account: string | undefined;
  manual: boolean | undefined;
  logonType: string | undefined;
  /** The observation that gives the identity. */
  at: Observation | undefined;
}

/** Lists the application pools of a file in its order. The facts of a pool follow its name. */
export function listPools(facts: ReadingFacts): PoolFacts[] {
  const pools: PoolFacts[] = [];
  for (const o of facts.reading.observations) {
    if (o.name === 'pool.name') pools.push({ ...unknownPool, name: formatValue(o.value) });
    if (o.name === 'pool.identity' && pools.length === 0) pools.push({ ...unknownPool });
    const pool = pools.at(-1);
    if (!pool) continue;
    if (o.name === 'pool.identity') {
      pool.identity = formatValue(o.value);
      pool.at = o;
    }
    if (o.name === 'pool.account') pool.account = formatValue(o.value);
    if (o.name === 'pool.manual-group-membership') pool.manual = o.value === true;
    if (o.name === 'pool.logon-type') pool.logonType = formatValue(o.value);
  }
  return pools;
}

const unknownPool: PoolFacts = {
  name: undefined,
  identity: undefined,
  account: undefined,
  manual: undefined,
  logonType: undefined,
  at: undefined,
};
