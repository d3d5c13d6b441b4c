/** A sparse vector of length 1: rows of the model in ascending order of discovery, and what stands there. */
export interface SparseVector {
  rows: Uint32Array;
  values: Float32Array;
  /** Share of the features, by weight, that an example holds: 0 for words that were never seen. */
  known: number;
}

/** How rare a feature can count at most, as a logarithm. */
export const rarest = 6;

/**
 * Weighs features by how rare they are among the examples.
 * @param rowOf the row of a place, or -1
 * @param rarity logarithm of how rare each row is
 */
export function toVector(
  features: ReadonlyMap<number, number>,
  rowOf: (place: number) => number,
  rarity: ArrayLike<number>,
): SparseVector {
  const rows = new Uint32Array(features.size);
  const values = new Float32Array(features.size);
  let size = 0;
  let length = 0;
  let unknown = 0;
  for (const [place, weight] of features) {
    const row = rowOf(place);
    const value = weight * Math.min(rarest, row < 0 ? rarest : rarity[row]!);
    if (row < 0) {
      unknown += value * value;
      continue;
    }
    rows[size] = row;
    values[size++] = value;
    length += value * value;
  }
  const scale = 1 / (Math.sqrt(length) || 1);
  for (let i = 0; i < size; i++) values[i]! *= scale;
  return {
    rows: rows.subarray(0, size),
    values: values.subarray(0, size),
    known: length + unknown === 0 ? 0 : length / (length + unknown),
  };
}
