import { type Answer, type Part, plainText, type Text } from '../../answer/answer.js';
import { requestStep, requestsOf } from '../../answer/requests.js';
import { promptFor } from '../../answer/steps.js';
import { capitalize, type FactLookup, fillSentence, formatUtc } from '../../answer/wording.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { type FailureFacts, lookUpFact } from '../thread/facts.js';

/** A fact of a failure as one sentence, and what is said where no evidence told it. */
interface FactSentence {
  known: string;
  /** Read instead when a fact of `known` is missing. */
  unknown?: string;
  /** Where nothing told it, something else is meant: "where is the log" asks for no file of the failure. */
  isOptional?: true;
  /** The evidence that would tell. */
  request?: string;
}

const onList = {
  unknown: 'I have not seen the list of that server. This exports it.',
  request: 'rights-export',
} as const;

const sentences: Readonly<Record<string, FactSentence>> = {
  account: {
    known: 'The pool {pool} runs as {account}.',
    unknown: "What I have seen doesn't show which account the pool {pool|of the site} runs as. This does.",
    request: 'pool-identity',
  },
  pool: {
    known: 'The pool is {pool}.',
    unknown:
      'What I have seen names no pool. This lists which pool serves which path, and which pools have a process now.',
    request: 'pool-of-path',
  },
  server: { known: 'It happened on {server}.' },
  status: { known: 'The request ended with {status}.' },
  code: { known: 'The code is {code}.' },
  time: { known: 'The request came at {time}.' },
  missing: { known: 'Missing on the list: {missing}.', ...onList },
  holders: { known: 'On the list: {holders}.', ...onList },
  page: { known: 'The request was for {url}.' },
  file: { known: 'The file is {file}.', isOptional: true },
  gpo: {
    known: 'The GPO is {gpo}.',
    unknown: 'No GPO has been named yet. This shows which one wins: read the row of the right, column Winning GPO.',
    request: 'policy-report',
  },
  person: {
    known: 'I keep names of people out of my answers. The log has the name in `userName`, at its head.',
  },
};

/** Returns true for a fact that can be asked for only where evidence has told it. */
export function isOptionalFact(fact: string): boolean {
  return sentences[fact]?.isOptional === true;
}

/** Returns true for a fact that evidence of the failure has told. */
export function isKnownFact(fact: string, failure: Partial<FailureFacts>): boolean {
  const sentence = sentences[fact]?.known;
  return sentence !== undefined && fillSentence(sentence, lookUp(failure)) !== undefined;
}

/** The file of a failure is the configuration that is named, else what was requested. */
function lookUp(failure: Partial<FailureFacts>): FactLookup {
  const facts = lookUpFact(failure);
  return (name) => (name === 'file' ? (facts('decisive.config-file') ?? facts('file.requested')) : facts(name));
}

/** Answers with one fact of the thread's failure; says what would tell it where no evidence did. */
export function factAnswer(fact: string, failure: Partial<FailureFacts>, knowledge: Knowledge): Answer {
  const facts = lookUp({ ...failure, ...(failure.time !== undefined && { time: formatUtc(failure.time) }) });
  const { known, unknown, request } = sentences[fact]!;
  const said = fillSentence(known, facts);
  if (said !== undefined) return oneSentence(said, []);
  const steps = requestsOf([request ?? 'freb-log'], knowledge).map((one) => requestStep(one, facts));
  const commands = steps.flatMap((step): Part[] => {
    const heading = capitalize(promptFor([step]));
    const { command } = step;
    return command === undefined ? [] : [{ kind: 'command', id: 'command', heading, keep: 'always', command }];
  });
  return oneSentence(
    fillSentence(unknown ?? "What I have seen doesn't show that. A trace of the request does.", facts)!,
    commands,
  );
}

function oneSentence(text: Text, parts: Part[]): Answer {
  return { title: text, summary: plainText(text), parts, actions: [], sources: [] };
}
