import { plainText } from '../../answer/answer.js';
import { capitalize, firstSentences, generalize } from '../../answer/wording.js';
import type { Knowledge } from '../../knowledge/knowledge.js';

/** A button of Slack holds so many characters. */
const buttonLength = 75;

/** Returns the title of an entry, or the first sentence of its statement where that fits on a button. */
export function titleOf(entry: string, statement: string | undefined, knowledge: Knowledge): string {
  const found = knowledge.topics.get(entry) ?? knowledge.causes.get(entry);
  if (!found) return entry;
  const says = found.statements.find(({ id }) => id === statement)?.says;
  if (says !== undefined) {
    const sentence = plainText(generalize(firstSentences(says, 1).head)).replace(/\.$/, '');
    if (sentence.length <= buttonLength) return sentence;
  }
  return capitalize(plainText(generalize(found.title)));
}
