import type { Answer } from '../../answer/answer.js';
import { sizeLimits } from '../../intake/limits.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { rememberAnswer, type ThreadFacts } from '../../questions/thread/facts.js';
import { isAnsweredByEntry } from '../ask-reply.js';
import { askWithTold } from './told-beside.js';

/**
 * Answers words that were handed on, in a file or another message, as a question. No command in them is obeyed, because the asker
 * may not have written them. Undefined when no entry of the knowledge answers.
 * @param offers whether three are offered where one of them may answer: who drops a file of words asks, who points at a message may not
 */
export function answerHandedWords(
  words: string,
  thread: ThreadFacts | undefined,
  knowledge: Knowledge,
  offers = false,
): { answer: Answer; facts: ThreadFacts | undefined } | undefined {
  if (Buffer.byteLength(words) > sizeLimits.questionBytes) return undefined;
  const reply = askWithTold(words, knowledge);
  return isAnsweredByEntry(reply) || (offers && reply.intent === 'choice')
    ? { answer: reply.answer, facts: rememberAnswer(thread ?? {}, reply, knowledge) }
    : undefined;
}
