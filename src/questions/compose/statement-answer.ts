import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { commandPart } from '../../answer/topic-answer.js';
import { capitalize, firstSentences, generalize } from '../../answer/wording.js';
import type { Statement } from '../../knowledge/schema.js';

/** Sentences up to this length stand in the title, which a notification shows. */
const titleLength = 150;

/**
 * Puts the statement that was asked for before the answer of its entry, whose parts fold.
 * @param sign said first, when the question wanted it and an example of the statement has it
 */
export function statementAnswer(statement: Statement, sign: 'yes' | 'no' | undefined, whole: Answer): Answer {
  const said = `${sign === undefined ? '' : `${capitalize(sign)}. `}${statement.says}`;
  const { head, rest } = splitTitle(said);
  const next = statement.next ?? plainNext(whole);
  const parts: Part[] = [
    ...(rest === '' ? [] : [{ kind: 'text', id: 'answer', keep: 'always', text: generalize(rest) } as const]),
    ...(statement.command ? [commandPart('command', statement.command, 'always')] : []),
    ...(next === undefined ? [] : [{ kind: 'text', id: 'next', heading: 'Next', keep: 'normal', text: next } as const]),
    { kind: 'text', id: 'entry', heading: plainText(whole.title), keep: 'fold', text: whole.summary },
    ...whole.parts
      .filter(({ id }) => id !== 'answer' && id !== 'next' && !(statement.command && id === 'command'))
      .map((part): Part => ({ ...part, keep: 'fold' })),
  ];
  return { ...whole, title: generalize(head), summary: plainText(generalize(said)), parts };
}

function splitTitle(said: string): { head: string; rest: string } {
  const { head, rest } = firstSentences(said, /^(Yes|No)\. /.test(said) ? titleLength : 1);
  return head.length <= titleLength * 2 ? { head, rest } : { head: said, rest: '' };
}

function plainNext(whole: Answer) {
  const next = whole.parts.find(({ id }) => id === 'next');
  return next?.kind === 'text' ? next.text : undefined;
}
