import { errorAnswer, errorEntry } from '../../answer/errors.js';
import { shouldReport } from '../../intake/bundle.js';
import { sizeLimits } from '../../intake/limits.js';
import { requestNumberPart } from '../added-parts.js';
import { isAnsweredByEntry } from '../ask-reply.js';
import { answerComparison } from '../conversation/answer-comparison.js';
import { pressButton } from '../conversation/buttons.js';
import { parseCommand } from '../conversation/commands.js';
import { type Conversation, permissionsOf, requirePermission } from '../conversation/conversation.js';
import { diagnoseThread, onlyEvidence } from '../conversation/diagnose-thread.js';
import { answerFailedFiles, type FailedFile } from '../conversation/failed-files.js';
import { diagnoseText } from '../conversation/pasted-text.js';
import { replyToText } from '../conversation/talk.js';
import { looksPasted } from '../conversation/text-forms.js';
import type { DeskParts } from '../desk-parts.js';
import { CatalogueError, type ErrorCode } from '../ports/errors.js';
import type { Attempt } from '../ports/inbox.js';
import type { Message } from '../ports/message.js';
import type { ThreadState } from '../ports/store.js';
import { greetingReply } from '../replies.js';
import type { CommandReply } from '../results.js';
import { readTimed } from '../timed-reading.js';
import { reportRefusals, type Trouble } from '../trouble.js';
import type { Draft } from './draft.js';
import { fetchFile, fetchFiles, listUnfetchedFiles } from './fetch-files.js';
import { mayPass, pauseMsOf } from './later-attempts.js';
import { answerPointedWords, isQuestionReply, pointsAway, readPointed, saysEnough } from './pointed-messages.js';
import { decideRelevance, isNamedLikeEvidence } from './relevance.js';
import type { Work } from './work.js';

/** A file could not be fetched in this attempt; a later one may succeed. */
export class DownloadDelayError extends Error {
  readonly code: ErrorCode;
  readonly pauseMs: number | undefined;
  constructor({ code, facts }: FailedFile) {
    super(code);
    this.code = code;
    this.pauseMs = pauseMsOf({ facts });
  }
}

/** The asker, the channel or the workspace has used up an hour's quota. */
export class OverQuota extends CatalogueError {
  constructor(seconds: number) {
    super('rate-limited', { seconds: String(seconds), host: 'own limit' });
  }
}

/**
 * Composes the answer to a message; undefined when nothing is to be said. Buttons do not count against a quota.
 * @throws DownloadDelayError, OverQuota, CatalogueError, StoreError
 */
export async function composeDraft(work: Work, parts: DeskParts): Promise<Draft | undefined> {
  const { message, door } = work;
  const { press, tenant, who, key } = message;
  if (press) {
    const permits = permissionsOf(door, message);
    const { outcome, ...draft } = await pressButton(
      { ...press, door: message.door, tenant, who },
      { message: key, permits, reason: message.text },
      parts,
    );
    if (outcome) await door.redraw?.(message.where, outcome.pressed, outcome.action);
    // The colleague who presses it too sees the outcome on the answer itself.
    return outcome && !outcome.isNew ? undefined : draft;
  }
  if (message.greeting) return { answer: greetingReply() };
  await spendQuota(work, parts);
  const state = await parts.answers.thread(message.thread);
  return composeInConversation(work, openConversation(work, state, parts), parts);
}

/** Counts the message against the quotas, once: attempts after the first cost nothing. */
async function spendQuota({ message, attempt, spender }: Work, { quotas }: DeskParts): Promise<void> {
  if (attempt.isRetry) return;
  const bytes = message.files.reduce((sum, file) => sum + (file.size ?? 0), Buffer.byteLength(message.text));
  const seconds = await quotas.admit(spender, bytes);
  if (seconds > 0) throw new OverQuota(seconds);
}

function openConversation(
  { message, door, spender }: Work,
  state: ThreadState | undefined,
  parts: DeskParts,
): Conversation {
  const { thread, tenant, who, key } = message;
  return {
    thread,
    tenant,
    who,
    spender,
    message: key,
    state,
    chat: true,
    alone: message.alone,
    permits: permissionsOf(door, message),
    recall: () => parts.recall.restore(message, door, spender),
  };
}

async function composeInConversation(
  work: Work,
  conversation: Conversation,
  parts: DeskParts,
): Promise<Draft | undefined> {
  const { message } = work;
  const { state } = conversation;
  // The thread may have been muted since the claim.
  if (!message.addressed && state?.muted) return undefined;
  const { reason, reply } = message.relevance ?? decideRelevance(message, state, parts.knowledge);
  switch (reason) {
    case 'addressed':
      return hasFiles(message) ? answerFiles(work, conversation, parts) : answerWords(work, conversation, parts);
    case 'overheard-files':
      return answerOverheardFiles(work, conversation, parts);
    case 'overheard-unreachable':
      return (await isFirstReceipt(message, parts))
        ? { answer: answerFailedFiles(listUnfetchedFiles(message)) }
        : undefined;
    case 'overheard-question':
    case 'overheard-reply':
      return toDraft(await replyToText(message.text, conversation, parts, reply));
    case 'overheard-text':
      return diagnoseText(message.text, conversation, parts);
    case 'none':
      return undefined;
  }
}

