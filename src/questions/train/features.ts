import type { Example } from './example.js';

/** A feature that fewer examples hold is a slip of the pen. */
const leastExamples = 4;

/** Returns the places of the features that enough examples hold, ascending. */
export function placesOf(examples: readonly Example[]): Uint32Array {
  const counts = new Map<number, number>();
  for (const { features } of examples)
    for (const place of features.keys()) counts.set(place, (counts.get(place) ?? 0) + 1);
  return Uint32Array.from([...counts].filter(([, count]) => count >= leastExamples).map(([place]) => place)).sort();
}

/** Returns how rare each row is among the examples, as a logarithm. */
export function rarityOf(
  examples: readonly Example[],
  places: Uint32Array,
  rowOf: (place: number) => number,
): Float32Array {
  const counts = new Float32Array(places.length);
  for (const { features } of examples)
    for (const place of features.keys()) {
      const row = rowOf(place);
      if (row >= 0) counts[row]!++;
    }
  return counts.map((count) => Math.log(1 + examples.length / count));
}
