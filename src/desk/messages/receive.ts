import type { DeskParts } from '../desk-parts.js';
import type { Inbox } from '../ports/inbox.js';
import type { Message } from '../ports/message.js';
import { decideRelevance } from './relevance.js';
import { requestIdOf } from './request-id.js';

/**
 * Decides whether a message is for Frebot and claims it with that decision. Resolves once the claim is stored.
 * @throws StoreError
 */
export async function receiveMessage(
  message: Message,
  inbox: Inbox,
  { answers, knowledge, events }: DeskParts,
): Promise<'claimed' | 'already-claimed' | 'not-for-us'> {
  const startedAt = performance.now();
  const thread = message.addressed ? undefined : await answers.thread(message.thread);
  const relevance = decideRelevance(message, thread, knowledge);
  if (relevance.reason === 'none') return 'not-for-us';
  const fresh = await inbox.claim({ ...message, relevance });
  const ms = Math.round(performance.now() - startedAt);
  const { door, key } = message;
  events.emit({ name: 'claimed', door, why: relevance.reason, fresh, request: requestIdOf(key), ms });
  return fresh ? 'claimed' : 'already-claimed';
}
