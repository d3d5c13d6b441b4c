import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { orderParts } from '../../answer/screen.js';

/** Words of an answer to a question before the fold; commands and lists of SIDs are not counted. */
export const mostWords = 90;

/** Parts that stay: they are what was asked for. */
const asked: ReadonlySet<string> = new Set([
  'answer',
  'asked',
  'steps',
  'command',
  'fix',
  'choices',
  'language',
  'near',
]);

/** Parts that fold first, whatever is behind them; and those that fold last. */
const late = ['forms', 'contexts-more'];
const keepers: ReadonlySet<string> = new Set([...late, 'why', 'next']);

/** Counts the words that a reader reads before "show more". */
export function countShownWords(answer: Pick<Answer, 'title' | 'parts'>): number {
  return answer.parts
    .filter(({ keep }) => keep !== 'fold')
    .reduce((sum, part) => sum + wordsOf(part), wordsIn(plainText(answer.title)));
}

/** Folds what was not asked for, from the end, until the answer is short. The next step goes last. */
export function shorten(answer: Answer): Answer {
  let parts = answer.parts;
  const foldable = parts.filter(({ id, keep }) => keep === 'normal' && !asked.has(id)).map(({ id }) => id);
  const order = [
    ...late.filter((id) => foldable.includes(id)),
    ...foldable.filter((id) => !keepers.has(id)).reverse(),
    'why',
    'next',
  ];
  for (const id of order) {
    if (countShownWords({ title: answer.title, parts }) <= mostWords) break;
    parts = parts.map((part) => (part.id === id && part.keep === 'normal' ? { ...part, keep: 'fold' } : part));
  }
  return { ...answer, parts: orderParts(parts) };
}

function wordsOf(part: Part): number {
  const heading = wordsIn(part.heading ?? '');
  switch (part.kind) {
    case 'text':
    case 'notice':
      return heading + wordsIn(plainText(part.text));
    case 'facts':
      return part.facts.reduce((sum, fact) => sum + wordsIn(`${fact.label} ${plainText(fact.value)}`), heading);
    case 'steps':
      return part.steps.reduce((sum, step) => sum + wordsIn(plainText(step.text)), heading);
    case 'command':
      return heading + wordsIn(plainText(part.note ?? ''));
    case 'table':
    case 'evidence':
      return heading;
  }
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word) && !/^[*"`(]*S-1-/.test(word)).length;
}
