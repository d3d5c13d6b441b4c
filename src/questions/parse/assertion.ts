import { claims, idle, likes, names, small, turns } from './assertion-words.js';
import { segments, stem } from './words.js';

/** What a question for yes or no asserts, in a form in which the same thing said in other words is alike. */
export interface Assertion {
  /** Stems of the words that say what it is about, in their order. */
  words: string[];
  /** What it says of that: removed, needed, the same … Another one asserts another thing. Ascending. */
  claims: string[];
  /** What turns its sign, each as often as it stands there: a negation, harm, failure, a difference. Ascending. */
  turns: string[];
  /** Accounts, rights and numbers that it names. Ascending. */
  about: string[];
}

/** "Take it away" and "leave it out" remove. */
const takes = new Set(['take', 'taken', 'taking', 'took', 'leave', 'left', 'leaves']);
const away = new Set(['out', 'away', 'off']);

/**
 * Reads a proposition (`findProposition`).
 * @param about accounts, rights and numbers that it names
 */
export function readAssertion(proposition: string, about: readonly string[]): Assertion {
  const found = { words: [] as string[], claims: new Set<string>(), turns: [] as string[] };
  let text = proposition;
  for (const [name, word] of names) text = text.replace(name, word);
  const all = segments(text).map((word) => likes.get(word) ?? likes.get(stem(word)) ?? word);
  for (const [i, word] of all.entries()) {
    // "Isn't it dangerous?" asks what "is it dangerous?" asks.
    if (i === 0 && word.endsWith("n't")) continue;
    const root = stem(word);
    const turn = turns.get(word) ?? turns.get(root);
    const claim = takes.has(word) && all.slice(i).some((later) => away.has(later)) ? 'remove' : undefined;
    const said = claim ?? claims.get(word) ?? claims.get(root);
    if (turn !== undefined) found.turns.push(turn);
    else if (said !== undefined) found.claims.add(said);
    else if (!small.has(word) && !idle.has(word) && !idle.has(root)) {
      // "Without IIS" is not "without IIS_IUSRS".
      const before = all.slice(0, i).findLast((one) => !small.has(one));
      found.words.push(before === 'without' ? `without ${root}` : root);
    }
  }
  // "B is replaced by A" says "A replaces B".
  if (found.claims.has('replace') && / by /.test(text)) found.words.reverse();
  // "Are they different?" asks for the opposite of "are they the same?".
  if (found.turns.includes('differ')) found.claims.add('same');
  return { words: found.words, claims: [...found.claims].sort(), turns: found.turns.sort(), about: [...about].sort() };
}
