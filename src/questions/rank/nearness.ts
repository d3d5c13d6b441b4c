import type { QuestionModel } from './model.js';

const read = new WeakMap<QuestionModel, (subject: string) => Float32Array>();

/**
 * Returns how alike the examples of each entry are to those of a subject, 0 to 1, by the place of the entry: what is asked about in
 * the same words is near. All 0 for a subject without examples.
 */
export function nearnessTo(subject: string, model: QuestionModel): Float32Array {
  let nearness = read.get(model);
  if (!nearness) {
    nearness = compareEntries(model);
    read.set(model, nearness);
  }
  return nearness(subject);
}

/** The mean example of each entry, row by row: `sums` holds what the entries in `entries` have there. */
interface MeanRow {
  entries: Uint16Array;
  sums: Float32Array;
}

function compareEntries(model: QuestionModel): (subject: string) => Float32Array {
  const rows = meanRows(model);
  const lengths = new Float32Array(model.entries.length);
  for (const { entries, sums } of rows) for (let i = 0; i < entries.length; i++) lengths[entries[i]!]! += sums[i]! ** 2;
  const found = new Map<string, Float32Array>();
  return (subject) => {
    let near = found.get(subject);
    if (!near) {
      near = productsWith(model.entries.indexOf(subject), rows, lengths);
      found.set(subject, near);
    }
    return near;
  };
}

function productsWith(subject: number, rows: readonly MeanRow[], lengths: Float32Array): Float32Array {
  const products = new Float32Array(lengths.length);
  if (subject < 0) return products;
  for (const { entries, sums } of rows) {
    const at = entries.indexOf(subject);
    if (at >= 0) for (let i = 0; i < entries.length; i++) products[entries[i]!]! += sums[at]! * sums[i]!;
  }
  return products.map((product, i) => product / (Math.sqrt(lengths[i]! * lengths[subject]!) || 1));
}

function meanRows({ exampleWeights, exampleStatement, statements, entries }: QuestionModel): MeanRow[] {
  const { starts, columns, values, scales } = exampleWeights;
  const entryOf = exampleStatement.map((statement) => statements[statement]!.entry);
  const counts = new Float32Array(entries.length);
  for (const entry of entryOf) counts[entry]!++;
  const sums = new Float32Array(entries.length);
  const rows: MeanRow[] = [];
  for (let row = 0; row + 1 < starts.length; row++) {
    const met = new Set<number>();
    for (let i = starts[row]!; i < starts[row + 1]!; i++) {
      const entry = entryOf[columns[i]!]!;
      met.add(entry);
      sums[entry]! += (values[i]! * scales[row]!) / counts[entry]!;
    }
    const own = Uint16Array.from(met);
    rows.push({ entries: own, sums: Float32Array.from(own, (entry) => sums[entry]!) });
    for (const entry of own) sums[entry] = 0;
  }
  return rows;
}
