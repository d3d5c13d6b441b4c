import type { Activity, Attachment } from 'botbuilder';
import type { FileRef, Json, Message, Where } from '../../src/desk/ports.js';
import { graphFiles } from './graph/locate.js';
import { mentionsUs, messageText } from './text.js';
import { tenantKey } from './trust.js';

/** Where in Teams a conversation takes place; files arrive differently in each. */
export type Scope = 'personal' | 'channel' | 'groupChat';

/** A file handed over in a 1:1 chat: the address needs no token, and must never get one. */
export interface OfferedFile extends FileRef {
  via: 'offer';
  name: string;
  url: string;
}

export const downloadInfo = 'application/vnd.microsoft.teams.file.download.info';

export function scopeOf(activity: Partial<Activity>): Scope {
  const type = activity.conversation?.conversationType;
  if (type === 'channel' || type === 'groupChat' || type === 'personal') return type;
  if (activity.conversation?.id?.includes('@thread.tacv2')) return 'channel';
  return activity.conversation?.isGroup ? 'groupChat' : 'personal';
}

/**
 * A Teams message as the desk sees it, or undefined for what is no message to us: our own, edits, and system text.
 * @param graph whether files of channels and group chats can be fetched; else they are announced as out of reach.
 */
export function toMessage(activity: Partial<Activity>, graph: boolean): Message | undefined {
  const conversation = activity.conversation?.id;
  if (activity.type !== 'message' || !activity.id || !conversation || isOurs(activity)) return undefined;
  const tenant = tenantKey(activity);
  const scope = scopeOf(activity);
  const where = whereOf(activity, scope);
  const { files, unreachable } = filesOf(activity, scope, graph);
  return {
    key: `teams:${tenant}:${conversation}:${activity.id}`,
    door: 'teams',
    tenant,
    who: activity.from?.aadObjectId ?? activity.from?.id ?? 'unknown',
    where,
    thread: `teams:${tenant}:${conversation}`,
    place: `teams:${tenant}:${conversation.split(';messageid=')[0]}`,
    text: messageText(activity),
    files,
    addressed: scope === 'personal' || mentionsUs(activity) || where.targeted === true,
    ...(unreachable.length > 0 && { unreachable }),
  };
}

export function isOurs(activity: Partial<Activity>): boolean {
  const from = activity.from?.id;
  return from === undefined || from === activity.recipient?.id || activity.from?.role === 'bot';
}

/** The conversation reference an answer is sent with. In a channel the conversation id names the thread. */
export function whereOf(activity: Partial<Activity>, scope: Scope = scopeOf(activity)): Where {
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

function filesOf(activity: Partial<Activity>, scope: Scope, graph: boolean): Found {
  const attachments = Array.isArray(activity.attachments) ? activity.attachments : [];
  const files: FileRef[] = attachments.filter((a) => a?.contentType === downloadInfo).flatMap(offered);
  const pictures = attachments
    .filter((a) => /^image\//i.test(a?.contentType ?? ''))
    .map((a) => ({ name: a.name ?? null, reason: 'not-text' }));
  const stubs = attachments.flatMap(stubIds);
  if (files.length > 0 || stubs.length === 0) return { files, unreachable: pictures };
  if (scope !== 'personal' && graph) return { files: graphFiles(activity, scope, stubs), unreachable: pictures };
  const reason = { personal: 'teams-file-not-offered', channel: 'teams-channel-file', groupChat: 'teams-group-file' };
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
export function stubIds(attachment: Attachment): string[] {
  if (attachment?.contentType !== 'text/html' || typeof attachment.content !== 'string') return [];
  const ids = [...attachment.content.matchAll(/<attachment\s[^>]*\bid\s*=\s*["']([^"']{1,100})["']/gi)];
  return [...new Set(ids.map((match) => match[1] as string))].filter((id) => /^[0-9a-f-]{32,36}$/i.test(id));
}
