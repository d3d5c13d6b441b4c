import type { Knowledge } from '../../knowledge/knowledge.js';
import { holdsEvidence, isQuestion, looksPasted } from '../conversation/text-forms.js';
import type { Message, Relevance, RelevanceReason } from '../ports/message.js';
import type { ThreadState } from '../ports/store.js';
import { replyToOverheard } from './overheard.js';

/**
 * Decides whether a message is for Frebot, and why. This happens once, before the claim: the delivery of a message that is not
 * for Frebot must not take the claim of a second delivery that is.
 */
export function decideRelevance(message: Message, thread: ThreadState | undefined, knowledge: Knowledge): Relevance {
  const reason = reasonByForm(message, thread);
  if (reason !== undefined) return { reason };
  const reply = thread && replyToOverheard(message, thread, knowledge);
  return reply ? { reason: 'overheard-question', reply } : { reason: 'none' };
}

/** Returns the reason that follows from the form of the message; undefined when its words decide. */
function reasonByForm(message: Message, thread: ThreadState | undefined): RelevanceReason | undefined {
  if (message.addressed) return 'addressed';
  if (thread?.muted) return 'none';
  if (message.files.length > 0) return 'overheard-files';
  if (message.unreachable?.some((file) => file.name !== null && isNamedLikeEvidence(file.name))) {
    return 'overheard-unreachable';
  }
  if (!thread?.joined) return holdsEvidence(message.text) ? 'overheard-text' : 'none';
  if (looksPasted(message.text)) return 'overheard-text';
  const isReply = thread.asked === message.who && message.text.trim() !== '' && !isQuestion(message.text);
  return isReply ? 'overheard-reply' : undefined;
}

/** True for a file name that evidence has. Used only where the bytes cannot be read; all other files are judged by content. */
export function isNamedLikeEvidence(name: string): boolean {
  return /^fr\d{6}.*\.xml$|\.(zip|inf|cfg|html?|log)$/i.test(name);
}
