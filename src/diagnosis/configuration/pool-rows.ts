import { listPools } from '../pools.js';
import type { ReadingFacts } from '../reading-facts.js';
import type { PoolRow } from '../report.js';

/** Lists the named application pools of a file in its order, each with what the file says of it. */
export function listPoolRows(facts: ReadingFacts): PoolRow[] {
  return listPools(facts).flatMap(({ name, identity, account, manual }) =>
    name === undefined ? [] : [{ name, identity: identity ?? null, account: account ?? null, manual: manual ?? null }],
  );
}
