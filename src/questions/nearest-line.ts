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
  return (text) => {
    const shared = new Float64Array(learned.length);
    for (const [place, value] of weigh(featuresOf(fold(text))))
      for (const holder of holders.get(place) ?? []) shared[holder.line]! += value * holder.value;
    const nearest = new Map<string, number>();
    for (const [line, { fact }] of learned.entries())
      nearest.set(fact, Math.max(nearest.get(fact) ?? 0, shared[line]!));
    return (fact) => {
      const others = [...nearest].flatMap(([one, near]) => (one === fact ? [] : [near]));
      return { own: nearest.get(fact) ?? 0, other: Math.max(0, ...others) };
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
