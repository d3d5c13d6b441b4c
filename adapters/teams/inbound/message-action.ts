import type { Activity, InvokeResponse } from 'botbuilder';
import type { Desk } from '../../../src/desk/desk.js';
import type { SharedFile } from '../file-ref.js';
import { messageActionKey, senderId, teamsThreadKey, tenantKey } from '../keys.js';
import { conversationScope, type TeamsMessage, toTeamsPlace } from '../place.js';
import { toInlines, toTextBlock } from '../render/text.js';
import { decodeHtml } from './message-text.js';

interface Deps {
  desk: Pick<Desk, 'receive'>;
  graph: boolean;
}

/** The message on which the action was used, as Teams sends it. */
interface MessagePayload {
  id?: string;
  body?: { contentType?: string; content?: string };
  attachments?: { id?: string; contentType?: string; contentUrl?: string; name?: string }[];
}

/**
 * Handles "Diagnose this log" in the menu of a message. It needs no permission to read messages, because Teams sends the
 * message along; its files still need the Graph permission for files. The answer is posted in the thread of the message.
 */
export async function handleMessageAction(activity: Activity, deps: Deps): Promise<InvokeResponse> {
  const payload = (activity.value as { messagePayload?: MessagePayload } | undefined)?.messagePayload;
  if (!payload?.id || !activity.conversation?.id) return showDialog('Please use this from the menu of a message.');
  const message = toActionMessage(activity, payload, deps.graph);
  const hasContent = message.text !== '' || message.files.length > 0 || message.unreachable !== undefined;
  const receipt = hasContent ? await deps.desk.receive(message) : 'not-for-us';
  if (receipt === 'not-for-us') {
    return showDialog('There is no log in this message. Please use this on a message that has one.');
  }
  return showDialog("I'm reading it. I'll post the answer in this conversation.");
}

/** Returns a dialog with one sentence. Teams accepts no other form as the first answer to an action. */
function showDialog(text: string): InvokeResponse {
  const content = { type: 'AdaptiveCard', version: '1.5', body: [toTextBlock(toInlines(text))] };
  const card = { contentType: 'application/vnd.microsoft.card.adaptive', content };
  const value = { title: 'Frebot', height: 'small', width: 'small', card };
  return { status: 200, body: { task: { type: 'continue', value } } };
}

function toActionMessage(activity: Activity, payload: MessagePayload, graph: boolean): TeamsMessage {
  const tenant = tenantKey(activity);
  const scope = conversationScope(activity);
  const conversation = findConversation(activity, payload, scope);
  const where = toTeamsPlace({ ...activity, conversation: { ...activity.conversation, id: conversation } }, scope);
  const files = (payload.attachments ?? []).flatMap(({ contentType, contentUrl, name = 'file' }): SharedFile[] =>
    contentType === 'reference' && contentUrl ? [{ via: 'share', lasting: true, name, url: contentUrl, tenant }] : [],
  );
  const reason = scope === 'channel' ? 'teams-channel-file' : 'teams-group-file';
  const reachable = graph || files.length === 0;
  return {
    key: messageActionKey(tenant, conversation, payload.id ?? '', activity.id ?? ''),
    door: 'teams',
    tenant,
    who: senderId(activity),
    where,
    thread: teamsThreadKey(tenant, conversation),
    text: decodeHtml(payload.body?.content ?? ''),
    files: reachable ? files : [],
    addressed: true,
    ...(!reachable && { unreachable: files.map(({ name }) => ({ name, reason })) }),
  };
}

/** Returns the conversation of the message. In a channel that is its thread, which the id names after `;messageid=`. */
function findConversation(activity: Activity, payload: MessagePayload, scope: string): string {
  const id = activity.conversation.id;
  return scope === 'channel' && !id.includes(';messageid=') ? `${id};messageid=${payload.id}` : id;
}
