import type { Part } from '../../../answer/answer.js';
import { howPart, requestsOf } from '../../../answer/requests.js';
import { checkHeading, stepOf } from '../../../answer/steps.js';
import { firstSentences, formatUtc, generalize, listWords } from '../../../answer/wording.js';
import type { Cause } from '../../../knowledge/cause-schema.js';
import type { FailureFacts } from '../../thread/facts.js';
import { type AspectReply, type AspectSubject, type Aspects, textPart } from './aspect.js';

const certainty: Readonly<Record<FailureFacts['confidence'], string>> = {
  confirmed: 'I am sure: nothing else shows this, and nothing I have seen contradicts it.',
  likely: 'It is likely, but not proven yet.',
  possible: 'I am not sure: it is one of several possible causes.',
};

/** What the same fault affects besides. */
const scopes: Readonly<Record<Cause['affects'], string>> = {
  server: 'It affects the whole server, not only this page.',
  application: 'It affects this application; others on the server can be fine.',
  page: 'It affects this page and those like it; other pages can be fine.',
  client: 'It affects this client; others can be fine.',
};

/** What follow-ups ask about the failure itself: its reason and reach, how sure it is, and how to see more. */
export const reasonAspects: Aspects = {
  why({ cause }) {
    const { head, rest } = firstSentences(cause.explanation, 1);
    return { title: generalize(head), parts: rest === '' ? [] : [textPart('answer', rest)] };
  },
  check({ cause, facts, ...rest }) {
    const { check } = cause;
    const step = check && stepOf(check, facts);
    if (!step) return reasonAspects.send?.({ ...rest, cause, facts });
    const { text, command, shell, note } = step;
    if (command === undefined) return { title: text, parts: [] };
    const language = shell === 'powershell' ? 'powershell' : 'cmd';
    const heading = checkHeading(step);
    return { title: text, parts: [{ kind: 'command', id: 'check', heading, keep: 'always', command, language, note }] };
  },
  // What is not a fault is explained, because that is why it may stay.
  scope: (subject) =>
    subject.cause.verdict === 'failure'
      ? { title: scopes[subject.cause.affects], parts: [] }
      : reasonAspects.why?.(subject),
  compare(subject) {
    const check = reasonAspects.check?.(subject);
    const title = 'Run the same check on both servers and compare. Or drop a log of each, and I compare.';
    return { title, parts: check?.parts ?? [] };
  },
  also(subject) {
    const check = reasonAspects.check?.(subject);
    return {
      title: 'Then run the check there as well: the same error can have another reason.',
      parts: check?.parts ?? [],
    };
  },
  other: ({ cause: { notThis } }) =>
    notThis.length === 0
      ? { title: 'I know nothing that is easily mistaken for it.', parts: [] }
      : {
          title: 'This is easily mistaken for it:',
          parts: notThis.map((text, i) => textPart(i === 0 ? 'answer' : `other-${i + 1}`, text)),
        },
  verify(subject) {
    const check = reasonAspects.check?.(subject);
    return { title: 'Repeat what failed: the error must not come back.', parts: check?.parts ?? [] };
  },
  sure({ failure, ...subject }) {
    if (!failure) return replyWithoutEvidence(subject);
    const proof = failure.confidence === 'confirmed' ? undefined : describeProof(subject);
    if (!proof) return { title: certainty[failure.confidence], parts: [] };
    return {
      title: certainty[failure.confidence],
      parts: [textPart('answer', `To be certain, send me ${proof.names}.`), ...proof.parts],
    };
  },
  send(subject) {
    const proof = describeProof(subject);
    return proof && { title: `Please send me ${proof.names}.`, parts: proof.parts };
  },
  still: ({ cause: { notThis } }) => ({
    title: 'Then drop the newest log of it here: I compare it with the one before.',
    parts: notThis.length === 0 ? [] : [textPart('answer', `It may be something else, too. ${notThis[0]!}`)],
  }),
  began({ failure }) {
    const seen = failure?.time === undefined ? '' : `The failure that I have seen is of ${formatUtc(failure.time)}. `;
    return {
      title: "What I have seen doesn't show since when it is like this, or who changed it.",
      parts: [
        textPart(
          'answer',
          `${seen}Look for what changed before the first failure: a deployment, an update, a policy, a password.`,
        ),
      ],
    };
  },
};

/** Answers a doubt where no evidence was shown. */
function replyWithoutEvidence(subject: Omit<AspectSubject, 'failure'>): AspectReply {
  const proof = describeProof(subject);
  return {
    title: "I have seen nothing of yours yet, so it's the usual reason and not proven.",
    parts: proof ? [textPart('answer', `To be certain, send me ${proof.names}.`), ...proof.parts] : [],
  };
}

/** What would prove the cause, by name, and how to capture it. */
function describeProof({
  cause,
  facts,
  knowledge,
}: Omit<AspectSubject, 'failure'>): { names: string; parts: Part[] } | undefined {
  const requests = requestsOf(cause.next, knowledge);
  if (requests.length === 0) return undefined;
  const parts = howPart(requests, facts).map((part): Part => ({ ...part, keep: 'normal' }));
  return { names: listWords(requests.map(({ title }) => title)), parts };
}
