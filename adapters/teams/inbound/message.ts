import type { Message } from '../../../src/desk/ports/message.js';
import type { OfferedFile, TeamsFileRef } from '../file-ref.js';
import { locateDroppedFiles } from '../graph/locate.js';
import { senderId, teamsChannelKey, teamsMessageKey, teamsThreadKey, tenantKey, welcomeKey } from '../keys.js';
import { type ConversationScope, conversationScope, type TeamsMessage, toTeamsPlace } from '../place.js';
import type { Activity, Attachment } from '../platform/activity.js';
import { readButton } from './button.js';
import { mentionsOthers, mentionsUs, messageText } from './message-text.js';
import { findPointedMessages, htmlWords, readHtml, readQuote } from './quoted-messages.js';

const downloadInfo = 'application/vnd.microsoft.teams.file.download.info';

/** Returns the key of the message that an activity is about; undefined when the activity names no message. */
export function activityKey(activity: Partial<Activity>): string | undefined {
  const { id, conversation } = activity;
  return id && conversation?.id ? teamsMessageKey(tenantKey(activity), conversation.id, id) : undefined;
}

/**
 * Returns a Teams message as the desk sees it; undefined for Frebot's own messages, edits and system text.
 * @param graph whether files of channels and group chats can be fetched; if not, they are listed as unreachable
 */
export function readActivity(activity: Partial<Activity>, graph: boolean): TeamsMessage | undefined {
  const key = activityKey(activity);
  const conversation = activity.conversation?.id;
  if (activity.type !== 'message' || !key || !conversation || isFromBot(activity)) return undefined;
  const tenant = tenantKey(activity);
  const scope = conversationScope(activity);
  const where = toTeamsPlace(activity, scope);
  const { files, unreachable } = readFiles(activity, scope, graph);
  // Clients too old for an invoke send a pressed button as a message.
  const press = readButton(activity);
  const pressed = press && activity.replyToId;
  const quote = readQuote(activity);
  const pointsAt = findPointedMessages(activity, scope, quote);
  const toOthers = mentionsOthers(activity) || (quote !== undefined && !quote.isOurs);
  return {
    key,
    door: 'teams',
    tenant,
    who: senderId(activity),
    where: pressed ? { ...where, pressed } : where,
    thread: teamsThreadKey(tenant, conversation),
    place: teamsChannelKey(tenant, conversation),
    text: readWords(activity),
    files,
    addressed: scope === 'personal' || mentionsUs(activity) || where.targeted === true || press !== undefined,
    ...(unreachable.length > 0 && { unreachable }),
    ...(startsThread(activity, scope) && { alone: true as const }),
    ...(toOthers && { toOthers }),
    // In a 1:1 chat no message can be read again, so the shortened words are all there is.
    ...(scope === 'personal' && quote?.words && !quote.isOurs && { quoted: quote.words }),
    ...(pointsAt.length > 0 && { pointsAt }),
    ...(press && { press }),
  };
}

/**
 * Returns a message when the activity announces an installation, else undefined: a request for help in a 1:1 chat, and a
 * greeting in a team or group chat. Teams announces it with two activities. Both get one key, so the inbox lets one of them
 * through.
 */
export function toWelcomeMessage(activity: Partial<Activity>): TeamsMessage | undefined {
  const added: unknown = activity.membersAdded;
  const addsBot = Array.isArray(added) && added.some((member) => member?.id === activity.recipient?.id);
  // `add-upgrade` is a new version of the app, which needs no greeting.
  const installed = activity.type === 'installationUpdate' && activity.action === 'add';
  if (!installed && !(activity.type === 'conversationUpdate' && addsBot)) return undefined;
  const announced: unknown = activity.conversation?.id;
  if (typeof announced !== 'string' || announced === '') return undefined;
  const scope = conversationScope(activity);
  const tenant = tenantKey(activity);
  // The announcement is not a post that could be replied to, so a greeting begins a thread.
  const [conversation = announced] = announced.split(';messageid=');
  const top = { ...activity, id: undefined, conversation: { ...activity.conversation, id: conversation } };
  const place = toTeamsPlace(scope === 'personal' ? activity : (top as Partial<Activity>), scope);
  return {
    key: welcomeKey(tenant, conversation),
    door: 'teams',
    tenant,
    who: senderId(activity),
    where: place,
    thread: teamsThreadKey(tenant, conversation),
    text: scope === 'personal' ? 'help' : '',
    files: [],
    addressed: true,
    ...(scope !== 'personal' && { greeting: true as const }),
  };
}

