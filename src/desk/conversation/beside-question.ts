import type { Answer, Part } from '../../answer/answer.js';
import type { Report } from '../../diagnosis/report.js';

/** A question beside a paste is short; longer lines are part of the paste. In characters. */
const longestQuestion = 200;
/** More lines of words do not stand around a paste. */
const mostLines = 400;

/** `Is that the right again?`: a yes or no about the user right, by whatever name people give it. */
const asksAboutRight =
  /^(?:(?:hi|hello|hey|and|so|ok|okay|hm+)\b[\s,.!]{0,3})?(?:is|was|isn't|could|can|might|does)\s(?:it|this|that|these|those)\b.{0,60}(?:\b(?:the|same|missing|lost)\s(?:user\s)?right(?=\s(?:again|missing|gone|lost|thing|problem|issue)\b|\s{0,2}[,?])|impersonat|SeImpersonatePrivilege|0x80070542|\b1346\b|IIS_IUSRS).{0,60}\?$/i;

const rightCause = 'impersonation-right-missing';

/** True when a line of the text asks whether what was pasted is the missing right again. */
export function asksWhetherRight(text: string): boolean {
  return text
    .split('\n', mostLines)
    .map((line) => line.replace(/^[\s>*]{1,8}/, '').trim())
    .some((line) => line.length <= longestQuestion && asksAboutRight.test(line));
}

/** Puts the reply to that question in front of a diagnosis: no where another cause stands, and never more than the cause itself is sure of. */
export function answerWhetherRight(answer: Answer, report: Report): Answer {
  const finding = report.diagnosis.findings.find(({ cause }) => cause === rightCause);
  const other = report.diagnosis.findings.find(({ cause }) => cause !== rightCause);
  const reply = finding
    ? finding.confidence === 'confirmed'
      ? 'Yes, it is the right again.'
      : 'Likely yes: this looks like the missing right again.'
    : other
      ? 'No, this is not the missing right: what you pasted shows another cause.'
      : 'What you pasted does not show the missing right: its code, 0x80070542, is not in it.';
  const part: Part = { kind: 'text', id: 'beside', keep: 'always', text: reply };
  return { ...answer, parts: [part, ...answer.parts] };
}
