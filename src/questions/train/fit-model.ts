import { type QuestionModel, rowsByPlace, unsorted } from '../rank/model.js';
import { packRows } from '../rank/table.js';
import { type SparseVector, toVector } from '../rank/vector.js';
import type { Example } from './example.js';
import { placesOf, rarityOf } from './features.js';
import { fitStatements } from './fit-statements.js';
import { fitWorlds } from './fit-worlds.js';
import { trainSoftmax } from './softmax-regression.js';
import { addWeights, emptyRows, leastWeight } from './weights.js';

/** More passes changed nothing measurable. */
const plan = { passes: 5, rate: 7.5, balance: 0.5 } as const;
/** Features of an example that are kept to compare questions with. */
const mostFeatures = 14;

/** Returns a model of the examples without its calibrations: linear models of entries and statements, and the examples themselves. */
export function fitModel(examples: readonly Example[]): QuestionModel {
  const places = placesOf(examples);
  const rowOf = rowsByPlace(places);
  const rarity = rarityOf(examples, places, rowOf);
  const vectors = examples.map(({ features }) => toVector(features, rowOf, rarity));
  const entries = [...new Set(examples.map(({ entry }) => entry))];
  const statements = statementsOf(examples, entries);
  const number = new Map(statements.map(({ entry, id }, i) => [`${entries[entry]} ${id}`, i]));
  const exampleStatement = Uint16Array.from(examples, ({ entry, statement }) => number.get(`${entry} ${statement}`)!);
  const linear = trainSoftmax(
    {
      vectors,
      classes: exampleStatement.map((i) => statements[i]!.entry),
      weights: Float32Array.from(examples, ({ weight }) => weight),
      rows: places.length,
      classCount: entries.length,
    },
    plan,
  );
  const entryRows = emptyRows(places.length);
  addWeights(linear, entryRows, 0);
  return {
    entries,
    statements,
    signs: examples.flatMap(({ signed }, i) => (signed ? [{ statement: exampleStatement[i]!, ...signed }] : [])),
    calibration: [],
    elsewhere: fitWorlds(examples, vectors, places.length),
    places,
    rarity,
    entryWeights: packRows(entryRows, leastWeight),
    entryBias: linear.bias,
    ...fitStatements(examples, vectors, exampleStatement, statements, places.length),
    exampleWeights: packRows(transpose(vectors, places.length), 0),
    exampleStatement,
  };
}

/** All statements, the entry as a whole first. */
function statementsOf(examples: readonly Example[], entries: readonly string[]): QuestionModel['statements'] {
  const ids = new Map(entries.map((entry) => [entry, new Set([''])]));
  for (const { entry, statement } of examples) ids.get(entry)!.add(statement);
  return entries.flatMap((name, entry) => [...ids.get(name)!].sort(lastUnsorted).map((id) => ({ entry, id })));
}

const lastUnsorted = (a: string, b: string) => Number(a === unsorted) - Number(b === unsorted);

/** The examples of each row. Only the heaviest features of an example decide what is near to it. */
function transpose(vectors: readonly SparseVector[], rows: number): Map<number, number>[] {
  const out = emptyRows(rows);
  for (const [example, vector] of vectors.entries()) {
    const heaviest = [...vector.values.keys()]
      .sort((a, b) => vector.values[b]! - vector.values[a]!)
      .slice(0, mostFeatures);
    const length = Math.hypot(...heaviest.map((i) => vector.values[i]!));
    for (const i of heaviest) out[vector.rows[i]!]!.set(example, vector.values[i]! / (length || 1));
  }
  return out;
}
