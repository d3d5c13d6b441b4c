import { oddsOf, softmax } from './evidence.js';
import { type QuestionModel, statementOf } from './model.js';
import { addRow, columnsOf } from './table.js';
import type { SparseVector } from './vector.js';

/** An example and how alike it is to the question, 0 to 1. */
export interface NearExample {
  example: number;
  similarity: number;
}

/** How the linear model and the nearest examples vote. */
export interface EntryVotes {
  /** Share of each entry; all together 1. */
  shares: Float32Array;
  /** Entries, the best first. */
  order: number[];
  near: NearExample[];
  /** The similarity of each example. */
  similar: Float32Array;
  known: number;
  /** Share of the question, by weight, that examples of the best entry hold: one shared word is little of a question. */
  covered: number;
}

/** How much the nearest examples say beside the linear model, 0 to 1. */
const neighbourShare = 0.35;
/** Examples that vote, the nearer the more. */
const neighbours = 12;
/** Later entries have no chance. */
const mostEntries = 8;

/**
 * Lets the linear model and the nearest examples vote for the entry.
 * @param prior how many times likelier an entry is where the question was asked
 * @param join gives votes of one entry to another that says the same, in place
 */
export function voteForEntries(
  vector: SparseVector,
  model: QuestionModel,
  prior?: (entry: number) => number,
  join?: (shares: Float32Array) => void,
): EntryVotes {
  const similar = new Float32Array(model.exampleStatement.length);
  const shares = Float32Array.from(model.entryBias);
  for (let i = 0; i < vector.rows.length; i++) {
    addRow(model.exampleWeights, vector.rows[i]!, vector.values[i]!, similar);
    addRow(model.entryWeights, vector.rows[i]!, vector.values[i]!, shares);
  }
  softmax(shares);
  const near = findNearest(similar);
  const votes = new Float32Array(shares.length);
  let all = 0;
  for (const one of near) {
    votes[statementOf(one.example, model).entry]! += voteOf(one);
    all += voteOf(one);
  }
  if (all > 0)
    for (let i = 0; i < shares.length; i++)
      shares[i] = (1 - neighbourShare) * shares[i]! + (neighbourShare * votes[i]!) / all;
  if (prior) weigh(shares, prior);
  join?.(shares);
  const order = [...shares.keys()].sort((a, b) => shares[b]! - shares[a]!).slice(0, mostEntries);
  const covered = coverageOf(vector, order[0]!, model) * vector.known;
  return { shares, order, near, similar, known: vector.known, covered };
}

/** Returns the share of a vector, by weight, that is in examples of an entry too. */
function coverageOf({ rows, values }: SparseVector, entry: number, model: QuestionModel): number {
  const holdsEntry = (example: number) => statementOf(example, model).entry === entry;
  let covered = 0;
  for (let i = 0; i < rows.length; i++)
    if (columnsOf(model.exampleWeights, rows[i]!).some(holdsEntry)) covered += values[i]! ** 2;
  return covered;
}

/** Multiplies each share with its factor; the sum stays 1. */
function weigh(shares: Float32Array, prior: (entry: number) => number): void {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) sum += shares[i]! *= prior(i);
  for (let i = 0; i < shares.length; i++) shares[i]! /= sum;
}

/** What speaks for the best entry: its share, its lead, how near the nearest example is, how much of the question is known, and known to it. */
export function evidenceOf({ shares, order: [first, second], near, known, covered }: EntryVotes): number[] {
  const share = shares[first!]!;
  return [1, oddsOf(share), share - (shares[second!] ?? 0), near[0]?.similarity ?? 0, known, covered];
}

/** The vote of a near example: one that is nearly the question outweighs many that are only like it. */
const voteOf = ({ similarity }: NearExample): number => similarity ** 6;

function findNearest(similar: Float32Array): NearExample[] {
  const best: NearExample[] = [];
  for (let example = 0; example < similar.length; example++) {
    const similarity = similar[example]!;
    if (best.length === neighbours && similarity <= best[neighbours - 1]!.similarity) continue;
    const at = best.findIndex((one) => one.similarity < similarity);
    best.splice(at < 0 ? best.length : at, 0, { example, similarity });
    if (best.length > neighbours) best.pop();
  }
  return best;
}
