import { plainlyAnswerable } from '../../questions/ask.js';
import type { Conversation } from '../conversation/conversation.js';
import { answerHandedWords } from '../conversation/handed-words.js';
import { diagnoseText } from '../conversation/pasted-text.js';
import type { DeskParts } from '../desk-parts.js';
import type { PointedMessage } from '../ports/door.js';
import type { Message } from '../ports/message.js';
import type { CommandReply } from '../results.js';
import { describeTrouble, type Trouble } from '../trouble.js';
import type { Draft } from './draft.js';
import type { Work } from './work.js';

/** A message that was pointed at, or why it cannot be read. */
type ReadingResult = { message: PointedMessage } | { trouble: Trouble };

/** True for a message that hands on words or points at another message. */
export function pointsAway({ quoted, pointsAt = [] }: Message): boolean {
  return quoted !== undefined || pointsAt.length > 0;
}

/** True when the reply to a message's own words is what was asked for: a command, evidence, or a plain answer. */
export function saysEnough(reply: CommandReply, { text }: Message): boolean {
  if (text.trim() === '') return false;
  if (isQuestionReply(reply)) return plainlyAnswerable(reply);
  return reply.command !== 'diagnose' || reply.summary !== undefined;
}

/** True for the answer to a question, also to one that begins like a command: "what is this?". A command itself is sure. */
export function isQuestionReply({ command, intent, score }: CommandReply): boolean {
  return intent !== command || score < 1;
}

/** Reads what the message points at, one after the other: words it hands on, then the messages in the order the door lists them. */
export async function* readPointed(
  { message, door, request }: Work,
  { events }: DeskParts,
): AsyncGenerator<ReadingResult> {
  const { quoted, pointsAt = [] } = message;
  if (quoted !== undefined) yield { message: { text: quoted, files: [] } };
  for (const ref of pointsAt) {
    try {
      const read = await door.readMessage?.(ref);
      if (read) yield { message: read };
    } catch (error) {
      yield { trouble: describeTrouble(error, events, request) };
    }
  }
}

/** Answers the words of a message that was pointed at: as evidence, or as a question together with what was asked about it. */
export async function answerPointedWords(
  text: string,
  asked: string,
  conversation: Conversation,
  parts: DeskParts,
): Promise<Draft | undefined> {
  if (text.trim() === '') return undefined;
  const diagnosis = await diagnoseText(text, conversation, parts);
  if (diagnosis) return diagnosis;
  for (const words of [text, `${asked} ${text}`]) {
    const answered = answerHandedWords(words, conversation.state, parts.knowledge);
    if (answered) return answered;
  }
  return undefined;
}
