import type { Activity, InvokeResponse } from 'botbuilder';
import type { Desk } from '../../../src/desk/desk.js';
import type { FileRef, Message } from '../../../src/desk/ports/message.js';
import { toInlines, toTextBlock } from '../render/text.js';
import { conversationScope, toTeamsWhere } from './message.js';
import { decodeHtml } from './message-text.js';
import { senderOf, tenantKey } from './trust.js';

interface Deps {
  desk: Pick<Desk, 'receive'>;
  graph: boolean;
}

/** The message a message action was used on, as Teams hands it over. */
interface Payload {
  id?: string;
  body?: { contentType?: string; content?: string };
  attachments?: { id?: string; contentType?: string; contentUrl?: string; name?: string }[];
}

/**
 * "Diagnose this log" in the menu of a message: needs no right to read messages, since Teams hands the message over,
 * but its files still take the Graph grant for files. The answer is posted where the message stands.
 */
export async function handleMessageAction(activity: Activity, deps: Deps): Promise<InvokeResponse> {
  const payload = (activity.value as { messagePayload?: Payload } | undefined)?.messagePayload;
  if (!payload?.id || !activity.conversation?.id) return dialog('This works from the menu of a message.');
  const message = actionMessage(activity, payload, deps.graph);
  const carries = message.text !== '' || message.files.length > 0 || message.unreachable !== undefined;
  const outcome = carries ? await deps.desk.receive(message) : 'not-for-us';
  if (outcome === 'not-for-us') return dialog('There is no log in this message. Use it on a message that carries one.');
  return dialog('I am reading it. The answer is posted in this conversation.');
}

/** A dialog with one sentence: the only form Teams takes as the first answer to an action. */
function dialog(text: string): InvokeResponse {
  const content = { type: 'AdaptiveCard', version: '1.5', body: [toTextBlock(toInlines(text))] };
  const card = { contentType: 'application/vnd.microsoft.card.adaptive', content };
  const value = { title: 'Frebot', height: 'small', width: 'small', card };
  return { status: 200, body: { task: { type: 'continue', value } } };
}

function actionMessage(activity: Activity, payload: Payload, graph: boolean): Message {
  const tenant = tenantKey(activity);
  const scope = conversationScope(activity);
  const conversation = threadOf(activity, payload, scope);
  const where = toTeamsWhere({ ...activity, conversation: { ...activity.conversation, id: conversation } }, scope);
  const references = (payload.attachments ?? []).filter((a) => a.contentType === 'reference' && a.contentUrl);
  const files: FileRef[] = references.map((a) => ({
    via: 'share',
    lasting: true,
    name: a.name ?? 'file',
    url: a.contentUrl,
    tenant,
  }));
  const reason = scope === 'channel' ? 'teams-channel-file' : 'teams-group-file';
  const reachable = graph || files.length === 0;
  return {
    key: `teams:${tenant}:${conversation}:${payload.id}:action:${activity.id ?? ''}`,
    door: 'teams',
    tenant,
    who: senderOf(activity),
    where,
    thread: `teams:${tenant}:${conversation}`,
    text: decodeHtml(payload.body?.content ?? ''),
    files: reachable ? files : [],
    addressed: true,
    ...(!reachable && { unreachable: files.map(({ name }) => ({ name, reason })) }),
  };
}

/** In a channel the answer belongs into the thread of the message; the conversation id names it after `;messageid=`. */
function threadOf(activity: Activity, payload: Payload, scope: string): string {
  const id = activity.conversation.id;
  return scope === 'channel' && !id.includes(';messageid=') ? `${id};messageid=${payload.id}` : id;
}
