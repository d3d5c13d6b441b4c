import { type Answer, type Part, plainText, type Text } from '../../answer/answer.js';
import { fixParts } from '../../answer/fix.js';
import { howPart, requestsOf } from '../../answer/requests.js';
import { checkHeading, stepOf } from '../../answer/steps.js';
import { causeAnswer } from '../../answer/topic-answer.js';
import { capitalize, type FactLookup, firstSentences, generalize, listWords } from '../../answer/wording.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Cause } from '../../knowledge/schema.js';
import { type FailureFacts, lookUpFact } from '../thread/facts.js';
import { shorten } from './short.js';

/** The card of a failure, and what the thread knows of that failure. */
interface Subject {
  cause: Cause;
  failure: FailureFacts | undefined;
  facts: FactLookup;
  knowledge: Knowledge;
}

/** The sentence that answers, and the parts that go with it. */
interface Said {
  title: Text;
  parts: Part[];
}

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

/** What a follow-up can ask of a card. */
const aspects: Readonly<Record<string, (subject: Subject) => Said | undefined>> = {
  why({ cause }) {
    const { head, rest } = firstSentences(cause.explanation, 1);
    return { title: generalize(head), parts: rest === '' ? [] : [textPart('answer', rest)] };
  },
  fix: ({ cause, facts }) => ({
    title: capitalize(plainText(generalize(cause.title))),
    parts: fixParts(cause, false, facts),
  }),
  check({ cause: { check }, facts }) {
    const step = check && stepOf(check, facts);
    if (!step) return undefined;
    const { text, command, shell, note } = step;
    if (command === undefined) return { title: text, parts: [] };
    const language = shell === 'powershell' ? 'powershell' : 'cmd';
    const heading = checkHeading(step);
    return { title: text, parts: [{ kind: 'command', id: 'check', heading, keep: 'always', command, language, note }] };
  },
  // What is no fault is explained, because that is why it may stay.
  scope: (subject) =>
    subject.cause.verdict === 'failure' ? { title: scopes[subject.cause.affects], parts: [] } : aspects.why?.(subject),
  compare(subject) {
    const check = aspects.check?.(subject);
    const title = 'Run the same check on both servers and compare. Or drop a log of each, and I compare.';
    return { title, parts: check?.parts ?? [] };
  },
  sure({ failure, ...subject }) {
    if (!failure) return undefined;
    const proof = failure.confidence === 'confirmed' ? undefined : wanted(subject);
    if (!proof) return { title: certainty[failure.confidence], parts: [] };
    return {
      title: certainty[failure.confidence],
      parts: [textPart('answer', `To be certain, send me ${proof.names}.`), ...proof.parts],
    };
  },
  send(subject) {
    const proof = wanted(subject);
    return proof && { title: `Please send me ${proof.names}.`, parts: proof.parts };
  },
  restart: ({ cause, facts }) => ({
    title: 'The fix does not restart the computer.',
    parts: fixParts(cause, false, facts),
  }),
  still: ({ cause: { notThis } }) => ({
    title: 'Then drop the newest log of it here: I compare it with the one before.',
    parts: notThis.length === 0 ? [] : [textPart('answer', `It may be something else, too. ${notThis[0]!}`)],
  }),
};

/** Parts of the whole card that have no heading there, because they lead it. */
const headings: Readonly<Record<string, string>> = { answer: 'Why' };

/** Answers what a follow-up asks of a card: only that, with the facts of the thread's failure. The rest of the card folds. */
export function aspectAnswer(
  aspect: string,
  cause: Cause,
  failure: FailureFacts | undefined,
  knowledge: Knowledge,
): Answer {
  const whole = causeAnswer(cause, knowledge);
  const own = failure?.cause === cause.id ? failure : undefined;
  const said = aspects[aspect]?.({ cause, failure: own, facts: lookUpFact(own ?? {}), knowledge });
  if (!said) return shorten(whole);
  const shown = new Set(said.parts.map(({ id }) => id));
  const folded = whole.parts
    .filter(({ id }) => !shown.has(id))
    .map((part): Part => ({ heading: headings[part.id], ...part, keep: 'fold' }));
  const summary = plainText(said.title);
  return shorten({ ...whole, title: said.title, summary, parts: [...said.parts, ...folded] });
}

/** What would prove the cause, by name, and how to capture it. */
function wanted({ cause, facts, knowledge }: Omit<Subject, 'failure'>): { names: string; parts: Part[] } | undefined {
  const requests = requestsOf(cause.next, knowledge);
  if (requests.length === 0) return undefined;
  const parts = howPart(requests, facts).map((part): Part => ({ ...part, keep: 'normal' }));
  return { names: listWords(requests.map(({ title }) => title)), parts };
}

const textPart = (id: string, text: string): Part => ({ kind: 'text', id, keep: 'always', text: generalize(text) });
