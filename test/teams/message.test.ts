import { describe, expect, it } from 'vitest';
import type { OfferedFile } from '../../adapters/teams/file-ref.js';
import { readActivity } from '../../adapters/teams/inbound/message.js';
import { messageText } from '../../adapters/teams/inbound/message-text.js';
import type { Activity } from '../../adapters/teams/platform/activity.js';
import {
  bot,
  channelActivity,
  fileOffer,
  fileStubs,
  groupActivity,
  groupChat,
  mention,
  person,
  personalActivity,
  personalChat,
  team,
} from '../fakes/teams/activities.js';
import { tenantId } from '../fakes/teams/identity.js';

const service = 'https://smba.trafficmanager.net/emea/';
const toMessage = (activity: object, graph = false) => readActivity(activity as Partial<Activity>, graph);
const mentionHtml = '<span itemtype="http://schema.skype.com/Mention" itemscope itemid="0">Frebot</span> ';
const fileId = '1c2d3e4f-0000-4000-8000-00000000f11e';

describe('a Teams message as the desk sees it', () => {
  it('in a 1:1 chat is addressed, with a key of tenant, conversation and message', () => {
    const activity = personalActivity(service, { text: 'who holds SeImpersonatePrivilege?' });
    expect(toMessage(activity)).toEqual({
      key: `teams:${tenantId}:${personalChat.id}:${activity.id}`,
      door: 'teams',
      tenant: tenantId,
      who: person.aadObjectId,
      where: expect.objectContaining({ scope: 'personal' }),
      thread: `teams:${tenantId}:${personalChat.id}`,
      place: `teams:${tenantId}:${personalChat.id}`,
      text: 'who holds SeImpersonatePrivilege?',
      files: [],
      addressed: true,
    });
  });

  it('survives JSON unchanged, and its place holds no display name', () => {
    const message = toMessage(
      personalActivity(service, fileOffer('fr000032.xml', 'https://contoso.sharepoint.com/x?tempauth=1')),
    );
    expect(JSON.parse(JSON.stringify(message))).toEqual(message);
    expect(JSON.stringify(message)).not.toContain(person.name);
  });

  it('in a 1:1 chat with a dropped log has its address and no text', () => {
    const message = toMessage(
      personalActivity(service, fileOffer('fr000032.xml', 'https://contoso.sharepoint.com/x?tempauth=1')),
    );
    expect(message?.text).toBe('');
    expect(message?.unreachable).toBeUndefined();
    const expected: OfferedFile[] = [
      { via: 'offer', name: 'fr000032.xml', url: 'https://contoso.sharepoint.com/x?tempauth=1' },
    ];
    expect(message?.files).toEqual(expected);
  });

  it('in a 1:1 chat reports a file that Teams does not offer', () => {
    expect(toMessage(personalActivity(service, fileStubs(fileId)))?.unreachable).toEqual([
      { name: null, reason: 'teams-file-not-offered' },
    ]);
  });

  it('reports a picture', () => {
    const attachments = [
      { contentType: 'image/png', contentUrl: 'https://smba.trafficmanager.net/x', name: 'shot.png' },
    ];
    expect(toMessage(personalActivity(service, { text: 'what is this', attachments }))?.unreachable).toEqual([
      { name: 'shot.png', reason: 'picture' },
    ]);
  });

  it('in a channel is addressed by a mention, and its thread is the conversation of the first message', () => {
    const first = channelActivity(service, mention('explain 500.19'));
    const reply = channelActivity(service, mention('and the fix?'), first.id);
    expect(toMessage(first)).toMatchObject({ addressed: true, text: 'explain 500.19' });
    expect(toMessage(reply)?.thread).toBe(toMessage(first)?.thread);
    expect(toMessage(reply)?.key).not.toBe(toMessage(first)?.key);
    expect(toMessage(first)?.place).toBe(`teams:${tenantId}:${team.thread}`);
    expect(toMessage(reply)?.place).toBe(toMessage(first)?.place);
    expect(toMessage(first)?.thread).toContain(`;messageid=${first.id}`);
  });

  it('in a channel without a mention is overheard', () => {
    expect(toMessage(channelActivity(service, { text: 'the portal is down again' }))?.addressed).toBe(false);
  });

  it('is not addressed by a mention of another account named Frebot', () => {
    const other = mention('hello') as { entities: { mentioned?: object }[] };
    const entities = other.entities.map((e) =>
      e.mentioned ? { ...e, mentioned: { id: '29:other', name: 'Frebot' } } : e,
    );
    expect(toMessage(channelActivity(service, { ...other, entities }))).toMatchObject({
      addressed: false,
      text: 'Frebot hello',
    });
  });

  it.each([
    ['channel', (more: object) => channelActivity(service, more), 'teams-channel-file'],
    ['group chat', (more: object) => groupActivity(service, more), 'teams-group-file'],
  ])('has a stub for each file dropped into a %s', (_name, make, reason) => {
    expect(toMessage(make(fileStubs(fileId)))).toMatchObject({
      addressed: false,
      files: [],
      unreachable: [{ name: null, reason }],
    });
    const two = toMessage(make({ ...mention(''), ...fileStubs(fileId, '9c2d3e4f-0000-4000-8000-00000000f11e') }));
    expect(two?.unreachable).toHaveLength(2);
    expect(two?.addressed).toBe(true);
  });

  it('has no dropped file when it is a quoted reply or formatted text', () => {
    expect(
      toMessage(groupActivity(service, { text: 'ok', ...fileStubs('1763500000001') }))?.unreachable,
    ).toBeUndefined();
    const html = { text: 'hi', attachments: [{ contentType: 'text/html', content: '<p>hi <b>you</b></p>' }] };
    expect(toMessage(channelActivity(service, html))?.unreachable).toBeUndefined();
  });

  it('has a file to fetch for each stub when Graph is on: first message, reply, group chat', () => {
    const first = channelActivity(service, fileStubs(fileId));
    expect(toMessage(first, true)?.files).toEqual([
      expect.objectContaining({
        via: 'graph',
        attachment: fileId,
        chat: team.thread,
        message: first.id,
        root: first.id,
      }),
    ]);
    const reply = channelActivity(service, fileStubs(fileId), '1763500000001');
    expect(toMessage(reply, true)?.files[0]).toMatchObject({
      message: reply.id,
      root: '1763500000001',
      team: team.thread,
    });
    const chat = groupActivity(service, fileStubs(fileId));
    expect(toMessage(chat, true)?.files[0]).toMatchObject({ chat: groupChat.id, message: chat.id, root: null });
  });

  it.each([
    ['an edit', { type: 'messageUpdate' }],
    ['a deletion', { type: 'messageDelete' }],
    ['our own message', { from: bot }],
    ['another bot', { from: { id: '28:other', role: 'bot' } }],
    ['a bot that is known by its id alone', { from: { id: '28:other', name: 'Build' } }],
    ['a reaction', { type: 'messageReaction' }],
  ])('is not made of %s', (_name, more) => {
    expect(toMessage(personalActivity(service, { text: 'help', ...more }))).toBeUndefined();
  });

  it.each([{}, { type: 'message' }])('is not made of an activity without a sender: %j', (activity) => {
    expect(toMessage(activity)).toBeUndefined();
  });

  it.each([
    { attachments: [null, 7, {}], entities: {} },
    { attachments: 'odd', entities: [null] },
  ])('has no text and no files where their fields have an odd shape: %j', (odd) => {
    const activity = { type: 'message', id: '1', conversation: { id: 'x' }, from: { id: 'y' }, ...odd };
    expect(toMessage(activity)).toMatchObject({ who: 'y', text: '', files: [], addressed: true });
  });
});

