import { type Part, plainText } from '../../../answer/answer.js';
import { describeCase } from '../../../answer/case-line.js';
import { fixParts, undoPart } from '../../../answer/fix.js';
import { fittingSteps } from '../../../answer/steps.js';
import { capitalize, firstSentences, generalize } from '../../../answer/wording.js';
import { plainTitle } from '../../../knowledge/fill.js';
import { needsElevation } from '../../../knowledge/shells.js';
import { type AspectSubject, type Aspects, textPart } from './aspect.js';

const fixOf = ({ cause, facts }: AspectSubject) => fixParts(cause, false, facts);

/** What follow-ups ask about fixing it: how, who, at what risk, and what else can be done. */
export const actionAspects: Aspects = {
  fix: (subject) => ({ title: capitalize(plainText(generalize(subject.cause.title))), parts: fixOf(subject) }),
  who(subject) {
    const isElevated = subject.cause.fix.some(({ command }) => command !== undefined && needsElevation(command));
    const title = isElevated
      ? 'An administrator of the server does it: the steps need an elevated prompt.'
      : 'The person who runs this application or its server does it.';
    return { title, parts: fixOf(subject) };
  },
  tell(subject) {
    const { explanation, title } = subject.cause;
    const seen = describeCase(subject.facts);
    const reason = `${plainTitle(title)}. ${plainText(generalize(firstSentences(explanation, 1).head))}`;
    const ask = 'Please go through the steps below, and tell me what you find.';
    const text = [seen, reason, ask].filter((one) => one !== '').join(' ');
    const message: Part = { kind: 'text', id: 'answer', heading: 'Message', keep: 'always', copy: true, text };
    return { title: 'You can pass this on.', parts: [message, ...fixOf(subject)] };
  },
  until: (subject) => ({ title: 'I know no safer way around it than the fix.', parts: fixOf(subject) }),
  risk(subject) {
    const { cause, facts } = subject;
    const undo = undoPart(cause, facts);
    const changes = fittingSteps(cause.fix, facts).filter(({ command }) => command !== undefined);
    const isUndone = undo !== undefined && changes.every(({ rollback }) => rollback !== undefined);
    const title = isUndone
      ? 'Each command of the fix can be undone.'
      : 'Read the note of a step before you run it: not each of them can be undone.';
    return { title, parts: [...fixOf(subject), ...(undo ? [{ ...undo, keep: 'normal' } as const] : [])] };
  },
  restart: (subject) => ({
    title: 'No reboot is needed. Where a step restarts a pool or IIS, it says so.',
    parts: fixOf(subject),
  }),
  undo(subject) {
    const undo = undoPart(subject.cause, subject.facts);
    return undo && { title: 'Yes, this takes the fix back.', parts: [{ ...undo, keep: 'always' }] };
  },
  command(subject) {
    const hasCommand = fittingSteps(subject.cause.fix, subject.facts).some(({ command }) => command !== undefined);
    return hasCommand ? { title: 'Each step shows its command.', parts: fixOf(subject) } : undefined;
  },
  prevent(subject) {
    const { head } = firstSentences(subject.cause.explanation, 1);
    return {
      title: 'It can come back when its reason does.',
      parts: [textPart('answer', head), ...fixOf(subject)],
    };
  },
};
