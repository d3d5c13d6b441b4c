import { type Answer, type Part, plainText } from '../../answer/answer.js';
import type { Aspect } from '../../knowledge/follow-up-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { ask } from '../../questions/ask.js';
import { parseQuestion } from '../../questions/parse/question.js';
import { spokenSentences } from '../../questions/sentences.js';
import type { ThreadFacts } from '../../questions/thread/facts.js';

/** Words beside evidence are few; more are a story, which is read as what its sender tells. In characters. */
const mostWords = 300;

/** Tells that the failure is gone. */
const worksNow: ReadonlySet<Aspect> = new Set<Aspect>(['told-fixed', 'told-works']);

/** Fewest words that say something beside evidence: "Still 500". */
const fewestWords = 2;

/** What the answer to the evidence says by itself. */
const saidAnyway: ReadonlySet<Aspect> = new Set<Aspect>([
  'fix',
  'more',
  'why',
  'command',
  'check',
  'send',
  'get',
  'line',
]);

/**
 * Puts what is asked or told beside evidence before the answer to that: "is that the right again?", "and still 500". It is said with what
 * the evidence has just shown. Words that ask nothing of it leave the answer as it is.
 * @param facts what the thread knows after the evidence
 */
export function answerWordsBeside(
  answer: Answer,
  text: string,
  facts: ThreadFacts | undefined,
  knowledge: Knowledge,
): Answer {
  const words = facts && wordsBeside(text);
  const reply = words === undefined ? undefined : ask(words, knowledge, facts);
  if (!reply?.aspect || !isAnswerTo(words!, reply.aspect, knowledge) || isRefuted(reply.aspect, facts!)) return answer;
  const more = reply.answer.parts.find(({ id }) => id === 'answer');
  const said = [reply.answer.title, ...(more?.kind === 'text' ? [more.text] : [])].map(plainText).join(' ');
  const part: Part = { kind: 'text', id: 'beside', keep: 'always', text: said };
  return { ...answer, parts: [part, ...answer.parts] };
}

/** A question wants its answer. Of what is only told, the outcome counts: it fails still, it works, it was done. */
function isAnswerTo(words: string, aspect: Aspect, knowledge: Knowledge): boolean {
  if (saidAnyway.has(aspect)) return false;
  const asks = words.endsWith('?') || parseQuestion(words, knowledge).assertion !== undefined;
  // "Looks fine?" tells nothing: the evidence answers it.
  return asks !== aspect.startsWith('told-') || aspect === 'still';
}

/** True for what the evidence itself speaks against: "it works" beside a failure, and a doubt about a cause that nothing shows. */
function isRefuted(aspect: Aspect, { failure, told }: ThreadFacts): boolean {
  if (aspect === 'sure') return failure === undefined;
  return worksNow.has(aspect) && failure !== undefined && told?.outcome !== 'fixed';
}

/** Returns what the sender wrote beside the evidence; undefined for nothing, and for a story. */
function wordsBeside(text: string): string | undefined {
  const words = spokenSentences(text, fewestWords).filter(isPersonal).join(' ');
  return words !== '' && words.length <= mostWords ? words : undefined;
}

/** A program's sentence begins with a capital or has paths and values in it: what a person types in a hurry asks, or has neither. */
function isPersonal(sentence: string): boolean {
  if (/[?？]$/.test(sentence)) return true;
  return /^["(']?\p{Ll}.*[^:]$/u.test(sentence) && !/[\\/=:[\]{}<>|]/.test(sentence);
}
