import type { Activity } from 'botbuilder';
import type { DroppedFile } from '../file-ref.js';

/** The fields that Frebot reads of a channel activity's `channelData`. */
interface TeamData {
  team?: { id?: string; aadGroupId?: string };
  channel?: { id?: string };
  teamsChannelId?: string;
  teamsTeamId?: string;
}

/**
 * Returns a reference for each stub of a file in a message. In a channel the conversation id names the first message of the
 * thread after `;messageid=`. The thread id in `channelData.team.id` is not the group id that Graph needs.
 */
export function locateDroppedFiles(
  activity: Partial<Activity>,
  scope: 'channel' | 'groupChat',
  stubs: string[],
): DroppedFile[] {
  const data = (activity.channelData ?? {}) as TeamData;
  const conversation = activity.conversation?.id ?? '';
  const [chat = '', root] = conversation.split(';messageid=');
  const message = activity.id ?? '';
  return stubs.map((attachment) => ({
    via: 'graph',
    lasting: true,
    name: 'file',
    unnamed: true,
    attachment,
    chat: scope === 'channel' ? (data.channel?.id ?? data.teamsChannelId ?? chat) : chat,
    message,
    root: scope === 'channel' ? (root ?? message) : null,
    group: data.team?.aadGroupId ?? null,
    team: data.team?.id ?? data.teamsTeamId ?? null,
    serviceUrl: activity.serviceUrl ?? '',
    tenant: activity.conversation?.tenantId ?? '',
  }));
}
