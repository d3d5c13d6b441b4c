import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { lowerFirst } from '../../answer/finding-title.js';
import { causeAnswer } from '../../answer/topic-answer.js';
import { generalize, joinTexts } from '../../answer/wording.js';
import type { Cause } from '../../knowledge/cause-schema.js';
import { plainTitle } from '../../knowledge/fill.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { shorten } from './short.js';

/** Answers "is it …?" in a thread whose evidence shows another cause: that first, then what was asked about and how to see it. */
export function otherCauseAnswer(asked: Cause, found: Cause, isSure: boolean, knowledge: Knowledge): Answer {
  const whole = causeAnswer(asked, knowledge);
  const cause = lowerFirst(generalize(plainTitle(found.title)));
  const isOpen = !isSure && shareStatus(asked, found, knowledge);
  const head = isOpen
    ? "I can't rule that out, but this fits better: "
    : 'No. What I have seen points to another cause: ';
  const title = joinTexts([head, cause, '.'], '');
  const parts = whole.parts.map((part): Part => {
    if (part.id === 'check') return part;
    return part.id === 'answer' ? { ...part, heading: plainTitle(asked.title) } : { ...part, keep: 'fold' };
  });
  return shorten({ ...whole, title, summary: plainText(title), parts });
}

/** True for causes that one status stands for. */
function shareStatus(one: Cause, other: Cause, { statuses }: Knowledge): boolean {
  return [...statuses.values()].some(({ causes }) => causes.includes(one.id) && causes.includes(other.id));
}
