import type { Activity } from 'botbuilder';
import type { FileRef } from '../../../src/desk/ports/message.js';

/** A file dropped into a channel or group chat. Names the message, which is read again through Microsoft Graph. */
export interface DroppedFile extends FileRef {
  via: 'graph';
  lasting: true;
  /** Placeholder until Graph names the file. */
  name: string;
  attachment: string;
  chat: string;
  message: string;
  /** Channels only: id of the first message of the thread; equal to `message` for the first message itself. */
  root: string | null;
  /** Channels only: the team's group id when the activity names it, and its thread id, from which the group id is found. */
  group: string | null;
  team: string | null;
  serviceUrl: string;
  tenant: string;
}

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

/** A file that comes with a message action, by its address in SharePoint or OneDrive. */
export interface SharedFile extends FileRef {
  via: 'share';
  name: string;
  url: string;
  tenant: string;
}
