import type { Part } from '../../answer/answer.js';
import { createJudge } from '../../diagnosis/diagnose.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { spokenSentences } from '../../questions/sentences.js';
import { rememberFailure, type ThreadFacts } from '../../questions/thread/facts.js';
import { readToldFacts } from '../../questions/told.js';
import type { DeskParts } from '../desk-parts.js';
import { withdrawnReply } from '../replies.js';
import type { Conversation } from './conversation.js';
import { diagnoseReadings, type ThreadDiagnosis } from './diagnose-thread.js';
import { failureFacts } from './failure-facts.js';

/** Words that take something back are few. In characters. */
const mostWords = 300;

/** True for words that take the latest evidence back: "sorry, that was the other server". */
export function takesEvidenceBack(text: string, knowledge: Knowledge): boolean {
  const words = spokenSentences(text);
  return words.join(' ').length <= mostWords && readToldFacts(words, knowledge).includes('withdrawn');
}

/** What a thread knew of evidence that was taken back. */
const unknown = { topic: undefined, entry: undefined, failure: undefined, wanted: undefined, seen: undefined };

/** Takes the latest evidence out of the conversation. Returns the conversation without it; undefined where there is none to take back. */
export async function withdrawEvidence(
  conversation: Conversation,
  { memory, recall }: DeskParts,
): Promise<Conversation | undefined> {
  const { thread, state } = conversation;
  await conversation.recall?.();
  const { count, message } = memory.withdrawLatest(thread);
  if (count === 0) return undefined;
  if (message !== undefined) await recall.removeMessage(thread, message);
  const { list: _list, token: _token, outcome: _outcome, ...told } = state?.told ?? {};
  return { ...conversation, state: state && { ...state, ...unknown, told } };
}

/** Answers with what the evidence that is left shows. */
export async function answerRemaining(
  { thread, state }: Conversation,
  parts: DeskParts,
): Promise<Omit<ThreadDiagnosis, 'report'>> {
  const told = state?.told ?? {};
  const left = [...parts.memory.of(thread)];
  if (left.length === 0) return { answer: withdrawnReply(), facts: { ...unknown, said: [], told } };
  const { report, answer } = await diagnoseReadings(left, parts, createJudge(parts.knowledge, parts.slowMs));
  const failure = failureFacts(report);
  const facts: ThreadFacts = failure ? rememberFailure(failure, told) : { ...unknown, said: [], told };
  const lead: Part = {
    kind: 'text',
    id: 'withdrawn',
    keep: 'always',
    text: 'I leave the last one out. This is what the earlier evidence shows; send me the right one, and I judge them together.',
  };
  return { answer: { ...answer, parts: [lead, ...answer.parts] }, facts };
}
