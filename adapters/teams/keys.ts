import type { Activity } from './platform/activity.js';

/**
 * Keys under which messages, threads and channels of Teams are claimed and stored. Teams' ids contain colons, so a key is
 * compared and never taken apart.
 */

/** Returns the id of the tenant that the activity names, from the conversation or else the channel data. */
export function findTenantId(activity: Partial<Activity>): string | undefined {
  const data = activity.channelData as { tenant?: { id?: unknown } } | undefined;
  const tenant = activity.conversation?.tenantId ?? data?.tenant?.id;
  return typeof tenant === 'string' && tenant !== '' ? tenant : undefined;
}

/** Returns the tenant under which a conversation is stored. Local clients name none and get `development`. */
export function tenantKey(activity: Partial<Activity>): string {
  return findTenantId(activity)?.toLowerCase() ?? 'development';
}

/**
 * Returns the key of a thread. Keys of a channel's threads begin with the key of the channel, because the conversation id
 * of a thread is the channel's id followed by `;messageid=`.
 */
export function teamsThreadKey(tenant: string, conversation: string): string {
  return `teams:${tenant}:${conversation}`;
}

/** Returns the key of the channel or chat that a thread is in. */
export function teamsChannelKey(tenant: string, conversation: string): string {
  return teamsThreadKey(tenant, conversation.split(';messageid=')[0] ?? conversation);
}

/** Returns the key of a message: the same for every activity about it. */
export function teamsMessageKey(tenant: string, conversation: string, message: string): string {
  return `${teamsThreadKey(tenant, conversation)}:${message}`;
}

/** Returns the key of one use of the message action, so that using it again is answered again. */
export function messageActionKey(tenant: string, conversation: string, message: string, action: string): string {
  return `${teamsMessageKey(tenant, conversation, message)}:action:${action}`;
}

/** Returns the key of the greeting in a 1:1 chat: one for both activities that announce an installation. */
export function welcomeKey(tenant: string, conversation: string): string {
  return teamsMessageKey(tenant, conversation, 'welcome');
}

/** Returns the id of the person who wrote or pressed: the directory's where there is one, else Teams' own. */
export function senderId({ from }: Partial<Activity>): string {
  return from?.aadObjectId ?? from?.id ?? 'unknown';
}