/** Returns the prefix of the thread keys of a conversation when the activity says that Frebot was removed from it. */
export function readRemoval(activity: Partial<Activity>): string | undefined {
  // `remove-upgrade` makes room for a new version of the app.
  if (activity.type !== 'installationUpdate' || activity.action !== 'remove') return undefined;
  const conversation: unknown = activity.conversation?.id;
  if (typeof conversation !== 'string' || conversation === '') return undefined;
  return teamsThreadKey(tenantKey(activity), conversation);
}

function isFromBot(activity: Partial<Activity>): boolean {
  const from = activity.from?.id;
  // `28:` begins the id of every bot, Frebot's own too; people have `29:`.
  return (
    from === undefined || from === activity.recipient?.id || from.startsWith('28:') || activity.from?.role === 'bot'
  );
}

/** True when the message begins a thread, or is a slash command. Chats are one long thread each. */
function startsThread({ id, conversation, recipient }: Partial<Activity>, scope: ConversationScope): boolean {
  if ((recipient as { isTargeted?: boolean } | undefined)?.isTargeted) return true;
  return scope === 'channel' && conversation?.id?.split(';messageid=')[1] === id;
}

/**
 * Returns the words of a message. Some clients put pasted lines into one line of the text, and their ends survive only in the
 * HTML beside it; of two readings with the same words the one with more lines is taken.
 */
function readWords(activity: Partial<Activity>): string {
  const text = messageText(activity);
  const html = htmlWords(readHtml(activity));
  if (text === '') return html;
  const lines = withoutOwnName(html, activity);
  const compact = (words: string) => words.replace(/\s+/g, '');
  return countLines(lines) > countLines(text) && compact(lines) === compact(text) ? lines : text;
}

const countLines = (words: string) => words.split('\n').length;

/** The HTML shows a mention of Frebot by its name alone. */
function withoutOwnName(words: string, { recipient, text = '' }: Partial<Activity>): string {
  const name = recipient?.name;
  return name && text.includes(`<at>${name}</at>`) ? words.replace(name, '').trim() : words;
}

/** A picture in the HTML of a channel or group chat, where Teams attaches none. */
const pastedPicture = /<img\b[^<>]{0,2000}\bitemtype\s?=\s?["']https?:\/\/schema\.skype\.com\/AMSImage["']/gi;

interface MessageFiles {
  files: TeamsFileRef[];
  unreachable: NonNullable<Message['unreachable']>;
}

function readFiles(activity: Partial<Activity>, scope: ConversationScope, graph: boolean): MessageFiles {
  const attachments = Array.isArray(activity.attachments) ? activity.attachments : [];
  const files: TeamsFileRef[] = attachments.filter((a) => a?.contentType === downloadInfo).flatMap(toOfferedFiles);
  const images = attachments
    .filter((a) => /^image\//i.test(a?.contentType ?? ''))
    .map((a) => ({ name: a.name ?? null, reason: 'picture' as const }));
  if (images.length === 0) {
    const pasted = readHtml(activity).match(pastedPicture) ?? [];
    images.push(...pasted.map(() => ({ name: null, reason: 'picture' as const })));
  }
  const stubs = attachments.flatMap(readStubIds);
  if (files.length > 0 || stubs.length === 0) return { files, unreachable: images };
  if (scope !== 'personal' && graph) return { files: locateDroppedFiles(activity, scope, stubs), unreachable: images };
  const reasons = {
    personal: 'teams-file-not-offered',
    channel: 'teams-channel-file',
    groupChat: 'teams-group-file',
  } as const;
  return { files, unreachable: [...stubs.map(() => ({ name: null, reason: reasons[scope] })), ...images] };
}

function toOfferedFiles(attachment: Attachment): OfferedFile[] {
  const url = (attachment.content as { downloadUrl?: unknown } | undefined)?.downloadUrl;
  return typeof url === 'string' ? [{ via: 'offer', name: attachment.name ?? 'file', url }] : [];
}

/**
 * Returns the ids of the files dropped with a message in a channel or group chat. Teams sends the message as HTML with an
 * `<attachment id="GUID">` for each file. A quoted reply has the same tag with a number as its id.
 */
function readStubIds(attachment: Attachment): string[] {
  if (attachment?.contentType !== 'text/html' || typeof attachment.content !== 'string') return [];
  const ids = [
    ...attachment.content.matchAll(/<attachment\s[^<>]{0,300}?\bid\s{0,10}=\s{0,10}["']([^"']{1,100})["']/gi),
  ];
  return [...new Set(ids.map((match) => match[1] as string))].filter((id) => /^[0-9a-f-]{32,36}$/i.test(id));
}
