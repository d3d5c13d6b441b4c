import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { commandPart } from '../../answer/topic-answer.js';
import { capitalize, firstSentences, generalize } from '../../answer/wording.js';
import type { Statement } from '../../knowledge/schema.js';

/** A longer first sentence is not parted from the others. */
const longestTitle = 300;

/**
 * Puts the statement that was asked for before the answer of its entry, whose parts fold.
 * @param sign said first, when the question wanted it and examples of the statement tell it
 * @param beside another statement, or the entry as a whole, that may have been meant: it is said too, where there is room
 */
export function statementAnswer(
  statement: Statement,
  sign: 'yes' | 'no' | undefined,
  whole: Answer,
  beside?: Statement | 'whole',
): Answer {
  const opening = sign === undefined ? '' : `${capitalize(sign)}. `;
  const { head, rest } = splitTitle(opening, statement.says);
  const next = statement.next ?? plainNext(whole);
  const entry = { kind: 'text', id: 'entry', heading: plainText(whole.title), text: whole.summary } as const;
  const parts: Part[] = [
    ...(rest === '' ? [] : [{ kind: 'text', id: 'answer', keep: 'always', text: generalize(rest) } as const]),
    ...(statement.command ? [commandPart('command', statement.command, 'always')] : []),
    ...(typeof beside === 'object' ? [besidePart(beside)] : []),
    { ...entry, keep: beside === 'whole' ? 'normal' : 'fold' },
    ...(next === undefined ? [] : [{ kind: 'text', id: 'next', heading: 'Next', keep: 'normal', text: next } as const]),
    ...whole.parts
      .filter(({ id }) => id !== 'answer' && id !== 'next' && !(statement.command && id === 'command'))
      .map((part): Part => ({ ...part, keep: 'fold' })),
  ];
  return { ...whole, title: generalize(head), summary: plainText(generalize(opening + statement.says)), parts };
}

/** Says a statement that may have been meant right after the answer of its entry, where there is room. */
export function withStatement(whole: Answer, statement: Statement): Answer {
  const at = whole.parts.findIndex(({ id }) => id === 'answer') + 1;
  return { ...whole, parts: [...whole.parts.slice(0, at), besidePart(statement), ...whole.parts.slice(at)] };
}

const besidePart = ({ says }: Statement): Part => ({
  kind: 'text',
  id: 'beside',
  keep: 'normal',
  text: generalize(says),
});

/** The first sentence is the title, with the sign before it: a notification shows both. */
function splitTitle(opening: string, says: string): { head: string; rest: string } {
  const { head, rest } = firstSentences(says, 1);
  return head.length <= longestTitle ? { head: opening + head, rest } : { head: opening + says, rest: '' };
}

function plainNext(whole: Answer) {
  const next = whole.parts.find(({ id }) => id === 'next');
  return next?.kind === 'text' ? next.text : undefined;
}
