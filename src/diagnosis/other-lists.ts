import type { Observation } from '../evidence/evidence.js';
import type { ReadingFacts } from './reading-facts.js';

const does: Readonly<Record<string, string>> = {
  change: 'pools may read and change it',
  read: 'pools may read it, but not change it',
  none: 'no entry lets every pool read it',
  denied: 'an entry denies access there',
};

/** Returns what the other access lists of a text say, each by its path; undefined where there is one list. */
export function describeOtherLists(facts: ReadingFacts): string | undefined {
  const others = facts.all('acl.other');
  if (others.length === 0) return undefined;
  return `${others.length === 1 ? 'The other list' : 'The other lists'} here: ${others.map(describe).join('; ')}.`;
}

function describe({ raw, value }: Observation): string {
  return `${raw ?? 'a path that I keep back'} (${does[String(value)]})`;
}
