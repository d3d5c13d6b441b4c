import { fold } from './parse/words.js';
import { featuresOf } from './rank/features.js';

/** A line that something is learned from, and what it tells. */
interface LearnedLine {
  fact: string;
  line: string;
}

/** Features by their places, a rare one weighing more, scaled to length 1. */
type WeighedLine = ReadonlyMap<number, number>;

/** How near a text is to the nearest line that tells a fact, and to the nearest of all others: 0 to 1. */
export type NearnessTo = (fact: string) => { own: number; other: number };

/** Learns how rare each feature is among the lines: what two texts share counts the more the fewer lines have it. */
export function measureNearness(learned: readonly LearnedLine[]): (text: string) => NearnessTo {
  const features = learned.map(({ line }) => featuresOf(fold(line)));
  const counts = new Map<number, number>();
  for (const one of features) for (const place of one.keys()) counts.set(place, (counts.get(place) ?? 0) + 1);
  const weigh = (one: ReadonlyMap<number, number>): WeighedLine => {
    const rare = [...one].map(
      ([place, value]) => [place, value * Math.log((learned.length + 1) / ((counts.get(place) ?? 0) + 0.5))] as const,
    );
    const size = Math.sqrt(rare.reduce((sum, [, value]) => sum + value * value, 0)) || 1;
    return new Map(rare.map(([place, value]) => [place, value / size]));
  };
  const holders = linesByPlace(features.map(weigh));
  const facts = [...new Set(learned.map(({ fact }) => fact))];
  const factOfLine = learned.map(({ fact }) => facts.indexOf(fact));
  return (text) => {
    const shared = new Float64Array(learned.length);
    for (const [place, value] of weigh(featuresOf(fold(text))))
      for (const holder of holders.get(place) ?? []) shared[holder.line]! += value * holder.value;
    const nearest = new Float64Array(facts.length);
    for (const [line, fact] of factOfLine.entries()) nearest[fact] = Math.max(nearest[fact]!, shared[line]!);
    const [first = 0, second = 0] = [...nearest].sort((a, b) => b - a);
    return (fact) => {
      const own = nearest[facts.indexOf(fact)] ?? 0;
      return { own, other: own === first ? second : first };
    };
  };
}

/** The lines that hold each feature, and what it weighs there. */
function linesByPlace(lines: readonly WeighedLine[]): Map<number, { line: number; value: number }[]> {
  const byPlace = new Map<number, { line: number; value: number }[]>();
  for (const [line, weighed] of lines.entries())
    for (const [place, value] of weighed) {
      const holders = byPlace.get(place) ?? [];
      byPlace.set(place, holders);
      holders.push({ line, value });
    }
  return byPlace;
}
