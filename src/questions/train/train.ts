import type { Examples } from '../../knowledge/examples.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { type QuestionModel, rowsByPlace, serializeModel, unsorted } from '../rank/model.js';
import { packRows } from '../rank/table.js';
import { type SparseVector, toVector } from '../rank/vector.js';
import { calibrate } from './calibrate.js';
import { collectExamples, type Example } from './dataset.js';
import { type LinearModel, trainSoftmax } from './softmax-regression.js';
import { fitWorlds } from './worlds.js';

/** A feature that fewer examples hold is a slip of the pen. */
const leastExamples = 3;
/** More passes over the entries changed nothing measurable; an entry has more examples as a whole than each of its statements. */
const plans = {
  entries: { passes: 5, rate: 7.5, balance: 0.5 },
  statements: { passes: 13, rate: 16, balance: 1 },
} as const;
/** So many features of an example are kept to compare it with. */
const mostFeatures = 17;
/** Weights below this share of their row's largest say nothing. */
const leastWeight = 0.18;

/**
 * Learns from the examples which entry and which statement answers a question. Takes about a minute; the same examples and the
 * same Node give the same bytes.
 */
export function trainQuestions(knowledge: Knowledge, examples: Examples): Uint8Array {
  const set = collectExamples(knowledge, examples);
  const model = fitModel(set);
  const calibration = calibrate(set, fitModel);
  model.calibration = calibration.entry;
  model.elsewhere.calibration = calibration.elsewhere;
  return serializeModel(model);
}

/** Fits everything but the calibrations. */
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
    plans.entries,
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

function placesOf(examples: readonly Example[]): Uint32Array {
  const counts = new Map<number, number>();
  for (const { features } of examples)
    for (const place of features.keys()) counts.set(place, (counts.get(place) ?? 0) + 1);
  return Uint32Array.from([...counts].filter(([, count]) => count >= leastExamples).map(([place]) => place)).sort();
}

function rarityOf(examples: readonly Example[], places: Uint32Array, rowOf: (place: number) => number): Float32Array {
  const counts = new Float32Array(places.length);
  for (const { features } of examples)
    for (const place of features.keys()) {
      const row = rowOf(place);
      if (row >= 0) counts[row]!++;
    }
  return counts.map((count) => Math.log(1 + examples.length / count));
}

/** All statements, the entry as a whole first. */
function statementsOf(examples: readonly Example[], entries: readonly string[]): QuestionModel['statements'] {
  const ids = new Map(entries.map((entry) => [entry, new Set([''])]));
  for (const { entry, statement } of examples) ids.get(entry)!.add(statement);
  return entries.flatMap((name, entry) => [...ids.get(name)!].sort(lastUnsorted).map((id) => ({ entry, id })));
}

const lastUnsorted = (a: string, b: string) => Number(a === unsorted) - Number(b === unsorted);

/** One small model for each entry, over its own examples. */
function fitStatements(
  examples: readonly Example[],
  vectors: readonly SparseVector[],
  exampleStatement: Uint16Array,
  statements: QuestionModel['statements'],
  rows: number,
): Pick<QuestionModel, 'statementWeights' | 'statementBias'> {
  const weights = emptyRows(rows);
  const bias = new Float32Array(statements.length);
  const byEntry = new Map<number, number[]>();
  for (const [i, statement] of exampleStatement.entries()) {
    const { entry, id } = statements[statement]!;
    if (id === unsorted) continue;
    byEntry.set(entry, [...(byEntry.get(entry) ?? []), i]);
  }
  for (const [entry, own] of byEntry) {
    const first = statements.findIndex((statement) => statement.entry === entry);
    const classCount = statements.filter((statement) => statement.entry === entry && statement.id !== unsorted).length;
    if (classCount < 2) continue;
    const rowsHere = [...new Set(own.flatMap((i) => [...vectors[i]!.rows]))];
    const local = new Map(rowsHere.map((row, i) => [row, i]));
    const linear = trainSoftmax(
      {
        vectors: own.map((i) => ({ ...vectors[i]!, rows: vectors[i]!.rows.map((row) => local.get(row)!) })),
        classes: Uint16Array.from(own, (i) => exampleStatement[i]! - first),
        weights: Float32Array.from(own, (i) => examples[i]!.weight),
        rows: rowsHere.length,
        classCount,
      },
      plans.statements,
    );
    addWeights(
      linear,
      rowsHere.map((row) => weights[row]!),
      first,
    );
    bias.set(linear.bias, first);
  }
  return { statementWeights: packRows(weights, leastWeight), statementBias: bias };
}

/** Smaller weights are noise of the training. */
const leastKept = 0.02;

/**
 * Adds what a linear model learned to rows of a table.
 * @param target the row of the table for each row of the model
 * @param first the column of the model's first class
 */
function addWeights(
  { weights, bias: { length: columns } }: LinearModel,
  target: readonly Map<number, number>[],
  first: number,
): void {
  for (const [i, row] of target.entries())
    for (let column = 0; column < columns; column++) {
      const value = weights[i * columns + column]!;
      if (Math.abs(value) > leastKept) row.set(first + column, value);
    }
}

const emptyRows = (count: number) => Array.from({ length: count }, () => new Map<number, number>());

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
