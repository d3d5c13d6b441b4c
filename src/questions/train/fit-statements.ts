import { type QuestionModel, unsorted } from '../rank/model.js';
import { packRows } from '../rank/table.js';
import type { SparseVector } from '../rank/vector.js';
import type { Example } from './example.js';
import { trainSoftmax } from './softmax-regression.js';
import { addWeights, emptyRows, leastWeight } from './weights.js';

/** More passes than for the entries: an entry has more examples as a whole than each of its statements. */
const plan = { passes: 13, rate: 16, balance: 1 } as const;

/** Fits one small model for each entry, over its own examples, which tells its statements apart. */
export function fitStatements(
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
      plan,
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
