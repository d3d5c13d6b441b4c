import type { Knowledge } from '../../knowledge/knowledge.js';
import { ask, plainlyAnswerable } from '../../questions/ask.js';
import { likelihoodForFrebot } from '../../questions/talk.js';
import { type AskReply, isAnsweredByEntry } from '../ask-reply.js';
import { isQuestion } from '../conversation/text-forms.js';
import type { Message } from '../ports/message.js';
import type { ThreadState } from '../ports/store.js';

/** From this likelihood on a question is for Frebot, when a person asks whom it has answered here, and when another one does. */
const forFrebotFrom = { asker: 0.7, other: 0.8 } as const;
/** From here on a question of the asker is surely for Frebot: one entry answers, or something to choose from is offered. */
const surelyFrom = 0.85;
/** An offer is made only where no more than this speaks for another world. */
const mostElsewhere = 0.05;

/**
 * Returns the reply to a question overheard in a thread of Frebot's; undefined where answering would interrupt people. Four
 * signals decide: its form, whom it names, who asks, and what was learned about questions to Frebot and to people.
 */
export function replyToOverheard(
  { text, who, toOthers }: Pick<Message, 'text' | 'who' | 'toOthers'>,
  thread: ThreadState,
  knowledge: Knowledge,
): AskReply | undefined {
  if (toOthers || !isQuestion(text)) return undefined;
  const isAsker = thread.askers?.includes(who) ?? false;
  const likelihood = likelihoodForFrebot(text, knowledge);
  if (likelihood < (isAsker ? forFrebotFrom.asker : forFrebotFrom.other)) return undefined;
  const reply = ask(text, knowledge, thread);
  if (plainlyAnswerable(reply, thread.topic !== undefined)) return reply;
  if (!isAsker || likelihood < surelyFrom || thread.topic === undefined) return undefined;
  if (reply.intent === 'choice') return (reply.elsewhere ?? 0) <= mostElsewhere ? reply : undefined;
  return isAnsweredByEntry(reply) ? reply : undefined;
}
