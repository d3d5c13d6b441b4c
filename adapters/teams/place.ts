import type { Message } from '../../src/desk/ports/message.js';
import type { TeamsFileRef } from './file-ref.js';
import type { Activity } from './platform/activity.js';

/** The kind of a conversation. Files arrive differently in each. */
export type ConversationScope = 'personal' | 'channel' | 'groupChat';

type TeamsAccount = { id: string; name?: string; aadObjectId?: string };

/** A conversation reference of the Bot Framework as JSON: what a post into the conversation needs. */
export type TeamsReference = {
  /** The message to reply to. */
  activityId?: string;
  channelId: string;
  serviceUrl: string;
  /** In a channel its id names the thread. */
  conversation: { id: string; name?: string; tenantId?: string; conversationType?: string; isGroup?: boolean };
  bot?: TeamsAccount;
  user?: TeamsAccount;
  locale?: string;
};

/** A place in Teams to answer into. The desk stores it as JSON. */
export type TeamsPlace = {
  scope: ConversationScope;
  reference: TeamsReference;
  /** Only the person who asked sees the answer. */
  targeted?: boolean;
  /** Id of the post whose button was pressed. */
  pressed?: string;
};

/** A message of Teams as the desk sees it. */
export type TeamsMessage = Message<TeamsFileRef, TeamsPlace>;

/** Returns the kind of a conversation. Activities of some clients name it only by the form of its id. */
export function conversationScope(activity: Partial<Activity>): ConversationScope {
  const type = activity.conversation?.conversationType;
  if (type === 'channel' || type === 'groupChat' || type === 'personal') return type;
  if (activity.conversation?.id?.includes('@thread.tacv2')) return 'channel';
  return activity.conversation?.isGroup ? 'groupChat' : 'personal';
}

/** Returns the place to which an answer to the activity is sent. */
export function toTeamsPlace(
  activity: Partial<Activity>,
  scope: ConversationScope = conversationScope(activity),
): TeamsPlace {
  const reference = {
    activityId: activity.id,
    channelId: activity.channelId,
    serviceUrl: activity.serviceUrl,
    conversation: activity.conversation,
    bot: activity.recipient,
    user: activity.from && { id: activity.from.id, aadObjectId: activity.from.aadObjectId },
    locale: activity.locale,
  };
  // Only its sender sees a slash command (a preview of Teams, without a type yet), so only the sender sees the answer.
  const targeted = (activity.recipient as { isTargeted?: boolean } | undefined)?.isTargeted === true;
  // JSON leaves out what is undefined, as the store does.
  return { scope, reference: JSON.parse(JSON.stringify(reference)) as TeamsReference, ...(targeted && { targeted }) };
}