function hasFiles({ files, unreachable = [] }: Pick<Message, 'files' | 'unreachable'>): boolean {
  return files.length + unreachable.length > 0;
}

/**
 * Answers the words of a message, or what it points at when they say too little. What cannot be read is named only where nothing
 * else answers.
 */
async function answerWords(work: Work, conversation: Conversation, parts: DeskParts): Promise<Draft> {
  const { message } = work;
  const reply = await replyToText(message.text, conversation, parts);
  if (!(pointsAway(message) || message.private) || saysEnough(reply, message)) return toDraft(reply);
  // Thanks, or lunch: in a thread of ours that is not about the messages above.
  if (conversation.state?.joined && reply.intent === 'unknown') return toDraft(reply);
  let trouble: Trouble | undefined;
  for await (const found of readPointed(work, parts)) {
    if ('trouble' in found) {
      trouble ??= found.trouble;
      continue;
    }
    const { text, files, unreachable } = found.message;
    const handed = { ...message, files, ...(unreachable && { unreachable }) };
    if (hasFiles(handed)) return answerFiles({ ...work, message: handed }, conversation, parts);
    const draft = await answerPointedWords(text, message.text, conversation, parts);
    if (draft) return draft;
  }
  if (isAnsweredByEntry(reply) && isQuestionReply(reply)) return toDraft(reply);
  if (trouble) return { answer: errorAnswer(trouble.code, trouble.facts) };
  return message.private ? { answer: errorAnswer('nothing-attached') } : toDraft(reply);
}

function toDraft({ answer, facts, summary }: CommandReply): Draft {
  return { answer, facts, summary };
}

/** Answers files that are addressed to Frebot: each gets its sentence. Text in the form of a file counts as one more. */
async function answerFiles(work: Work, conversation: Conversation, parts: DeskParts): Promise<Draft> {
  const { message, attempt } = work;
  const command = parseCommand(message.text)?.command.name;
  if (command) await requirePermission(command, conversation.permits);
  if (command === 'compare' && message.files.length === 2) return compareFiles(work, parts);
  const fetched = await fetchFiles(work, parts);
  const { readings, read } = fetched;
  const failed = [...fetched.failed, ...listUnfetchedFiles(message)];
  delayIfRetryable(failed, attempt);
  if (looksPasted(message.text) && Buffer.byteLength(message.text) <= sizeLimits.pastedBytes) {
    const pasted = await readTimed([{ text: message.text }], work.spender, parts);
    readings.push(...onlyEvidence(pasted.readings));
  }
  const { answer, facts, summary } = await diagnoseThread({ readings, failed }, conversation, parts);
  await parts.recall.save(message, read);
  const numbered =
    failed.length > 0 ? { ...answer, parts: [...answer.parts, requestNumberPart(work.request)] } : answer;
  return { answer: numbered, facts, summary };
}

/**
 * Answers overheard files: only with what could be read, and only when it is evidence. Where a missing grant keeps files shut
 * that are named like evidence, one receipt per channel per day says so, because no administrator would learn of it otherwise.
 */
async function answerOverheardFiles(
  work: Work,
  conversation: Conversation,
  parts: DeskParts,
): Promise<Draft | undefined> {
  const { message, attempt } = work;
  const { readings, read, failed } = await fetchFiles(work, parts);
  delayIfRetryable(failed, attempt);
  const evidence = onlyEvidence(readings);
  reportRefusals(readings.filter(shouldReport), parts.events);
  if (evidence.length === 0) {
    const shut = failed.filter(({ code, facts }) => errorEntry(code).grant && isNamedLikeEvidence(facts.name ?? ''));
    const due = shut.length > 0 && (await isFirstReceipt(message, parts));
    return due ? { answer: answerFailedFiles(shut) } : undefined;
  }
  const { answer, facts, summary } = await diagnoseThread({ readings: evidence, failed: [] }, conversation, parts);
  await parts.recall.save(message, read);
  return { answer, facts, summary };
}

/** True for the first receipt of a channel on a day, and again for the same message, which may not have been answered. */
function isFirstReceipt(message: Message, { answers }: DeskParts): Promise<boolean> {
  return answers.firstToday(message.place ?? message.thread, message.key);
}

/** @throws DownloadDelayError when a later attempt may fetch a file that failed; a file that is gone gets its sentence at once */
function delayIfRetryable(failed: readonly FailedFile[], attempt: Attempt): void {
  const delayed = failed.find(({ code }) => mayPass(code, attempt));
  if (delayed) throw new DownloadDelayError(delayed);
}

async function compareFiles(work: Work, parts: DeskParts): Promise<Draft> {
  const [bad, good] = await Promise.all(work.message.files.map((file) => fetchFile(file, work, parts)));
  if (!bad || !good) throw new CatalogueError('nothing-attached');
  const { answer } = await answerComparison(bad, good, parts, work.spender);
  return { answer };
}
