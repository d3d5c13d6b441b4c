import { collectAnswer } from '../../answer/collect-answer.js';
import { collectHours } from '../../answer/collect-script.js';
import { errorAnswer } from '../../answer/errors.js';
import { findOwnerText } from '../../answer/owner-texts.js';
import type { ObservationName } from '../../evidence/vocabulary/index.js';
import { ask, isAnswered } from '../../questions/ask.js';
import type { AskReply } from '../ask-reply.js';
import { caseReply } from '../cases/case-replies.js';
import type { DeskParts } from '../desk-parts.js';
import { mutedListReply, mutedReply, partsReply } from '../replies.js';
import { type CommandDesk, isOffered, type Surroundings } from './commands.js';
import type { Conversation } from './conversation.js';
import { muteCause } from './mute-cause.js';
import { diagnoseHanded } from './pasted-text.js';

/** Returns the desk as the commands of one line see it. */
export function commandDesk(
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

/** Returns where a command is typed: it decides which commands are offered. */
export function surroundingsOf(conversation: Conversation | undefined): Surroundings {
  if (!conversation) return 'none';
  return conversation.chat ? 'chat' : 'thread';
}
