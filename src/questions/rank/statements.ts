import { softmax } from './evidence.js';
import { ofThread, type QuestionModel, statementOf, unsorted } from './model.js';
import { addRow } from './table.js';
import type { SparseVector } from './vector.js';
import type { EntryVotes } from './votes.js';
import { wordForWord } from './word-for-word.js';

/** A statement is said from this share of its entry's votes on, where it has more of them than the entry as a whole. */
const statementFrom = 0.35;
/** What its own thread asks subject is one of many kinds, so that a smaller share tells. */
const ofThreadFrom = 0.2;
/** How much the nearest examples of each statement say beside the linear model, and how many of them. */
const neighbourShare = 0.4;
const neighbours = 2;
/** How much likelier a statement is that holds an exact name of the question. */
const byName = 3;
/** From this share of the best one's votes on others are said too. They are as many as the screen has room for. */
const besideFrom = 0.04;
const mostSaid = 4;

/** What chooses among the statements of an entry. */
export interface StatementVotes {
  /** By the place of each statement. */
  scores: Float32Array;
  votes: Pick<EntryVotes, 'near' | 'similar'>;
  /** The examples of each statement. */
  examples: readonly (readonly number[])[];
  /** Statements, as `entry/statement`, that hold an exact name of the question. */
  named: ReadonlySet<string>;
  /** What the thread has said already: that is not what a follow-up asks for. */
  said: readonly string[];
}

export function scoreStatements(vector: SparseVector, model: QuestionModel): Float32Array {
  const scores = Float32Array.from(model.statementBias);
  for (let i = 0; i < vector.rows.length; i++)
    addRow(model.statementWeights, vector.rows[i]!, vector.values[i]!, scores);
  return scores;
}

/** The statement of an entry that was asked for, and those that may be meant as well, the likelier first; '' for the entry as a whole. */
export interface ChosenStatement {
  first: string;
  beside: string[];
}

/** Returns the statement of an entry that was asked for. */
export function chooseStatement(entry: number, votes: StatementVotes, model: QuestionModel): ChosenStatement {
  const name = model.entries[entry]!;
  const [best, ...others] = orderStatements(entry, votes, model);
  if (!best) return { first: '', beside: [] };
  const beside = others.map(({ id }) => id);
  const from = ofThread.has(name) ? ofThreadFrom : statementFrom;
  // Where the whole was said before, the best of its statements is new.
  if (best.share < from && !isSaid(name, '', votes.said))
    return { first: '', beside: [best.id, ...beside].filter((id) => id !== '') };
  return { first: best.id, beside };
}

/** A statement of an entry and its share of the entry's votes; the entry as a whole has the id ''. */
export interface StatementShare {
  id: string;
  share: number;
}

/** Returns the statements of an entry that a question may ask for and that were not said, the likeliest first. */
export function orderStatements(
  entry: number,
  { scores, votes: { near, similar }, examples, named, said }: StatementVotes,
  model: QuestionModel,
): StatementShare[] {
  const name = model.entries[entry]!;
  const [nearest] = near;
  const same = nearest && nearest.similarity >= wordForWord ? statementOf(nearest.example, model) : undefined;
  if (same?.entry === entry && !isSaid(name, same.id, said))
    return [{ id: same.id === unsorted ? '' : same.id, share: 1 }];
  const own: number[] = [];
  for (const [i, statement] of model.statements.entries())
    if (statement.entry === entry && statement.id !== unsorted && !isSaid(name, statement.id, said)) own.push(i);
  if (own.length < 2) return own.map((i) => ({ id: model.statements[i]!.id, share: 1 }));
  const shares = Float32Array.from(own, (i) => scores[i]!);
  softmax(shares);
  const votes = nearestVotes(
    own.map((statement) => examples[statement]!),
    similar,
  );
  const total = own.map((statement, i) => {
    const share = (1 - neighbourShare) * shares[i]! + neighbourShare * votes[i]!;
    return named.has(`${name}/${model.statements[statement]!.id}`) ? byName * share : share;
  });
  const sum = total.reduce((all, share) => all + share, 0);
  const order = [...total.keys()].sort((a, b) => total[b]! - total[a]!);
  const likely = order.filter((place) => total[place]! >= besideFrom * total[order[0]!]!).slice(0, mostSaid);
  return likely.map((place) => ({ id: model.statements[own[place]!]!.id, share: total[place]! / sum }));
}

/** True for a statement that the thread has said. The whole follows each of its statements, so it is said with the first of them. */
function isSaid(entry: string, id: string, said: readonly string[]): boolean {
  return id === '' ? said.some((one) => one.split('/')[0] === entry) : said.includes(`${entry}/${id}`);
}

/** Returns how the nearest examples of each statement vote; all together 1. */
function nearestVotes(examples: readonly (readonly number[])[], similar: Float32Array): number[] {
  const votes = examples.map((own) => {
    const best = new Array<number>(neighbours).fill(0);
    for (const example of own) {
      if (similar[example]! <= best[neighbours - 1]!) continue;
      best[neighbours - 1] = similar[example]!;
      best.sort((a, b) => b - a);
    }
    return best.reduce((sum, one) => sum + one ** 3, 0);
  });
  const all = votes.reduce((sum, one) => sum + one, 0) || 1;
  return votes.map((one) => one / all);
}
