import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { firstSentences } from '../../answer/wording.js';

/** One of two things that are compared. */
export interface Side {
  /** What it is called in the knowledge; a statement names itself. */
  name?: string;
  answer: Answer;
}

/** Answers a comparison by what each side is, one after the other; what the first entry says besides folds. */
export function comparisonAnswer(sides: readonly [Side, Side]): Answer {
  const [{ answer: one }, { answer: other }] = sides;
  const said = sides.map(({ name, answer }, i): Part => {
    const { head } = firstSentences(answer.summary, 1);
    return {
      kind: 'text',
      id: i === 0 ? 'answer' : 'near',
      ...(name && { heading: name }),
      keep: 'always',
      text: head,
    };
  });
  const folded = one.parts
    .filter(({ id }) => id !== 'answer' && id !== 'near')
    .map((part): Part => ({ ...part, keep: 'fold' }));
  const summary = said.map((part) => (part.kind === 'text' ? plainText(part.text) : '')).join(' ');
  const known = new Set(one.sources.map(({ title }) => title));
  const sources = [...one.sources, ...other.sources.filter(({ title }) => !known.has(title))];
  return { title: 'Both, one after the other', summary, parts: [...said, ...folded], actions: [], sources };
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
