import type { Assertion } from '../parse/assertion.js';
import { featureSpace } from './features.js';
import type { SparseTable } from './table.js';

/** The entry of lines of other worlds, which nothing answers. */
export const offTopic = 'off-topic';

/** The entries that every thread may ask for: its own subject, and a fact of its failure. Outside of a thread they mean nothing. */
export const ofThread: ReadonlySet<string> = new Set(['same', 'fact']);

/** The statement of an example that is for an entry or for one of its statements. */
export const unsorted = '?';

/** A question for yes or no, the statement that answers it, and how. */
export interface SignedExample {
  statement: number;
  sign: 'yes' | 'no';
  assertion: Assertion;
}

/** What was learned from the examples. Entries, statements and examples are numbered by their place in these lists. */
export interface QuestionModel {
  /** Topics and causes by id; `code` and `status` for a number's own card, `same`, `hello`, `thanks`, and `off-topic`. */
  entries: string[];
  /** Statements by entry; an id of '' is the entry as a whole, `unsorted` is not known. */
  statements: { entry: number; id: string }[];
  /** The questions for yes or no whose right sign is known. */
  signs: SignedExample[];
  /** Turns the votes for the best entry into a probability: a constant and a factor for each vote (`evidenceOf`). */
  calibration: number[];
  /** What tells other worlds from ours: a weight for each row, positive for others, and the calibration of `evidenceOfElsewhere`. */
  elsewhere: { weights: Float32Array; bias: number; calibration: number[] };
  /** The places of the rows, ascending. */
  places: Uint32Array;
  /** How rare each row is among the examples, as a logarithm. */
  rarity: Float32Array;
  entryWeights: SparseTable;
  entryBias: Float32Array;
  statementWeights: SparseTable;
  statementBias: Float32Array;
  /** Columns are examples. */
  exampleWeights: SparseTable;
  /** The statement of each example. */
  exampleStatement: Uint16Array;
}

/** Returns the statement of an example. */
export function statementOf(
  example: number,
  { statements, exampleStatement }: QuestionModel,
): QuestionModel['statements'][number] {
  return statements[exampleStatement[example]!]!;
}

/** Returns the examples of each statement, by its place. */
export function examplesByStatement({ statements, exampleStatement }: QuestionModel): number[][] {
  const found: number[][] = statements.map(() => []);
  for (const [example, statement] of exampleStatement.entries()) found[statement]!.push(example);
  return found;
}

/** Returns the row of each place, or -1. */
export function rowsByPlace(places: Uint32Array): (place: number) => number {
  const rows = new Int32Array(featureSpace).fill(-1);
  for (let row = 0; row < places.length; row++) rows[places[row]!] = row;
  return (place) => rows[place]!;
}
