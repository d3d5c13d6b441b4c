import type { SlackDeskMessage } from '../message.js';
import type { ListenerContext } from './context.js';

/**
 * Returns the message with an answer for its writer alone when people of another organization read its channel (Slack Connect):
 * an answer names servers and accounts. The writer may share it. What was read for one person is not recalled for another.
 */
export function guardSharedChannel(
  message: SlackDeskMessage,
  body: object,
  { answersInSharedChannels }: ListenerContext,
): SlackDeskMessage {
  if (answersInSharedChannels || !isShared(body)) return message;
  const where = { ...message.where, to: 'asker' as const, asker: message.who, share: true as const };
  return { ...message, where, thread: `${message.thread}:for:${message.who}` };
}

/** Slack says so beside each event of such a channel. */
function isShared(body: object): boolean {
  return (body as { is_ext_shared_channel?: unknown }).is_ext_shared_channel === true;
}
