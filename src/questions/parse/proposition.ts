import { segments, stem } from './words.js';

/**
 * A question for yes or no asserts something. A few kinds of words can turn its sign round: negations, what is done (add or
 * remove), whether harm is asked about, must and only. "Can", "safe" and "works" are what is asked about anyway. Two questions
 * for one statement with the same such words assert the same, whatever stands around them.
 */
const turning: Readonly<Record<string, string>> = {
  not: "not no never cannot can't won't don't doesn't isn't aren't wasn't didn't shouldn't wouldn't couldn't haven't hasn't without none neither nothing nobody cant wont dont doesnt isnt arent",
  remove:
    'remove removed removing removal delete deleted deleting drop dropped dropping strip stripped stripping revoke revoked take taken taking took kick exclude leave lose loses lost missing lack lacks gone absent uninstall disappear disable disabled disabling unlink off',
  add: 'add added adding grant granted granting give giving gave given put putting assign assigned insert include included restore enable enabled',
  keep: 'keep keeping stay stays remain remains preserve preserved append merge',
  replace: 'replace replaces replaced overwrite overwrites overwritten override overrides overrule wipe reset revert',
  bad: 'break breaks broken fail fails failing failed crash crashes harm harms hurt damage affect affects affected impact die dies dangerous danger risk risky insecure unsafe bad vulnerability hole threat vulnerable wrong problem exploit forbid forbids flag flags',
  stop: 'stop stops stopped prevent prevents block blocks blocked protect protects mitigate mitigates against avoid',
  need: 'need needs needed necessary required require requires must mandatory compulsory',
  only: 'only alone solely merely exclusively enough sufficient suffice suffices just',
  all: 'all every everything always any but except',
  same: 'same identical equal equivalent synonym alias',
  differ: 'different differ differs difference another',
  before: 'before until till',
  restart: 'restart reboot rebooted restarted iisreset bounce',
  recycle: 'recycle recycled recycling recycles',
  logoff: 'logoff logout',
  empty: 'empty blank undefined',
  automatic: 'automatic automatically itself',
  manual: 'manual manually',
};

const kindOf = new Map(
  Object.entries(turning).flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind] as const)),
);

/** Begins a question for yes or no. */
const auxiliary =
  /^(?:is|are|am|was|were|does|do|did|can|could|may|might|will|would|shall|should|must|has|have|had|isn't|aren't|doesn't|don't|didn't|can't|couldn't|won't|wouldn't|shouldn't|hasn't|haven't|isnt|doesnt|cant|wont)\b/;
const openWords = /\b(?:what|which|who|whom|whose|where|when|why|how|whats|hows|wheres)\b/;
const opening =
  /^(?:(?:so|and|but|ok|okay|well|hm+|btw|quick question|question|hi|hello|hey|please|pls|sorry|thanks|then|or|also)\b[ ,:!.-]*)+(?=\S)/;

/** "…, right?" asks whether what stands before it is so. */
const tag = /,? (?:right|correct|is that right|true or false|yes or no)\?$/;
/** A longer sentence with a question mark tells a story. In words. */
const shortAssertion = 16;
/** An English sentence has one of them; a name with a question mark has none. */
const sentenceWord = /\b(?:the|it|its|my|our|this|that|has|have|is|are|just|only)\b|^not\b/;

/** "my console shows it, so the pool has it?": an assertion whose question mark wants yes or no. */
function isShortAssertion(clause: string): boolean {
  return clause.endsWith('?') && sentenceWord.test(clause) && clause.split(' ').length <= shortAssertion;
}

/**
 * Returns the clause of a folded question that wants yes or no, without punctuation; undefined for an open question, for one that
 * offers a choice, and for a statement.
 */
export function findProposition(text: string): string | undefined {
  const clauses = text.split(
    /(?<=[?!])\s+|(?<=[.;])\s+|\n|(?:, | - )(?=(?:is|are|does|do|did|can|will|should|must|may|would)\b)/,
  );
  for (const raw of clauses.reverse()) {
    const clause = raw.replace(opening, '').replace(tag, '?').trim();
    if (!auxiliary.test(clause) && !isShortAssertion(clause)) continue;
    if (openWords.test(clause.replace(/^\w+ (?:you|i|we) (?:tell|say|know|explain)\b/, ' what '))) return undefined;
    // "a or b?" wants one of them; "is it the pool or not" wants yes or no.
    if (/\bor\b(?! not\b)/.test(clause)) return undefined;
    return clause.replace(/[?!.,;:"()]+/g, ' ').trim();
  }
  return undefined;
}

/** Returns the words of a proposition that can turn its sign, in a fixed order; `about` adds what it is about. */
export function signatureOf(proposition: string, about: readonly string[]): string {
  const kinds = new Set<string>();
  let negations = 0;
  for (const word of segments(proposition)) {
    const kind = kindOf.get(word) ?? kindOf.get(stem(word));
    if (kind === 'not') negations++;
    else if (kind !== undefined) kinds.add(kind);
  }
  return [...[...kinds].sort(), ...(negations > 0 ? [`not${negations}`] : []), ...[...about].sort()].join(' ');
}
