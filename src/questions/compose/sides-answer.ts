import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { sourcesOf } from '../../answer/parts.js';
import { firstSentences } from '../../answer/wording.js';

/** One of the things that are compared. */
export interface Side {
  /** What it is called in the knowledge. */
  name: string;
  answer: Answer;
  /** The answer begins with a statement of the entry. */
  isStatement: boolean;
}

/** Characters that are said of each side, whole sentences. */
const longestSide = 220;

/** Answers a comparison by what each side is, one after the other; what the first entry says besides folds. */
export function sidesAnswer(sides: readonly Side[]): Answer {
  const [one] = sides.map(({ answer }) => answer) as [Answer];
  const heads = sides.map(sentenceOfSide);
  const said = sides.map(
    ({ name }, i): Part => ({
      kind: 'text',
      id: i === 0 ? 'answer' : 'near',
      heading: name,
      keep: 'always',
      text: heads[i]!,
    }),
  );
  const names = [...new Set(sides.map(({ name }) => name))];
  const folded = one.parts
    .filter(({ id }) => id !== 'answer' && id !== 'near')
    .map((part): Part => ({ ...part, keep: 'fold' }));
  return {
    title: names.join(', ').replace(/, ([^,]*)$/, ' and $1'),
    summary: heads.join(' '),
    parts: [...said, ...folded],
    actions: [],
    sources: sourcesOf(sides.map(({ answer }) => answer.sources)),
  };
}

/** Returns what is said of a side: the statement, or the answer of the entry, whose name is the heading. */
function sentenceOfSide({ answer, isStatement }: Side): string {
  const part = answer.parts.find(({ id }) => id === 'answer');
  const own = !isStatement && part?.kind === 'text' ? plainText(part.text) : answer.summary;
  return firstSentences(own, longestSide).head;
}

/** True for an answer that speaks of both sides before the fold. */
export function holdsSides(answer: Answer, sides: readonly string[]): boolean {
  const shown = answer.parts.filter(({ keep }) => keep !== 'fold');
  const text = [plainText(answer.title), ...shown.map(textOf)].join(' ').toLowerCase();
  return sides.every((side) => (side.match(/[\p{L}\p{N}_.-]{3,}/gu) ?? []).some((word) => text.includes(word)));
}

function textOf(part: Part): string {
  if (part.kind === 'text' || part.kind === 'notice') return plainText(part.text);
  return part.kind === 'facts' ? part.facts.map(({ label, value }) => `${label} ${plainText(value)}`).join(' ') : '';
}
