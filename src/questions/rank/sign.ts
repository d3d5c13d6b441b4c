import type { Assertion } from '../parse/assertion.js';
import { stemPlace } from './features.js';
import type { QuestionModel, SignedExample } from './model.js';
import { rarest } from './vector.js';

/** From this likeness on an example asserts the same; one of a statement that was not asked for must be liker. */
const alikeFrom = { own: 0.56, other: 0.7 } as const;
/** Least lead of one sign over the other, as a share of what both have. */
const leadFrom = 0.7;
/** What a name or a number counts, and what any two questions for one statement have in common. */
const nameWeight = 5;
const inCommon = 2;
/** An example that turns with other words is less sure. */
const turnedBy = 0.7;
/** "Does A replace B" is not "does B replace A". */
const otherOrder = 0.4;

/** Returns the weight of a word: how rare it is among the examples. */
export type WordWeight = (word: string) => number;

/** Returns the weight of words by a model. */
export function weighWords({ rarity }: QuestionModel, rowOf: (place: number) => number): WordWeight {
  return (word) => {
    const row = rowOf(stemPlace(word));
    return row < 0 ? rarest : Math.min(rarest, rarity[row]!);
  };
}

/** A statement that answers a question for yes or no, and with which sign. */
export interface SignedStatement {
  statement: number;
  sign: 'yes' | 'no';
}

/**
 * Returns the sign of a statement for a question, by its own examples: those that assert the same in other words, turned where
 * the question turns. Where it has none, another statement of the entry may assert just that. Undefined without a clear lead.
 * @param statement the statement that was asked for; undefined for the entry as a whole
 */
export function findSign(
  assertion: Assertion,
  { entry, statement }: { entry: number; statement: number | undefined },
  model: QuestionModel,
  weightOf: WordWeight,
): SignedStatement | undefined {
  const signed = model.signs.filter((one) => model.statements[one.statement]!.entry === entry);
  const votes = signed.map((one) => ({ one, likeness: likenessOf(assertion, one.assertion, weightOf) }));
  const own = statement === undefined ? undefined : signBy(votes, statement, assertion, alikeFrom.own);
  if (own) return own;
  const nearest = votes.reduce((best, vote) => (vote.likeness > best.likeness ? vote : best), {
    likeness: 0,
    one: signed[0],
  });
  return nearest.one && signBy(votes, nearest.one.statement, assertion, alikeFrom.other);
}

function signBy(
  votes: readonly { one: SignedExample; likeness: number }[],
  statement: number,
  assertion: Assertion,
  least: number,
): SignedStatement | undefined {
  const sums = { yes: 0, no: 0 };
  let best = 0;
  for (const { one, likeness } of votes) {
    if (one.statement !== statement) continue;
    const isTurned = (one.assertion.turns.length - assertion.turns.length) % 2 !== 0;
    sums[(one.sign === 'yes') === isTurned ? 'no' : 'yes'] += likeness ** 4;
    best = Math.max(best, likeness);
  }
  if (best < least || Math.abs(sums.yes - sums.no) < leadFrom * (sums.yes + sums.no)) return undefined;
  return { statement, sign: sums.yes > sums.no ? 'yes' : 'no' };
}

/** Returns how alike two assertions are, 0 to 1, whatever their signs: 0 where they claim different things. */
export function likenessOf(one: Assertion, other: Assertion, weightOf: WordWeight): number {
  if (one.claims.join() !== other.claims.join() || digitsOf(one) !== digitsOf(other)) return 0;
  // What is so on a server with IIS may not be so on one without.
  if (missingIn(one) !== missingIn(other)) return 0;
  const common = new Set(one.words.filter((word) => other.words.includes(word)));
  const names = one.about.filter((name) => other.about.includes(name)).length;
  const allNames = new Set([...one.about, ...other.about]).size;
  const weigh = (words: Iterable<string>) => [...words].reduce((sum, word) => sum + weightOf(word), 0);
  const shared = weigh(common) + nameWeight * names + inCommon;
  const all = weigh(new Set([...one.words, ...other.words])) + nameWeight * allNames + inCommon;
  // Two words in each other's place tell two things; one word more tells the same in detail.
  const alone = (words: readonly string[]) => weigh(new Set(words.filter((word) => !common.has(word))));
  const swapped = Math.min(alone(one.words), alone(other.words));
  const turned = one.turns.join() === other.turns.join() ? 1 : turnedBy;
  const order = (words: readonly string[]) => words.filter((word) => common.has(word)).join(' ');
  const ordered = !one.claims.includes('replace') || order(one.words) === order(other.words) ? 1 : otherOrder;
  return (turned * ordered * shared) / (all + swapped);
}

const digitsOf = ({ words, about }: Assertion) =>
  [...words.filter((word) => /\d/.test(word)), ...about.filter((name) => /\d/.test(name))].sort().join();

const missingIn = ({ words }: Assertion) =>
  words
    .filter((word) => word.startsWith('without '))
    .sort()
    .join();
