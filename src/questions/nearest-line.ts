import { fold } from './parse/words.js';
import { featuresOf } from './rank/features.js';

/** A line that something is learned from, and what it tells. */
interface LearnedLine {
  fact: string;
  line: string;
}

/** Features by their places, a rare one weighing more, scaled to length 1. */
type WeighedLine = ReadonlyMap<number, number>;

/** Returns how near a text is to the nearest line that tells a fact, and to the nearest of all others: 0 to 1. */
export type Nearness = (text: string, fact: string) => { own: number; other: number };

/** Learns how rare each feature is among the lines: what two texts share counts the more the fewer lines have it. */
export function measureNearness(learned: readonly LearnedLine[]): Nearness {
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
  const lines = features.map((one, at) => ({ fact: learned[at]!.fact, weighed: weigh(one) }));
  return (text, fact) => {
    const weighed = weigh(featuresOf(fold(text)));
    const near = { own: 0, other: 0 };
    for (const one of lines) {
      const side = one.fact === fact ? 'own' : 'other';
      near[side] = Math.max(near[side], shared(weighed, one.weighed));
    }
    return near;
  };
}

function shared(a: WeighedLine, b: WeighedLine): number {
  let sum = 0;
  for (const [place, value] of a) sum += value * (b.get(place) ?? 0);
  return sum;
}
