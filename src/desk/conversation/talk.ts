import { errorAnswer } from '../../answer/errors.js';
import { nearestKinds } from '../../evidence/nearest-kinds.js';
import { sizeLimits } from '../../intake/limits.js';
import { isAnswered } from '../../questions/ask.js';
import { rememberAnswer } from '../../questions/thread/facts.js';
import type { AskReply } from '../ask-reply.js';
import type { DeskParts } from '../desk-parts.js';
import { threadNeededReply } from '../replies.js';
import type { CommandReply } from '../results.js';
import { commandDesk, surroundingsOf } from './command-desk.js';
import { type CommandResult, parseCommand } from './commands.js';
import { type Conversation, requirePermission } from './conversation.js';
import { judgeTold } from './judge-told.js';
import { diagnoseHanded } from './pasted-text.js';
import { isQuestion, looksPasted } from './text-forms.js';
import { askWithTold } from './told-beside.js';
import { withToldValues } from './told-values.js';
import { answerRemaining, takesEvidenceBack, withdrawEvidence } from './withdraw-evidence.js';

/** From this score on a line is surely a question. */
const sureFrom = 0.9;

/**
 * Replies to one line or one pasted text. It is a command of the table, evidence, the reply to "what was it?", or a question.
 * Text in the form of a file is read as evidence before it is taken for words, except after `diagnose`.
 * @param place the conversation; absent for a call that is remembered nowhere, and commands that need a thread are then not offered
 * @param known the reply to the question, when it was asked before
 * @throws CatalogueError `not-allowed` for a command the asker may not use
 */
export async function replyToText(
  text: string,
  place: Conversation | undefined,
  parts: DeskParts,
  known?: AskReply,
): Promise<CommandReply> {
  const present = withToldValues(place, text, parts.knowledge);
  const corrected =
    present && takesEvidenceBack(text, parts.knowledge) ? await withdrawEvidence(present, parts) : undefined;
  const conversation = corrected ?? present;
  const reply = corrected
    ? await replyToCorrection(text, corrected, parts)
    : await replyToLine(text, conversation, parts, known);
  const remembered = reply.facts ?? rememberAnswer(conversation?.state ?? {}, reply, parts.knowledge);
  const isTold = conversation && remembered && Object.keys(reply.learns ?? {}).length > 0;
  const facts = isTold ? await judgeTold(conversation.thread, remembered, parts) : remembered;
  return facts ? { ...reply, facts } : reply;
}

/** Replies to words that took evidence back: with the right evidence beside them, or with what is left. */
async function replyToCorrection(text: string, conversation: Conversation, parts: DeskParts): Promise<CommandReply> {
  const diagnosis = looksPasted(text.trim()) ? await diagnoseHanded(text, conversation, parts) : undefined;
  return toReply('diagnose', diagnosis ?? (await answerRemaining(conversation, parts)));
}

async function replyToLine(
  text: string,
  conversation: Conversation | undefined,
  parts: DeskParts,
  known: AskReply | undefined,
): Promise<CommandReply> {
  const size = Buffer.byteLength(text);
  if (size > sizeLimits.pastedBytes) {
    return toReply('diagnose', {
      answer: errorAnswer('pasted-too-long', { limit: '1 MB', size: `${Math.ceil(size / 1024)} KB` }),
    });
  }
  const line = text.trim();
  const surroundings = surroundingsOf(conversation);
  const parsed = parseCommand(line === '' ? 'help' : line, surroundings);
  const tooLong = size > sizeLimits.questionBytes;
  const triedAsEvidence = parsed?.command.name !== 'diagnose' && (tooLong || looksPasted(line));
  if (triedAsEvidence) {
    // Untrimmed, because proofs count lines from the first.
    const diagnosis = await diagnoseHanded(text, conversation, parts);
    if (diagnosis) return toReply('diagnose', diagnosis);
    if (tooLong)
      return toReply('diagnose', {
        answer: errorAnswer('not-evidence', { name: 'The pasted text', looksLike: nearestKinds(text) }),
      });
  }
  const question = (words: string) => known ?? askWithTold(words, parts.knowledge, conversation?.state);
  if (parsed) {
    const { command } = parsed;
    await requirePermission(command.name, conversation?.permits);
    // A case is found by its number in any place.
    if (conversation?.alone && command.needs && !(command.name === 'case' && parsed.args !== '')) {
      return { ...toReply(command.name, { answer: threadNeededReply(command.name) }), private: true };
    }
    // In a thread the bare word means the subject of the thread.
    if (parsed.args === '' && command.needsArguments && !conversation?.state?.topic) {
      return toReply(command.name, { answer: command.needsArguments() });
    }
    const result = await command.run(parsed.args, commandDesk(question, conversation, parts), parsed.line);
    return { ...toReply(command.name, result), private: command.private };
  }
  const reasonReply = await replyToReason(line, conversation, parts);
  if (reasonReply) return reasonReply;
  const reply = question(line);
  // Several lines, or one that is hardly a question, may be the output of a command that no form gives away.
  const isQuestionForSure = isAnswered(reply) && reply.score >= sureFrom && !line.includes('\n');
  const diagnosis = triedAsEvidence || isQuestionForSure ? undefined : await diagnoseHanded(line, conversation, parts);
  return diagnosis ? toReply('diagnose', diagnosis) : toReply('ask', reply);
}

/** Completes the result of a command: without intent and topic of its own, its intent is its name. */
function toReply(
  command: string,
  {
    answer,
    intent = command,
    topic = null,
    score = 1,
    choices,
    entry,
    statement,
    learns,
    wanted,
    facts,
    summary,
  }: CommandResult,
) {
  return {
    command,
    intent,
    topic,
    score,
    answer,
    ...(choices && { choices }),
    ...(entry !== undefined && { entry }),
    ...(statement !== undefined && { statement }),
    ...(learns && { learns }),
    ...(wanted && { wanted }),
    ...(facts && { facts }),
    ...(summary && { summary }),
  } satisfies CommandReply;
}

/** Takes the words of a person who pressed "Not it" as the reply to "what was it?". */
async function replyToReason(
  line: string,
  conversation: Conversation | undefined,
  { cases }: DeskParts,
): Promise<CommandReply | undefined> {
  if (!conversation?.state?.asked || conversation.state.asked !== conversation.who || isQuestion(line)) {
    return undefined;
  }
  const answer = await cases.recordReason(conversation, line);
  return answer && toReply('not-it', { answer });
}
