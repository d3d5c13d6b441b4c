import type { Observation } from '../../evidence/evidence.js';
import type { JudgedReading } from '../judge-reading.js';
import { formatValue, type ReadingFacts } from '../reading-facts.js';

/** What a configuration says about one application pool. */
export interface PoolSettings {
  identity: string | undefined;
  /** The named account of the pool. */
  account: string | undefined;
  manual: boolean;
  logonType: string | undefined;
  /** The observation that gives the identity. */
  at: Observation | undefined;
}

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
  if (!facts.has('pool.name') && !facts.has('pool.identity')) return undefined;
  const names = facts.all('pool.name').length;
  if (names > 1 && wanted === undefined) return undefined;
  let current: string | undefined;
  let found: PoolSettings | undefined;
  for (const o of facts.reading.observations) {
    if (o.name === 'pool.name') current = formatValue(o.value);
    const isWanted = names === 0 || wanted === undefined || current?.toLowerCase() === wanted.toLowerCase();
    if (!isWanted) continue;
    if (o.name === 'pool.name') found ??= createSettings();
    if (o.name === 'pool.identity') {
      found ??= createSettings();
      found.identity = formatValue(o.value);
      found.at = o;
    }
    if (o.name === 'pool.account' && found) found.account = formatValue(o.value);
    if (o.name === 'pool.manual-group-membership' && found) found.manual = o.value === true;
    if (o.name === 'pool.logon-type' && found) found.logonType = formatValue(o.value);
  }
  return found;
}

function createSettings(): PoolSettings {
  return { identity: undefined, account: undefined, manual: false, logonType: undefined, at: undefined };
}
