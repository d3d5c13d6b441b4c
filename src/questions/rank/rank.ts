import type { Knowledge } from '../../knowledge/knowledge.js';
import { marksOf, type Question } from '../parse/question.js';
import { contextMarks, type Leaning } from './context.js';
import { likelihoodOfElsewhere } from './elsewhere.js';
import { probabilityOf, softmax } from './evidence.js';
import { featuresOf } from './features.js';
import { parseModel, type QuestionModel, rowsByPlace, unsorted } from './model.js';
import { nearnessTo } from './nearness.js';
import { addRow } from './table.js';
import { type SparseVector, toVector } from './vector.js';
import { evidenceOf, type Near, voteForEntries, voteOf } from './votes.js';

/** An entry that may answer, with its statement. */
export interface Candidate {
  /** A topic, a cause, or one of the special entries of the model. */
  entry: string;
  /** The statement that was asked for; absent for the entry as a whole. */
  statement?: string;
  /** Share of the votes, 0 to 1; all candidates together have 1. */
  share: number;
}

/** What the examples say about a question. */
export interface Ranking {
  /** Best first. */
  candidates: Candidate[];
  /** How likely the first is right, 0 to 1, calibrated on examples that the model had not seen. */
  probability: number;
  /** How likely the question is about another world, 0 to 1. */
  elsewhere: number;
  /** The signed example of the first candidate's statement that asserts the same; undefined where none does. */
  sign?: 'yes' | 'no';
  /** What a question that leans on its thread asks of the thread's own entry: a statement of `same`. */
  aspect?: string;
  /** The statement of the thread's own entry that fits the question best. */
  own?: string;
  /** True when the question is nearer to what can be asked of any entry than to what is asked of the thread's own. */
  isAspect: boolean;
}

interface Ranker {
  model: QuestionModel;
  rowOf(place: number): number;
}

const read = new WeakMap<Knowledge, Ranker>();

function rankerOf(knowledge: Knowledge): Ranker {
  let ranker = read.get(knowledge);
  if (!ranker) {
    const model = parseModel(knowledge.learned);
    ranker = { model, rowOf: rowsByPlace(model.places) };
    read.set(knowledge, ranker);
  }
  return ranker;
}

/** A statement is said from this share of its entry's votes on, where it has more of them than the entry as a whole. */
const statementFrom = 0.35;
/** Signed examples that are less alike than this assert something else. */
const signFrom = 0.66;
const bareSignFrom = 0.85;
/** So much nearer than one of the other sign it must be. */
const signLead = 0.15;

/** Ranks entries and the statements within them. A question that leans on its thread is first about what that is about. */
export function rankQuestion(question: Question, leaning: Leaning | undefined, knowledge: Knowledge): Ranking {
  const { model, rowOf } = rankerOf(knowledge);
  const context = leaning?.isShort ? contextMarks(leaning.subject, knowledge) : [];
  const vector = toVector(
    featuresOf(question.text, [...marksOf(question, knowledge), ...context]),
    rowOf,
    model.rarity,
  );
  const votes = voteForEntries(vector, model, leaning && priorIn(leaning, model));
  const { shares, order, near, similar } = votes;
  const statements = statementScores(vector, model);
  const said = leaning?.said ?? [];
  const candidates = order.map((entry): Candidate => {
    const statement = statementOf(entry, statements, near, model, said);
    return { entry: model.entries[entry]!, share: shares[entry]!, ...(statement !== '' && { statement }) };
  });
  const sign =
    question.signature === undefined ? undefined : signOf(question.signature, candidates[0]!, similar, model);
  const probability = probabilityOf(evidenceOf(votes), model.calibration);
  const elsewhere = likelihoodOfElsewhere(vector, votes, model);
  const statementIn = (entry: string | undefined) => {
    const index = entry === undefined ? -1 : model.entries.indexOf(entry);
    return index < 0 ? undefined : statementOf(index, statements, near, model, said) || undefined;
  };
  const aspect = leaning && statementIn('same');
  const own = statementIn(leaning?.subject);
  const isAspect = leaning !== undefined && isNearer('same', leaning.subject, similar, model);
  return {
    candidates,
    probability,
    elsewhere,
    isAspect,
    ...(sign && { sign }),
    ...(aspect && { aspect }),
    ...(own && { own }),
  };
}

