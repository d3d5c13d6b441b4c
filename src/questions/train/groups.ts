import { unsorted } from '../rank/model.js';
import type { Example } from './example.js';

/** From this share of common words on, by weight, two phrasings are nearly the same. */
const nearlySame = 0.5;
/** Lighter features are pieces of words. */
const leastWeight = 0.5;

/** What is not torn apart: phrasings that are nearly the same, or all phrasings of a statement as well. */
export type GroupUnit = 'phrasing' | 'statement';

/**
 * Returns the number of a group for each example, so that no fold is tried on what it has nearly learned. What is said in a
 * thread is a group by itself: there people use the same few words.
 */
export function groupExamples(examples: readonly Example[], grouping: GroupUnit): number[] {
  const groups = new Map<string, number>();
  const leaders = new Map<string, Leaders>();
  let count = 0;
  return examples.map(({ entry, statement, features, inThread }) => {
    if (inThread) return count++;
    const isWhole = statement === '' || statement === unsorted;
    if (isWhole || grouping === 'phrasing') {
      const own = leaders.get(entry) ?? new Leaders();
      leaders.set(entry, own);
      return own.findLike(features) ?? own.add(features, count++);
    }
    const name = `${entry} ${statement}`;
    const group = groups.get(name) ?? count++;
    groups.set(name, group);
    return group;
  });
}

interface Leader {
  group: number;
  weight: number;
}

/** The first example of each group of an entry, to be found by their words. */
class Leaders {
  private readonly byPlace = new Map<number, Leader[]>();

  /** Returns the group whose first example has most in common with these features; undefined where none is nearly the same. */
  findLike(features: ReadonlyMap<number, number>): number | undefined {
    const common = new Map<Leader, number>();
    for (const [place, weight] of wordsOf(features))
      for (const leader of this.byPlace.get(place) ?? []) common.set(leader, (common.get(leader) ?? 0) + weight);
    const weight = weightOf(features);
    let best = { share: nearlySame, group: undefined as number | undefined };
    for (const [leader, shared] of common) {
      const share = shared / Math.max(weight, leader.weight);
      if (share >= best.share) best = { share, group: leader.group };
    }
    return best.group;
  }

  add(features: ReadonlyMap<number, number>, group: number): number {
    const leader = { group, weight: weightOf(features) };
    for (const [place] of wordsOf(features)) {
      const there = this.byPlace.get(place);
      if (there) there.push(leader);
      else this.byPlace.set(place, [leader]);
    }
    return group;
  }
}

const wordsOf = (features: ReadonlyMap<number, number>) => [...features].filter(([, weight]) => weight > leastWeight);
const weightOf = (features: ReadonlyMap<number, number>) =>
  wordsOf(features).reduce((sum, [, weight]) => sum + weight, 0);
