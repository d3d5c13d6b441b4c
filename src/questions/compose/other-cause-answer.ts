import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { lowerFirst } from '../../answer/finding-title.js';
import { causeAnswer } from '../../answer/topic-answer.js';
import { generalize, joinTexts } from '../../answer/wording.js';
import { plainTitle } from '../../knowledge/fill.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Cause } from '../../knowledge/schema.js';
import { shorten } from './short.js';

/** Answers "is it …?" in a thread whose evidence shows another cause: that first, then what was asked about. */
export function otherCauseAnswer(asked: Cause, found: Cause, knowledge: Knowledge): Answer {
  const whole = causeAnswer(asked, knowledge);
  const cause = lowerFirst(generalize(plainTitle(found.title)));
  const title = joinTexts(['What I have seen points to another cause: ', cause, '.'], '');
  const parts = whole.parts.map((part): Part => {
    return part.id === 'answer' ? { ...part, heading: plainTitle(asked.title) } : { ...part, keep: 'fold' };
  });
  return shorten({ ...whole, title, summary: plainText(title), parts });
}