/** True when the nearest example of the one entry is nearer than the nearest of the other. */
function isNearer(one: string, other: string, similar: Float32Array, model: QuestionModel): boolean {
  const nearestTo = (entry: string) =>
    similar.reduce((most, similarity, example) => {
      const owner = model.statements[model.exampleStatement[example]!]!.entry;
      return model.entries[owner] === entry ? Math.max(most, similarity) : most;
    }, 0);
  return nearestTo(one) > nearestTo(other);
}

/** How many times likelier each entry is in a thread, by its place. */
function priorIn({ about, prior }: Leaning, model: QuestionModel): (entry: number) => number {
  const nearness = about.map((entry) => nearnessTo(entry, model));
  return (entry) => prior(model.entries[entry]!, Math.max(0, ...nearness.map((one) => one[entry]!)));
}

function statementScores(vector: SparseVector, model: QuestionModel): Float32Array {
  const scores = Float32Array.from(model.statementBias);
  for (let i = 0; i < vector.rows.length; i++)
    addRow(model.statementWeights, vector.rows[i]!, vector.values[i]!, scores);
  return scores;
}

/** From this similarity on a question is an example, word for word. */
const sameFrom = 0.9;

/**
 * Returns the statement of an entry that was asked for, '' for the entry as a whole.
 * @param said what the thread has said already: that is not what a follow-up asks for
 */
function statementOf(
  entry: number,
  scores: Float32Array,
  near: readonly Near[],
  model: QuestionModel,
  said: readonly string[],
): string {
  const name = model.entries[entry]!;
  // The whole follows each of its statements, so it is said with the first of them.
  const isSaid = (id: string) =>
    id === '' ? said.some((one) => one.split('/')[0] === name) : said.includes(`${name}/${id}`);
  const [first] = near;
  const same =
    first && first.similarity >= sameFrom ? model.statements[model.exampleStatement[first.example]!]! : undefined;
  if (same?.entry === entry && !isSaid(same.id)) return same.id === unsorted ? '' : same.id;
  const own = model.statements.flatMap((statement, i) =>
    statement.entry === entry && statement.id !== unsorted && !isSaid(statement.id) ? [i] : [],
  );
  if (own.length < 2) return model.statements[own[0]!]?.id ?? '';
  const shares = Float32Array.from(own, (i) => scores[i]!);
  softmax(shares);
  const votes = new Map<number, number>();
  let all = 0;
  for (const one of near) {
    const statement = model.exampleStatement[one.example]!;
    if (!own.includes(statement)) continue;
    votes.set(statement, (votes.get(statement) ?? 0) + voteOf(one));
    all += voteOf(one);
  }
  const total = own.map((statement, i) =>
    all === 0 ? shares[i]! : 0.6 * shares[i]! + (0.4 * (votes.get(statement) ?? 0)) / all,
  );
  const best = total.indexOf(Math.max(...total));
  return total[best]! >= statementFrom ? model.statements[own[best]!]!.id : '';
}

/** The sign of the nearest example of this statement that asserts the same; none where an opposite one is as near. */
function signOf(
  signature: string,
  { entry, statement = '' }: Candidate,
  similar: Float32Array,
  model: QuestionModel,
): 'yes' | 'no' | undefined {
  const best = { yes: 0, no: 0 };
  for (const one of model.signs) {
    const owner = model.statements[model.exampleStatement[one.example]!]!;
    if (one.signature !== signature || owner.id !== statement || model.entries[owner.entry] !== entry) continue;
    best[one.sign] = Math.max(best[one.sign], similar[one.example]!);
  }
  // Without a word that can turn the sign, only nearly the same question asserts the same.
  const least = signature === '' ? bareSignFrom : signFrom;
  if (Math.max(best.yes, best.no) < least || Math.abs(best.yes - best.no) < signLead) return undefined;
  return best.yes > best.no ? 'yes' : 'no';
}
