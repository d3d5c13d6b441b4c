import { type Answer, type Part, plainText } from './answer.js';
import { orderParts } from './screen.js';

/** Parts whose words belong to the answer they are in. */
const ownIds = new Set(['withheld', 'loop', 'differs', 'seen']);

/**
 * Returns a second answer of a conversation with only its news shown: the parts that are in the earlier answer fold. Where
 * title and parts are the same, one line says so.
 */
export function showNews<A extends Answer>(answer: A, earlier: Answer): A {
  const known = new Set(earlier.parts.map(wordsOf));
  const isKnown = (part: Part) => part.keep !== 'fold' && !ownIds.has(part.id) && known.has(wordsOf(part));
  if (!answer.parts.some(isKnown)) return answer;
  const folded = answer.parts.map((part): Part => (isKnown(part) ? { ...part, keep: 'fold' } : part));
  const foldsFix = answer.parts.some((part) => part.id === 'fix' && isKnown(part));
  const isSame = plainText(answer.title) === plainText(earlier.title) && folded.every(({ keep }) => keep === 'fold');
  const text = isSame
    ? 'This changes nothing: my answer above still holds.'
    : foldsFix
      ? 'The fix is the one above.'
      : undefined;
  const line: Part[] = text ? [{ kind: 'text', id: 'above', keep: 'always', text }] : [];
  return { ...answer, parts: orderParts([...folded, ...line]) };
}

/** Returns what a part says, whether it is folded or not. */
function wordsOf({ keep: _, ...said }: Part): string {
  return JSON.stringify(said);
}
