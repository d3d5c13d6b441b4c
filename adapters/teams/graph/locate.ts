import type { Activity } from 'botbuilder';
import type { FileRef } from '../../../src/desk/ports/message.js';

/** A file dropped into a channel or group chat: the message it hangs on, to be read again through Microsoft Graph. */
export interface DroppedFile extends FileRef {
  via: 'graph';
  lasting: true;
  /** Shown until Graph tells the file's own name. */
  name: string;
  attachment: string;
  chat: string;
  message: string;
  /** Channels only: id of the first message of the thread; equal to `message` for the first message itself. */
  root: string | null;
  /** Channels only: the group id of the team, when the activity names it, and its thread id, to ask for it otherwise. */
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
 * The files a message's stubs stand for. In a channel the conversation id carries the id of the thread's first message
 * after `;messageid=`; the thread id in `channelData.team.id` is not the group id Graph wants.
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

/** A file a message action hands over by its address in SharePoint or OneDrive. */
export interface SharedFile extends FileRef {
  via: 'share';
  name: string;
  url: string;
  tenant: string;
}
