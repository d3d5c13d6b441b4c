import type { Activity, Attachment } from 'botbuilder';
import type { FileRef, Json, Message, Where } from '../../../src/desk/ports/message.js';
import { locateDroppedFiles } from '../graph/locate.js';
import { readButton } from './button.js';
import { mentionsUs, messageText } from './message-text.js';
import { senderOf, tenantKey } from './trust.js';

/** Where in Teams a conversation takes place; files arrive differently in each. */
export type ConversationScope = 'personal' | 'channel' | 'groupChat';

/** A file handed over in a 1:1 chat: the address needs no token, and must never get one. */
export interface OfferedFile extends FileRef {
  via: 'offer';
  name: string;
  url: string;
}

const downloadInfo = 'application/vnd.microsoft.teams.file.download.info';

export function conversationScope(activity: Partial<Activity>): ConversationScope {
  const type = activity.conversation?.conversationType;
  if (type === 'channel' || type === 'groupChat' || type === 'personal') return type;
  if (activity.conversation?.id?.includes('@thread.tacv2')) return 'channel';
  return activity.conversation?.isGroup ? 'groupChat' : 'personal';
}

/** The key of a message, the same for every activity about it; undefined for an odd activity. */
export function activityKey(activity: Partial<Activity>): string | undefined {
  const { id, conversation } = activity;
  return id && conversation?.id ? `teams:${tenantKey(activity)}:${conversation.id}:${id}` : undefined;
}

/**
 * A Teams message as the desk sees it, or undefined for what is no message to us: our own, edits, and system text.
 * @param graph whether files of channels and group chats can be fetched; else they are announced as out of reach.
 */
export function readActivity(activity: Partial<Activity>, graph: boolean): Message | undefined {
  const key = activityKey(activity);
  const conversation = activity.conversation?.id;
  if (activity.type !== 'message' || !key || !conversation || isOurs(activity)) return undefined;
  const tenant = tenantKey(activity);
  const scope = conversationScope(activity);
  const where = toTeamsWhere(activity, scope);
  const { files, unreachable } = filesOf(activity, scope, graph);
  // Clients that cannot press a button in a call send it as a message.
  const press = readButton(activity);
  return {
    key,
    door: 'teams',
    tenant,
    who: senderOf(activity),
    where,
    thread: `teams:${tenant}:${conversation}`,
    place: `teams:${tenant}:${conversation.split(';messageid=')[0]}`,
    text: messageText(activity),
    files,
    addressed: scope === 'personal' || mentionsUs(activity) || where.targeted === true || press !== undefined,
    ...(unreachable.length > 0 && { unreachable }),
    ...(press && { press }),
  };
}

/**
 * An installation in a 1:1 chat, which is greeted as if somebody had asked for help; undefined for whatever else the
 * activity is. Teams announces it in two ways: both get one key, so that the inbox lets one of them through.
 */
export function toWelcomeMessage(activity: Partial<Activity>): Message | undefined {
  const added: unknown = activity.membersAdded;
  const us = Array.isArray(added) && added.some((member) => member?.id === activity.recipient?.id);
  // `add-upgrade` is a new version of the app, for people who know it.
  const installed = activity.type === 'installationUpdate' && activity.action === 'add';
  if (!installed && !(activity.type === 'conversationUpdate' && us)) return undefined;
  const conversation: unknown = activity.conversation?.id;
  if (typeof conversation !== 'string' || conversation === '' || conversationScope(activity) !== 'personal')
    return undefined;
  const tenant = tenantKey(activity);
  const thread = `teams:${tenant}:${conversation}`;
  return {
    key: `${thread}:welcome`,
    door: 'teams',
    tenant,
    who: senderOf(activity),
    where: toTeamsWhere(activity, 'personal'),
    thread,
    text: 'help',
    files: [],
    addressed: true,
  };
}

/** What the keys of a conversation's threads begin with, when the activity says that Frebot was removed from it. */
export function readRemoval(activity: Partial<Activity>): string | undefined {
  // `remove-upgrade` makes room for a new version of the app.
  if (activity.type !== 'installationUpdate' || activity.action !== 'remove') return undefined;
  const conversation: unknown = activity.conversation?.id;
  const named = typeof conversation === 'string' && conversation !== '';
  return named ? `teams:${tenantKey(activity)}:${conversation}` : undefined;
}

function isOurs(activity: Partial<Activity>): boolean {
  const from = activity.from?.id;
  return from === undefined || from === activity.recipient?.id || activity.from?.role === 'bot';
}

/** The conversation reference an answer is sent with. In a channel the conversation id names the thread. */
export function toTeamsWhere(
  activity: Partial<Activity>,
  scope: ConversationScope = conversationScope(activity),
): Where {
  const reference = {
    activityId: activity.id,
    channelId: activity.channelId,
    serviceUrl: activity.serviceUrl,
    conversation: activity.conversation,
    bot: activity.recipient,
    user: activity.from && { id: activity.from.id, aadObjectId: activity.from.aadObjectId },
    locale: activity.locale,
  };
  // A slash command is seen by its sender alone (a preview of Teams, without a type yet); so is the answer then.
  const targeted = (activity.recipient as { isTargeted?: boolean } | undefined)?.isTargeted === true;
  return { scope, reference: JSON.parse(JSON.stringify(reference)) as Json, ...(targeted && { targeted }) };
}

interface Found {
  files: FileRef[];
  unreachable: NonNullable<Message['unreachable']>;
}

function filesOf(activity: Partial<Activity>, scope: ConversationScope, graph: boolean): Found {
  const attachments = Array.isArray(activity.attachments) ? activity.attachments : [];
  const files: FileRef[] = attachments.filter((a) => a?.contentType === downloadInfo).flatMap(offered);
  const pictures = attachments
    .filter((a) => /^image\//i.test(a?.contentType ?? ''))
    .map((a) => ({ name: a.name ?? null, reason: 'not-text' as const }));
  const stubs = attachments.flatMap(stubIds);
  if (files.length > 0 || stubs.length === 0) return { files, unreachable: pictures };
  if (scope !== 'personal' && graph)
    return { files: locateDroppedFiles(activity, scope, stubs), unreachable: pictures };
  const reason = {
    personal: 'teams-file-not-offered',
    channel: 'teams-channel-file',
    groupChat: 'teams-group-file',
  } as const;
  return { files, unreachable: [...stubs.map(() => ({ name: null, reason: reason[scope] })), ...pictures] };
}

function offered(attachment: Attachment): OfferedFile[] {
  const url = (attachment.content as { downloadUrl?: unknown } | undefined)?.downloadUrl;
  return typeof url === 'string' ? [{ via: 'offer', name: attachment.name ?? 'file', url }] : [];
}

/**
 * Ids of the files a channel or group message stands for. Teams sends their message as HTML with an
 * `<attachment id="GUID">` for each; a quoted reply has the same tag with a number for an id.
 */
function stubIds(attachment: Attachment): string[] {
  if (attachment?.contentType !== 'text/html' || typeof attachment.content !== 'string') return [];
  const ids = [
    ...attachment.content.matchAll(/<attachment\s[^<>]{0,300}?\bid\s{0,10}=\s{0,10}["']([^"']{1,100})["']/gi),
  ];
  return [...new Set(ids.map((match) => match[1] as string))].filter((id) => /^[0-9a-f-]{32,36}$/i.test(id));
}
