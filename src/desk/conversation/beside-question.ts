import type { Answer, Part } from '../../answer/answer.js';
import type { Report } from '../../diagnosis/report.js';
import type { Cause } from '../../knowledge/cause-schema.js';
import { plainTitle } from '../../knowledge/fill.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { ask } from '../../questions/ask.js';

/** A question beside a paste is short; longer lines are part of the paste. In characters. */
const longestQuestion = 200;
/** Lines that are searched for the question. */
const mostLines = 400;

/** A yes-or-no question about the paste beside it: `is it the pool?`, `could that be permissions again?`. */
const asksAboutThis =
  /^(?:(?:hi|hello|hey|and|so|ok|okay|hm+)\b[\s,.!]{0,3})?(?:is|was|isn't|could|can|might|does)\s(?:it|this|that|these|those)\b\s{0,3}(?:be\s|mean\s|still\s)?(.{2,120}?)(?:\s(?:again|problem|issue|thing))?\s{0,2}\?$/i;

/** The user right, by the names that people give it; `the right page` is not one of them. */
const namesTheRight =
  /(?:\b(?:the|same|missing|lost)\s(?:user\s)?right(?:\s(?:again|missing|gone|lost|thing|problem|issue)\b|\s{0,2}(?:,|$))|impersonat|SeImpersonatePrivilege|0x80070542|\b1346\b|IIS_IUSRS)/i;

/**
 * Returns the cause that a line of the text asks about; undefined when none of them is such a question, or its words are no
 * cause of the knowledge.
 */
export function askedCause(text: string, knowledge: Knowledge): Cause | undefined {
  for (const raw of text.split('\n', mostLines)) {
    const line = raw.replace(/^[\s>*]{1,8}/, '').trim();
    const subject = line.length <= longestQuestion ? asksAboutThis.exec(line)?.[1] : undefined;
    if (subject === undefined) continue;
    if (namesTheRight.test(subject))
      return [...knowledge.causes.values()].find(({ reasoning }) => reasoning === 'user-right');
    const { intent, topic } = ask(subject, knowledge);
    const cause = intent === 'cause' && topic !== null ? knowledge.causes.get(topic) : undefined;
    if (cause) return cause;
  }
  return undefined;
}

/** Puts the reply to that question in front of a diagnosis: "No" where another cause was found, and never surer than the finding. */
export function answerBesideQuestion(answer: Answer, asked: Cause, report: Report, knowledge: Knowledge): Answer {
  const { findings } = report.diagnosis;
  const same = findings.find(({ cause }) => cause === asked.id);
  const part: Part = {
    kind: 'text',
    id: 'beside',
    keep: 'always',
    text: replyTo(asked, same?.confidence, findings[0]?.cause, knowledge),
  };
  return { ...answer, parts: [part, ...answer.parts] };
}

function replyTo(
  asked: Cause,
  confidence: 'confirmed' | 'likely' | 'possible' | undefined,
  other: string | undefined,
  knowledge: Knowledge,
): string {
  if (confidence === 'confirmed') return 'Yes, that is it.';
  if (confidence !== undefined)
    return `${confidence === 'likely' ? 'Likely yes' : 'Possibly'}: what you pasted fits that.`;
  const found = other === undefined ? undefined : knowledge.causes.get(other);
  const wanted = `"${plainTitle(asked.title)}"`;
  return found
    ? `No, this is not ${wanted}: what you pasted shows another cause.`
    : `What you pasted does not show ${wanted}.`;
}
