import { plainText } from '../../answer/answer.js';
import { capitalize, firstSentences, generalize } from '../../answer/wording.js';
import { findEntry, type Knowledge } from '../../knowledge/knowledge.js';

/** Characters of a button in Slack. */
const buttonLength = 75;

/** Returns what a statement says first, or the title of an entry; cut after a word where a button has no room for all of it. */
export function titleOf(entry: string, statement: string | undefined, knowledge: Knowledge): string {
  const found = findEntry(entry, knowledge);
  if (!found) return entry;
  const says = found.statements.find(({ id }) => id === statement)?.says;
  const title = says === undefined ? found.title : firstSentences(says, 1).head.replace(/\.$/, '');
  return cutForButton(capitalize(plainText(generalize(title))));
}

function cutForButton(title: string): string {
  if (title.length <= buttonLength) return title;
  const room = title.slice(0, buttonLength - 1);
  return `${room.slice(0, room.lastIndexOf(' ')).replace(/[,;:]$/, '')}…`;
}
