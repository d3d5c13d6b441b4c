/** Begins a question for yes or no. */
const auxiliary =
  /^(?:is|are|am|was|were|does|do|did|can|could|may|might|will|would|shall|should|must|has|have|had|isn't|aren't|doesn't|don't|didn't|can't|couldn't|won't|wouldn't|shouldn't|hasn't|haven't|isnt|doesnt|cant|wont)\b/;
const openWords = /\b(?:what|which|who|whom|whose|where|when|why|how|whats|hows|wheres)\b/;
/** "Can you tell me why …" and "is there a way to see who …" want what follows. */
const asksFor =
  /^(?:(?:can|could|would|will|do|does|did) (?:you|i|we|anyone|anybody|someone|somebody)|is there) .*\b(?:what|which|who|whom|whose|where|why|how)\b/;
/** "Did that, still 403" tells what was done and asks nothing. */
const tellsDone = /^did (?:that|this|it|so|all|both|everything)\b(?=\s*(?:[,;.:-]|$|(?:and|but|already|too|twice)\b))/;
const opening =
  /^(?:(?:so|and|but|ok|okay|well|hm+|btw|quick question|question|hi|hello|hey|please|pls|sorry|thanks|then|or|also)\b[ ,:!.-]*)+(?=\S)/;

/** "…, right?" asks whether what stands before it is so. */
const tag = /,? (?:right|correct|is that right|true or false|yes or no)\?$/;
/** "Even though it isn't on the list" asks nothing: what stands before it is asked. */
const concession = /,? (?:even (?:when|if|though)|although|though)\b.*$/;
/** A longer sentence with a question mark tells a story. In words. */
const shortAssertion = 16;
/** An English sentence has one of them; a name with a question mark has none. */
const sentenceWord = /\b(?:the|it|its|my|our|this|that|has|have|is|are|just|only)\b|^not\b/;

/** "my console shows it, so the pool has it?": an assertion whose question mark wants yes or no. */
function isShortAssertion(clause: string): boolean {
  return (
    clause.endsWith('?') &&
    sentenceWord.test(clause) &&
    !openWords.test(clause) &&
    clause.split(' ').length <= shortAssertion
  );
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
    const clause = raw.replace(opening, '').replace(tag, '?').replace(concession, '?').trim();
    if (!auxiliary.test(clause) && !isShortAssertion(clause)) continue;
    if (tellsDone.test(clause)) continue;
    if (asksFor.test(clause)) return undefined;
    // "a or b?" wants one of them; "is it the pool or not" wants yes or no.
    if (/\bor\b(?! not\b)/.test(clause)) return undefined;
    return clause.replace(/[?!.,;:"()]+/g, ' ').trim();
  }
  return undefined;
}
