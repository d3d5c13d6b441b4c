import type { JudgedReading } from '../judged-reading.js';
import { listPools, type PoolFacts } from '../pools.js';
import type { ReadingFacts } from '../reading-facts.js';

/** What a configuration says about the pool that is meant. */
export type PoolSettings = Omit<PoolFacts, 'name'>;

/** The settings of a pool, with the file that holds them. */
export interface PoolOfFile {
  file: JudgedReading;
  settings: PoolSettings;
}

/** Returns the pool of this name from the first file that has it. */
export function findPool(files: readonly JudgedReading[], name: string | undefined): PoolOfFile | undefined {
  for (const file of files) {
    const settings = readPoolSettings(file.facts, name);
    if (settings) return { file, settings };
  }
  return undefined;
}

/**
 * Returns the settings of the pool with this name, or of the only pool when no name is known. Pools are in file order, each
 * setting after the name of its pool. Undefined when the file does not have that pool.
 */
export function readPoolSettings(facts: ReadingFacts, wanted: string | undefined): PoolSettings | undefined {
  const pools = listPools(facts);
  const named = pools.filter(({ name }) => name !== undefined);
  if (named.length > 1 && wanted === undefined) return undefined;
  const meant =
    named.length === 0 || wanted === undefined
      ? pools
      : named.filter(({ name }) => name?.toLowerCase() === wanted.toLowerCase());
  // A worker process is listed under the name of its pool again: what is said last counts.
  return meant.length === 0 ? undefined : meant.reduce(mergePools);
}

function mergePools(earlier: PoolFacts, later: PoolFacts): PoolFacts {
  return {
    name: later.name,
    identity: later.identity ?? earlier.identity,
    account: later.account ?? earlier.account,
    manual: later.manual ?? earlier.manual,
    logonType: later.logonType ?? earlier.logonType,
    at: later.at ?? earlier.at,
  };
}
