import { appId, tenantId } from './identity.js';

/** Activities in the shape that Teams sends. Ids and names are invented. */
export const bot = { id: `28:${appId}`, name: 'Frebot' };
export const person = {
  id: '29:1bright-person',
  name: 'Ada Admin',
  aadObjectId: '7d1e0c6e-0000-4000-8000-00000000ada1',
};
export const team = { thread: '19:team-general@thread.tacv2', group: '0a0b0c0d-0000-4000-8000-0000000000e1' };

export interface FakeActivity {
  type: string;
  id: string;
  [field: string]: unknown;
}

let count = 0;
const nextId = () => `17635${String(++count).padStart(8, '0')}`;

function base(serviceUrl: string, conversation: object, more: object): FakeActivity {
  return {
    type: 'message',
    id: nextId(),
    timestamp: '2026-06-08T20:00:00.000Z',
    channelId: 'msteams',
    serviceUrl,
    from: person,
    recipient: bot,
    conversation: { tenantId, ...conversation },
    channelData: { tenant: { id: tenantId } },
    textFormat: 'plain',
    locale: 'en-US',
    ...more,
  };
}

export const personalChat = { conversationType: 'personal', id: 'a:1personal-chat' };
export const groupChat = { conversationType: 'groupChat', isGroup: true, id: '19:group-chat@thread.v2' };

export function personalActivity(serviceUrl: string, more: object = {}): FakeActivity {
  return base(serviceUrl, personalChat, more);
}

export function groupActivity(serviceUrl: string, more: object = {}): FakeActivity {
  return base(serviceUrl, groupChat, more);
}

/** A channel message. Without `root` it starts a thread: then the conversation id carries its own id. */
export function channelActivity(serviceUrl: string, more: object = {}, root?: string): FakeActivity {
  const activity = base(serviceUrl, {}, more);
  const id = `${team.thread};messageid=${root ?? activity.id}`;
  return {
    ...activity,
    conversation: { tenantId, conversationType: 'channel', isGroup: true, id },
    channelData: { tenant: { id: tenantId }, team: { id: team.thread }, channel: { id: team.thread } },
  };
}

/** A mention of Frebot before the text, as Teams writes it: the name in tags, the entity beside it. */
export function mention(text: string): object {
  return {
    text: `<at>${bot.name}</at> ${text}`,
    entities: [
      { type: 'mention', mentioned: bot, text: `<at>${bot.name}</at>` },
      { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Windows' },
    ],
  };
}

/** A file dropped into a 1:1 chat. Teams adds the message's HTML beside it and leaves the text out. */
export function fileOffer(name: string, downloadUrl: string): object {
  return {
    text: undefined,
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        contentUrl: `https://contoso-my.sharepoint.com/personal/ada/Documents/${name}`,
        name,
        content: { downloadUrl, uniqueId: '2f5d', fileType: name.split('.').at(-1), etag: '"{1},1"' },
      },
      {
        contentType: 'text/html',
        content: '<p>&nbsp;</p><attachment id="1c2d3e4f-0000-4000-8000-00000000f11e"></attachment>',
      },
    ],
  };
}

/** A file dropped into a channel or group chat. The bot gets only a stub in the message's HTML. */
export function fileStubs(...ids: string[]): object {
  const tags = ids.map((id) => `<attachment id="${id}"></attachment>`).join('');
  return { attachments: [{ contentType: 'text/html', content: `<div><div>${tags}</div></div>` }] };
}

export function installActivities(serviceUrl: string): FakeActivity[] {
  return [
    { ...personalActivity(serviceUrl, { type: 'installationUpdate', action: 'add' }) },
    {
      ...personalActivity(serviceUrl, {
        type: 'conversationUpdate',
        membersAdded: [{ id: bot.id }, { id: person.id }],
      }),
    },
  ];
}

