import type { Part, Text } from '../../answer/answer.js';
import { type FactLookup, fillSentence, firstSentences } from '../../answer/wording.js';

/** Returns the first sentence of a reply as its title, and the others as its answer; undefined where a fact in braces is not known. */
export function fillReply(says: string, facts: FactLookup): { title: Text; parts: Part[] } | undefined {
  const { head, rest } = firstSentences(says, 1);
  const title = fillSentence(head, facts);
  const more = rest === '' ? '' : fillSentence(rest, facts);
  if (title === undefined || more === undefined) return undefined;
  return { title, parts: more === '' ? [] : [{ kind: 'text', id: 'answer', keep: 'always', text: more }] };
}