describe('lines that survive only in the HTML', () => {
  const lines = ['[Privilege Rights]', 'SeImpersonatePrivilege = *S-1-5-19', 'SeDebugPrivilege ='];
  const html = `<div>${mentionHtml}<div>${lines.join('</div><div>')}</div></div>`;
  const twin = (content: string) => ({ attachments: [{ contentType: 'text/html', content }] });

  it('are taken from there when the words are the same', () => {
    const sent = { ...mention(lines.join(' ')), ...twin(html) };
    expect(
      toMessage(channelActivity(service, sent))
        ?.text.split('\n')
        .map((line) => line.trim()),
    ).toEqual(lines);
  });

  it('are not taken from HTML with other words', () => {
    const sent = { ...mention(lines.join(' ')), ...twin(`${html}<div>and more</div>`) };
    expect(toMessage(channelActivity(service, sent))?.text).toBe(lines.join(' '));
  });
});

it('a picture pasted in a channel is named as one', () => {
  const content =
    '<p>what is this<img alt="image" src="https://graph.microsoft.com/x" itemtype="http://schema.skype.com/AMSImage"></p>';
  const sent = { ...mention('what is this'), attachments: [{ contentType: 'text/html', content }] };
  expect(toMessage(channelActivity(service, sent), true)?.unreachable).toEqual([{ name: null, reason: 'picture' }]);
});

describe('the text of a message', () => {
  const text = (value: string) => messageText({ text: value, recipient: bot });

  it('decodes what Teams escaped, once', () => {
    expect(text('a &lt;b&gt; &amp;lt; &#39;c&#39; &nbsp;d')).toBe("a <b> &lt; 'c'  d");
  });

  it('leaves a pasted log as it is', () => {
    const pasted = '<Data Name="Url">http://h/?a=1&amp;b=2</Data>';
    expect(text(pasted)).toBe(pasted);
  });

  it('keeps the lines and the name of another person', () => {
    expect(text('<at>Ada Admin</at> said<br>this\r\nand that')).toBe('Ada Admin said\nthis\nand that');
  });

  it('removes the mention of Frebot anywhere in the text', () => {
    const entities = [{ type: 'mention', mentioned: bot, text: '<at>Frebot</at>' }];
    expect(messageText({ text: 'hey <at>Frebot</at> help', entities, recipient: bot } as never)).toBe('hey   help');
  });
});