/** A pressed button of a card, as an invoke. */
/** @param replyToId the post with the button, which Teams always names */
export function buttonInvoke(verb: string, data: object, replyToId?: string): object {
  return {
    ...(replyToId && { replyToId }),
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
  };
}

/** A file dropped into a 1:1 chat on an iPhone. Teams offers a sharing link, which returns a page. */
export function phoneFileOffer(name: string): { attachments: object[]; text: undefined; link: string } {
  const link = `https://contoso-my.sharepoint.com/:u:/g/personal/ada/EYppPe-phone-${name.length}`;
  const content = { downloadUrl: link, uniqueId: '2f5d', fileType: name.split('.').at(-1) };
  const contentType = 'application/vnd.microsoft.teams.file.download.info';
  return { text: undefined, attachments: [{ contentType, contentUrl: link, name, content }], link };
}

/** The edit of a message. Teams sends the whole message again under its id. */
export function editOf(activity: FakeActivity, text: string): FakeActivity {
  const channelData = { ...(activity.channelData as object), eventType: 'editMessage' };
  return { ...activity, type: 'messageUpdate', text, channelData };
}

/** The deletion of a message. Teams sends only its id. */
export function deletionOf(activity: FakeActivity): FakeActivity {
  const channelData = { ...(activity.channelData as object), eventType: 'softDeleteMessage' };
  return { ...activity, type: 'messageDelete', text: undefined, attachments: undefined, channelData };
}

/** The person's decision about a file that the bot offers. */
export function consentInvoke(
  action: 'accept' | 'decline',
  card: string,
  context: object,
  uploadInfo?: object,
): object {
  return {
    type: 'invoke',
    name: 'fileConsent/invoke',
    replyToId: card,
    value: { type: 'fileUpload', action, context, ...(uploadInfo && { uploadInfo }) },
  };
}

/** A reply that quotes a message. Teams shortens the quoted words, and sends the quote in HTML beside the text. */
export function quoting(
  quoted: { id: string; words: string; by?: string },
  text: string,
): { text: string; attachments: object[] } {
  const { id, words, by = '8:orgid:7d1e0c6e-0000-4000-8000-00000000bea7' } = quoted;
  const block =
    `<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="${id}">\n` +
    `<strong itemprop="mri" itemid="${by}">Bea</strong><span itemprop="time" itemid="${id}"></span>\n` +
    `<p itemprop="preview">${escapeHtml(words)}</p>\n</blockquote>\n`;
  return { text, attachments: [{ contentType: 'text/html', content: `${block}<p>${escapeHtml(text)}</p>` }] };
}

/** The same reply as newer clients send it: an entity, and a placeholder in the text. */
export function quotingByEntity(quoted: { id: string; words: string; by?: string }, text: string): object {
  const { id, words, by = '29:1bea' } = quoted;
  const quotedReply = { messageId: id, senderId: by, senderName: 'Bea', preview: words, time: id };
  return { text: `<quoted messageId="${id}"/> ${text}`, entities: [{ type: 'quotedReply', quotedReply }] };
}

/** A message that forwards another one. The bot gets its number only; Graph has its words. */
export function forwarding(id: string, comment = ''): object {
  const content = `<p>${escapeHtml(comment)}</p><attachment id="${id}"></attachment>`;
  return { text: comment, attachments: [{ contentType: 'text/html', content }] };
}

/** A message whose words are in its HTML alone, as some clients send pasted text. */
export function htmlOnly(html: string): object {
  return { text: '', attachments: [{ contentType: 'text/html', content: html }] };
}

/** A mention of Frebot beside what the message carries already. */
export function mentioning<T extends object>(more: T): T & object {
  const { text = '', entities = [] } = more as { text?: string; entities?: object[] };
  const own = mention(text) as { text: string; entities: object[] };
  return { ...more, text: own.text, entities: [...own.entities, ...entities] };
}

const escapeHtml = (text: string) =>
  text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] as string);
