import { collectAnswer } from '../../answer/collect-answer.js';
import { collectHours } from '../../answer/collect-script.js';
import { errorAnswer } from '../../answer/errors.js';
import { findOwnerText } from '../../answer/owner-texts.js';
import { createJudge, diagnose, type Judge } from '../../diagnosis/diagnose.js';
import type { Reading } from '../../evidence/evidence.js';
import { nearestKinds } from '../../evidence/nearest-kinds.js';
import type { ObservationName } from '../../evidence/vocabulary/index.js';
import { sizeLimits } from '../../intake/limits.js';
import { ask, isAnswered } from '../../questions/ask.js';
import { rememberAnswer } from '../../questions/thread/facts.js';
import type { AskReply } from '../ask-reply.js';
import { caseReply } from '../cases/case-replies.js';
import type { DeskParts } from '../desk-parts.js';
import { mutedListReply, mutedReply, partsReply, threadNeededReply } from '../replies.js';
import type { CommandReply } from '../results.js';
import { readTimed } from '../timed-reading.js';
import { answerBesideQuestion, askedCause } from './beside-question.js';
import { type CommandDesk, type CommandResult, isOffered, parseCommand, type Surroundings } from './commands.js';
import { type Conversation, requirePermission } from './conversation.js';
import { diagnoseThread, onlyEvidence, type ThreadDiagnosis } from './diagnose-thread.js';
import { judgeTold } from './judge-told.js';
import { muteCause } from './mute-cause.js';
import { fencedText, isQuestion, looksPasted } from './text-forms.js';
import { askWithTold, withWords } from './told-beside.js';
import { withToldValues } from './told-values.js';
import { answerWordsBeside } from './words-beside.js';

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
  const conversation = withToldValues(place, text, parts.knowledge);
  const reply = await replyToLine(text, conversation, parts, known);
  const remembered = reply.facts ?? rememberAnswer(conversation?.state ?? {}, reply, parts.knowledge);
  const isTold = conversation && remembered && Object.keys(reply.learns ?? {}).length > 0;
  const facts = isTold ? await judgeTold(conversation.thread, remembered, parts) : remembered;
  return facts ? { ...reply, facts } : reply;
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

function surroundingsOf(conversation: Conversation | undefined): Surroundings {
  if (!conversation) return 'none';
  return conversation.chat ? 'chat' : 'thread';
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

/** Diagnoses pasted text; undefined when it is no evidence. */
export async function diagnoseText(
  text: string,
  conversation: Conversation | undefined,
  parts: DeskParts,
): Promise<Omit<ThreadDiagnosis, 'report'> | undefined> {
  return diagnosePasted(onlyEvidence(await readPieces(text, conversation, parts)), text, conversation, parts);
}

/** Diagnoses a text that someone handed to Frebot: as evidence, or by what its words tell where that shows no failure. */
async function diagnoseHanded(
  text: string,
  conversation: Conversation | undefined,
  parts: DeskParts,
): Promise<Omit<ThreadDiagnosis, 'report'> | undefined> {
  const judge = createJudge(parts.knowledge, parts.slowMs);
  const readings = await readPieces(text, conversation, parts);
  // A recording is not looked into, not even for words.
  if (readings.some(({ kind }) => kind === 'unknown'))
    return diagnosePasted(readings, text, conversation, parts, judge);
  return diagnosePasted(withWords(readings, text, parts.knowledge, judge), text, conversation, parts, judge);
}

/** Returns what was read in a text; what is refused whole, as a recording is, has the kind `unknown`. */
async function readPieces(text: string, conversation: Conversation | undefined, parts: DeskParts): Promise<Reading[]> {
  const { readings } = await readTimed([{ text: fencedText(text) ?? text }], conversation?.spender, parts);
  return readings;
}

async function diagnosePasted(
  evidence: Reading[],
  text: string,
  conversation: Conversation | undefined,
  parts: DeskParts,
  judge?: Judge,
): Promise<Omit<ThreadDiagnosis, 'report'> | undefined> {
  if (evidence.length === 0) return undefined;
  const pasted = { readings: evidence, failed: [] };
  const { answer, facts, summary } = await diagnoseThread(pasted, conversation, parts, judge);
  // A question beside the paste is about what was pasted, whatever the thread has shown before.
  const asked = askedCause(text, parts.knowledge);
  const replied = asked
    ? answerBesideQuestion(answer, asked, diagnose(evidence, parts.knowledge), parts.knowledge)
    : answerWordsBeside(answer, text, facts, parts.knowledge);
  return { answer: replied, facts, ...(summary && { summary }) };
}

/** Returns the desk as the commands of one line see it. */
function commandDesk(
  question: (words: string) => AskReply,
  conversation: Conversation | undefined,
  parts: DeskParts,
): CommandDesk {
  const { knowledge, memory, answers, cases } = parts;
  return {
    offers: (command) => isOffered(command, surroundingsOf(conversation)),
    ask: async (words) => question(words),
    async tellOwnerText(name) {
      const text = findOwnerText(knowledge, name)?.text;
      const record = text && conversation && (await answers.lastWithPart(conversation.thread, text.id));
      return (
        record &&
        partsReply(
          record.answer,
          record.answer.parts.filter(({ id }) => id === text.id),
        )
      );
    },
    async diagnoseText(text) {
      const diagnosis = await diagnoseHanded(text, conversation, parts);
      if (diagnosis) return diagnosis;
      // "diagnose 500.19" is a question.
      const reply = ask(text, knowledge);
      return isAnswered(reply) ? reply : { answer: errorAnswer('nothing-attached') };
    },
    async collectEvidence(site) {
      const facts = conversation ? memory.of(conversation.thread).flatMap(({ observations }) => observations) : [];
      const factOf = (name: ObservationName) => facts.findLast((fact) => fact.name === name)?.value;
      const [server, pool] = [factOf('request.server'), factOf('request.app-pool')];
      return collectAnswer(knowledge, {
        hours: collectHours,
        ...(site !== undefined && { site }),
        ...(typeof server === 'string' && { server }),
        ...(typeof pool === 'string' && { pool }),
      });
    },
    async describeCase(number) {
      if (!conversation) return caseReply(undefined, [], knowledge);
      await conversation.recall?.();
      return cases.describe(conversation, number, memory.of(conversation.thread));
    },
    async forget() {
      if (!conversation) return { answers: 0, files: 0 };
      const files = memory.forget(conversation.thread);
      return { answers: await answers.forget(conversation.thread), files };
    },
    async mute(muted) {
      if (!conversation) return mutedReply(muted);
      const watched = conversation.state?.watched;
      const { tenant, who = '' } = conversation;
      if (watched) return muteCause(watched, { isMute: muted, cause: undefined }, { tenant, who }, parts);
      await answers.mute(conversation.thread, muted);
      return mutedReply(muted);
    },
    async listMuted() {
      return mutedListReply(conversation ? await parts.mutes.list(conversation.tenant) : [], knowledge);
    },
  };
}
