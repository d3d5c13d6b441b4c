import type { Knowledge } from '../../knowledge/knowledge.js';
import { buildOnce } from '../../knowledge/per-knowledge.js';
import type { Assertion } from '../parse/assertion.js';
import { findNamed } from '../parse/names.js';
import { marksOf, type Question } from '../parse/question.js';
import type { Candidate } from './candidate.js';
import { contextMarks, type ThreadContext } from './context.js';
import { likelihoodOfElsewhere } from './elsewhere.js';
import { probabilityOf } from './evidence.js';
import { featuresOf } from './features.js';
import { examplesByStatement, type QuestionModel, rowsByPlace } from './model.js';
import { parseModel } from './model-file.js';
import { joinCard, priorOf } from './prior.js';
import { findSign, type WordWeight, weighWords } from './sign.js';
import { chooseStatement, orderStatements, scoreStatements } from './statements.js';
import { toVector } from './vector.js';
import { evidenceOf, voteForEntries } from './votes.js';
import { findCommonQuestion, findRepeatedExample, putFirst, wordForWord } from './word-for-word.js';

/** What the examples say about a question. */
export interface Ranking {
  /** Best first. */
  candidates: Candidate[];
  /** How likely the first is right, 0 to 1, calibrated on examples that the model had not seen. */
  probability: number;
  /** How likely the question is about another world, 0 to 1. */
  elsewhere: number;
  /** The answer of the first candidate's statement to a question for yes or no; undefined where no example tells. */
  sign?: 'yes' | 'no';
  /** What a question that refers to its thread asks of the thread's own entry: a statement of `same`. */
  aspect?: string;
  /** What it may ask of that, the likeliest first; '' is more about it. */
  aspects: string[];
  /** The statement of the thread's own entry that fits the question best. */
  own?: string;
  /** True when the question is nearer to what can be asked of any entry than to what is asked of the thread's own. */
  isAspect: boolean;
  /** How alike it is to the nearest example of an entry, 0 to 1. */
  likeness(entry: string): number;
  /** True for a question that is word for word one of those that every thread may ask. */
  isWritten: boolean;
}

interface Ranker {
  model: QuestionModel;
  /** The examples of each statement. */
  examples: number[][];
  rowOf(place: number): number;
}

const rankerOf = buildOnce(({ learned }): Ranker => {
  const model = parseModel(learned);
  return { model, examples: examplesByStatement(model), rowOf: rowsByPlace(model.places) };
});

/** Returns how much each word of a question tells, by its examples. */
export function wordWeights(knowledge: Knowledge): WordWeight {
  const { model, rowOf } = rankerOf(knowledge);
  return weighWords(model, rowOf);
}

/** Ranks entries and the statements within them. A question that refers to its thread is first about what that is about. */
export function rankQuestion(question: Question, thread: ThreadContext | undefined, knowledge: Knowledge): Ranking {
  const { model, examples, rowOf } = rankerOf(knowledge);
  const context = thread?.isShort ? contextMarks(thread.subject, knowledge) : [];
  const vector = toVector(
    featuresOf(question.text, [...marksOf(question, knowledge), ...context]),
    rowOf,
    model.rarity,
  );
  const named = findNamed(question.folded, knowledge);
  const votes = voteForEntries(vector, model, priorOf(question, named, thread, model, knowledge), (shares) =>
    joinCard(shares, question, model, knowledge),
  );
  const { shares, order } = votes;
  const statements = {
    scores: scoreStatements(vector, model),
    votes,
    examples,
    named: named.statements,
    said: thread?.said ?? [],
  };
  const likely = order.map((entry): Candidate => {
    const { first, beside } = chooseStatement(entry, statements, model);
    return {
      entry: model.entries[entry]!,
      share: shares[entry]!,
      ...(first !== '' && { statement: first }),
      ...(beside.length > 0 && { beside }),
    };
  });
  const probability = probabilityOf(evidenceOf(votes), model.calibration);
  const elsewhere = likelihoodOfElsewhere(vector, votes, model);
  const statementIn = (entry: string | undefined) => {
    const index = entry === undefined ? -1 : model.entries.indexOf(entry);
    return index < 0 ? undefined : chooseStatement(index, statements, model).first || undefined;
  };
  const written = thread?.isShort ? findCommonQuestion(votes.near, thread.about, model) : undefined;
  const sure = written ?? (thread ? undefined : findRepeatedExample(votes.near, model));
  const candidates = sure === undefined ? likely : putFirst(sure, likely, statementIn(sure));
  const sign = question.assertion && signFirst(candidates, question.assertion, model, rowOf);
  const aspect = thread && statementIn('same');
  const same = model.entries.indexOf('same');
  const aspects = thread && same >= 0 ? orderStatements(same, statements, model).map(({ id }) => id) : [];
  const own = statementIn(thread?.subject);
  const likeness = (entry: string) => similarityTo(entry, votes.similar, model, examples);
  const isAspect = thread !== undefined && likeness('same') > likeness(thread.subject);
  return {
    candidates,
    probability: sure === undefined ? probability : Math.max(probability, wordForWord),
    elsewhere: sure === undefined ? elsewhere : 0,
    isAspect,
    likeness,
    isWritten: written !== undefined,
    aspects,
    ...(sign && { sign }),
    ...(aspect && { aspect }),
    ...(own && { own }),
  };
}

/** Returns how alike a question is to the nearest example of an entry. */
function similarityTo(
  name: string,
  similar: Float32Array,
  { entries, statements }: QuestionModel,
  examples: Ranker['examples'],
): number {
  const entry = entries.indexOf(name);
  let most = 0;
  for (const [statement, own] of examples.entries())
    if (statements[statement]!.entry === entry) for (const example of own) most = Math.max(most, similar[example]!);
  return most;
}

/** Returns the sign for the first candidate; names the statement that has it, where none was asked for by its words. */
function signFirst(
  candidates: Candidate[],
  assertion: Assertion,
  model: QuestionModel,
  rowOf: (place: number) => number,
): 'yes' | 'no' | undefined {
  const [first] = candidates;
  const entry = model.entries.indexOf(first!.entry);
  const at = model.statements.findIndex((one) => one.entry === entry && one.id === first!.statement);
  const found = findSign(assertion, { entry, statement: at < 0 ? undefined : at }, model, weighWords(model, rowOf));
  if (found)
    candidates[0] = { entry: first!.entry, share: first!.share, statement: model.statements[found.statement]!.id };
  return found?.sign;
}
