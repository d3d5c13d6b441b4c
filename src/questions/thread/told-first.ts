import { plainText } from '../../answer/answer.js';
import { insertAfterAnswer } from '../../answer/parts.js';
import type { AskResult } from '../result.js';
import type { ThreadFacts } from './facts.js';

/** More sentences are a story. */
const mostSentences = 4;

/** Splits a line that tells something first and asks then: "It runs as CORP\\web. Is it the policy?" Undefined for one sentence and for a story. */
export function splitTold(line: string): { told: string[]; asked: string } | undefined {
  const sentences = line
    .trim()
    .split(/(?<=[\p{L}\p{N}"')][.!?;])\s+/u)
    .filter((one) => /[\p{L}\p{N}]/u.test(one));
  const asked = sentences.at(-1);
  if (asked === undefined || sentences.length < 2 || sentences.length > mostSentences) return undefined;
  return { told: sentences.slice(0, -1), asked };
}

/** True for an answer from which the thread learns. */
export function tellsSomething({ learns = {} }: Pick<AskResult, 'learns'>): boolean {
  return Object.keys(learns).length > 0;
}

/** Returns the first of several tellings with what all of them tell; undefined for none. */
export function mergeTold(tellings: readonly AskResult[]): AskResult | undefined {
  const [first] = tellings;
  return first && { ...first, learns: Object.assign({}, ...tellings.map(({ learns }) => learns)) };
}

/** Returns the thread with what was told; it holds for what is asked then. */
export function withTold(thread: ThreadFacts, { learns = {} }: Pick<AskResult, 'learns'>): ThreadFacts {
  return { ...thread, told: { ...thread.told, ...learns } };
}

/** Adds what follows from the first sentence to the answer to the question behind it. */
export function joinTold(told: AskResult, asked: AskResult): AskResult {
  const { answer } = asked;
  const lead = {
    kind: 'text',
    id: 'told',
    heading: 'What you told me',
    keep: 'always',
    text: told.answer.title,
  } as const;
  const summary = `${answer.summary} ${plainText(told.answer.title)}`;
  const joined = { ...insertAfterAnswer(answer, [lead]), summary };
  return { ...asked, learns: { ...told.learns, ...asked.learns }, answer: joined };
}
