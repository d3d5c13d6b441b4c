import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { insertAfterAnswer } from '../../answer/parts.js';
import { commandPart } from '../../answer/topic-answer.js';
import { capitalize, firstSentences, generalize } from '../../answer/wording.js';
import type { Statement } from '../../knowledge/statement-schema.js';
import { stemsOf } from '../parse/words.js';

/** A longer first sentence is not parted from the others. */
const longestTitle = 300;

/**
 * Puts the statement that was asked for before the answer of its entry, whose parts fold.
 * @param sign said first, when the question wanted it and examples of the statement tell it
 * @param beside other statements, or the entry as a whole, that may have been meant: they are said too, where there is room
 */
export function statementAnswer(
  statement: Statement,
  sign: 'yes' | 'no' | undefined,
  whole: Answer,
  beside: readonly (Statement | 'whole')[] = [],
): Answer {
  const opening = sign === undefined ? '' : `${capitalize(sign)}. `;
  const { head, rest } = splitTitle(opening, statement.says);
  const next = statement.next ?? plainNext(whole);
  const entry = { kind: 'text', id: 'entry', heading: plainText(whole.title), text: whole.summary } as const;
  const parts: Part[] = [
    ...(rest === '' ? [] : [{ kind: 'text', id: 'answer', keep: 'always', text: generalize(rest) } as const]),
    ...(statement.command ? [commandPart('command', statement.command, 'always')] : []),
    ...besideParts(
      beside.filter((one) => one !== 'whole'),
      statement.says,
    ),
    {
      ...entry,
      keep: beside.includes('whole') && saysNew(plainText(whole.summary), statement.says) ? 'normal' : 'fold',
    },
    ...(next === undefined ? [] : [{ kind: 'text', id: 'next', heading: 'Next', keep: 'normal', text: next } as const]),
    ...whole.parts
      .filter(({ id }) => id !== 'answer' && id !== 'next' && !(statement.command && id === 'command'))
      .map((part): Part => ({ ...part, keep: 'fold' })),
  ];
  return { ...whole, title: generalize(head), summary: plainText(generalize(opening + statement.says)), parts };
}

/** Says statements that may have been meant right after the answer of their entry, where there is room. */
export function withStatements(whole: Answer, statements: readonly Statement[]): Answer {
  return insertAfterAnswer(whole, besideParts(statements, whole.summary));
}

/** Returns those statements that tell more than what stands before them. */
function besideParts(statements: readonly Statement[], before: string): Part[] {
  const parts: Part[] = [];
  let said = before;
  for (const { says } of statements) {
    if (!saysNew(says, said)) continue;
    said += ` ${says}`;
    parts.push({ kind: 'text', id: `beside-${parts.length + 1}`, keep: 'normal', text: generalize(says) });
  }
  return parts;
}

/** Share of a sentence's words that must be new; otherwise it says the same again. */
const newFrom = 0.4;

function saysNew(text: string, before: string): boolean {
  const known = stemsOf(before);
  const words = [...stemsOf(text)];
  return words.filter((word) => !known.has(word)).length >= newFrom * words.length;
}

/** The first sentence is the title, with the sign before it: a notification shows both. */
function splitTitle(opening: string, says: string): { head: string; rest: string } {
  const { head, rest } = firstSentences(says, 1);
  return head.length <= longestTitle ? { head: opening + head, rest } : { head: opening + says, rest: '' };
}

function plainNext(whole: Answer) {
  const next = whole.parts.find(({ id }) => id === 'next');
  return next?.kind === 'text' ? next.text : undefined;
}
