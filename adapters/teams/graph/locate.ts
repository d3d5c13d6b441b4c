import type { ChannelPosition, DroppedFile } from '../file-ref.js';
import type { Activity } from '../platform/activity.js';

/** The fields that Frebot reads of a channel activity's `channelData`. */
interface TeamData {
  team?: { id?: string; aadGroupId?: string };
  channel?: { id?: string };
  teamsChannelId?: string;
  teamsTeamId?: string;
}

/**
 * Returns where Graph finds the message of an activity. In a channel the conversation id names the first message of the thread
 * after `;messageid=`. The thread id in `channelData.team.id` is not the group id that Graph needs.
 */
export function locateMessage(activity: Partial<Activity>, scope: 'channel' | 'groupChat'): ChannelPosition {
  const data = (activity.channelData ?? {}) as TeamData;
  const [chat = '', root] = (activity.conversation?.id ?? '').split(';messageid=');
  const message = activity.id ?? '';
  return {
    chat: scope === 'channel' ? (data.channel?.id ?? data.teamsChannelId ?? chat) : chat,
    message,
    root: scope === 'channel' ? (root ?? message) : null,
    group: data.team?.aadGroupId ?? null,
    team: data.team?.id ?? data.teamsTeamId ?? null,
    serviceUrl: activity.serviceUrl ?? '',
    tenant: activity.conversation?.tenantId ?? '',
  };
}

/** Returns a reference for each stub of a file in a message. */
export function locateDroppedFiles(
  activity: Partial<Activity>,
  scope: 'channel' | 'groupChat',
  stubs: string[],
): DroppedFile[] {
  const position = locateMessage(activity, scope);
  return stubs.map((attachment) => ({
    via: 'graph',
    lasting: true,
    name: 'file',
    unnamed: true,
    attachment,
    ...position,
  }));
}
