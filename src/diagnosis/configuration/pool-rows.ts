import { formatValue, type ReadingFacts } from '../reading-facts.js';
import type { PoolRow } from '../report.js';

/** Lists the application pools of a file in its order, each with what the file says of it. */
export function listPools(facts: ReadingFacts): PoolRow[] {
  const pools: PoolRow[] = [];
  for (const { name, value } of facts.reading.observations) {
    if (name === 'pool.name') pools.push({ name: formatValue(value), identity: null, account: null, manual: null });
    const pool = pools.at(-1);
    if (!pool) continue;
    if (name === 'pool.identity') pool.identity = formatValue(value);
    if (name === 'pool.account') pool.account = formatValue(value);
    if (name === 'pool.manual-group-membership') pool.manual = value === true;
  }
  return pools;
}
