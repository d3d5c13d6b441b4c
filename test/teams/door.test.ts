import { afterEach, describe, expect, it, vi } from 'vitest';
import { DoorError, type Message } from '../../src/desk/ports.js';
import { NotingDesk, shortAnswer } from '../fakes/teams/desk.js';
import {
  bot,
  botToken,
  FakeTeams,
  type FakeTeamsOptions,
  inChannel,
  inGroup,
  install,
  mentioning,
  person,
  personal,
  personalChat,
  pressing,
  tenantId,
} from '../fakes/teams/index.js';
import { words } from './cards.js';

let teams: FakeTeams;
let desk: NotingDesk;

async function start(options: FakeTeamsOptions = {}): Promise<void> {
  desk = new NotingDesk();
  // The verifier writes to the console by itself; what it writes must not hold a token.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  teams = await FakeTeams.start(desk, options);
}

afterEach(async () => {
  vi.restoreAllMocks();
  await teams.stop();
});

describe('who may post to /api/messages', () => {
  const hour = 3600;
  const now = () => Math.floor(Date.now() / 1000);

  it.each<[string, (t: FakeTeams) => Promise<string | null>]>([
    ['no token', async () => null],
    ['an empty header', async () => ''],
    ['garbage', async () => 'Bearer garbage'],
    ['another scheme', async (t) => `Basic ${await t.identity.token(t.serviceUrl)}`],
    ['an expired token', async (t) => `Bearer ${await t.identity.token(t.serviceUrl, { expires: now() - hour })}`],
    [
      'a token for another app',
      async (t) =>
        `Bearer ${await t.identity.token(t.serviceUrl, { audience: '6f9619ff-8b86-4d01-b42d-00cf4fc964fe' })}`,
    ],
    [
      'a token of another issuer',
      async (t) => `Bearer ${await t.identity.token(t.serviceUrl, { issuer: 'https://sts.evil.example' })}`,
    ],
    [
      'a token for another service URL',
      async (t) => `Bearer ${await t.identity.token(t.serviceUrl, { serviceUrl: 'https://smba.trafficmanager.net/' })}`,
    ],
    [
      'a key not endorsed for Teams',
      async (t) => `Bearer ${await t.identity.token(t.serviceUrl, { otherChannel: true })}`,
    ],
    ['a forged signature', async (t) => `Bearer ${await t.identity.token(t.serviceUrl, { forged: true })}`],
  ])('%s: 401 and nothing else', async (_name, make) => {
    await start();
    const authorization = await make(teams);
    const response = await teams.deliver(personal(teams.serviceUrl, { text: 'help' }), authorization);
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
    expect(desk.heard).toEqual([]);
    const logged = JSON.stringify(teams.log) + JSON.stringify(vi.mocked(console.error).mock.calls);
    expect(teams.log).toContainEqual(expect.objectContaining({ level: 'warn', status: 401 }));
    const token = authorization?.split(' ')[1];
    if (token && token.length > 20) expect(logged).not.toContain(token.slice(0, 60));
  });

  it('a good token: 200, and the desk hears the message', async () => {
    await start();
    const response = await teams.deliver(personal(teams.serviceUrl, { text: 'help' }));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(desk.heard.map((m) => m.text)).toEqual(['help']);
  });

  it('when the keys cannot be fetched, the answer is 503: neither yes nor no', async () => {
    await start({ settings: { endpoints: { openIdMetadata: 'http://127.0.0.1:9/keys' } } });
    const response = await teams.deliver(personal(teams.serviceUrl, { text: 'help' }));
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('');
  });

  it.each([
    ['another tenant', { conversation: { ...personalChat, tenantId: 'b1a2c3d4-0000-4000-8000-5eed00000099' } }],
    ['another channel of the Bot Framework', { channelId: 'directline' }],
  ])('%s is refused in spite of a good token', async (_name, more) => {
    await start();
    const response = await teams.deliver(personal(teams.serviceUrl, { text: 'help', ...more }));
    expect([401, 403]).toContain(response.status);
    expect(await response.text()).toBe('');
    expect(desk.heard).toEqual([]);
  });

  it('a service URL off the list is refused in spite of a good token', async () => {
    await start();
    const evil = 'https://evil.example/';
    const response = await teams.deliver(
      personal(evil, { text: 'help' }),
      `Bearer ${await teams.identity.token(evil)}`,
    );
    expect(response.status).toBe(403);
    expect(desk.heard).toEqual([]);
  });

  it.each([
    ['broken JSON', '{"type":'],
    ['no activity', '[1,2,3]'],
    ['JSON without a type', '{}'],
    ['more than a megabyte', JSON.stringify({ type: 'message', text: 'x'.repeat(1_100_000) })],
  ])('%s: a bare 4xx, no page, no stack', async (_name, body) => {
    await start();
    const response = await fetch(teams.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await teams.identity.token(teams.serviceUrl)}`,
      },
      body,
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).toBe('');
  });

  it('development without an app id: no token needed, only on loopback service URLs', async () => {
    await start({ settings: { appId: undefined, tenantId: undefined, secret: undefined } });
    expect((await teams.deliver(personal(teams.serviceUrl, { text: 'help' }), null)).status).toBe(200);
    expect((await teams.deliver(personal('https://evil.example/', { text: 'help' }), null)).status).toBe(403);
    expect(desk.heard).toHaveLength(1);
  });
});

describe('a turn', () => {
  it('fails when the claim could not be stored, so that Teams delivers again', async () => {
    await start();
    desk.fails = new Error('store is away: secret detail');
    const response = await teams.deliver(personal(teams.serviceUrl, { text: 'help' }));
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('');
    expect(JSON.stringify(teams.log)).not.toContain('secret detail');
  });

  it.each([
    ['messageUpdate', {}],
    ['messageDelete', {}],
    ['messageReaction', { reactionsAdded: [{ type: 'like' }] }],
    ['installationUpdate', { action: 'remove' }],
    ['installationUpdate', { action: 7 }],
    [
      'conversationUpdate',
      { membersAdded: 'odd', channelData: { tenant: { id: tenantId }, eventType: 'teamRenamed' } },
    ],
    ['conversationUpdate', { membersAdded: [null] }],
    ['event', { name: 'application/vnd.microsoft.readReceipt' }],
    ['somethingNew', { entities: [{ type: 'unheardOf' }] }],
  ])('%s %j is heard out and passed over', async (type, more) => {
    await start();
    expect((await teams.deliver(personal(teams.serviceUrl, { type, ...more }))).status).toBe(200);
    await teams.door.stop();
    expect(desk.heard).toEqual([]);
    expect(teams.connector.sent).toEqual([]);
  });

  it('an unknown invoke is answered 501', async () => {
    await start();
    const response = await teams.deliver(personal(teams.serviceUrl, { type: 'invoke', name: 'task/fetch', value: {} }));
    expect(response.status).toBe(501);
  });

  it('an installation in a personal chat is greeted once, though announced twice', async () => {
    await start();
    for (const activity of install(teams.serviceUrl)) expect((await teams.deliver(activity)).status).toBe(200);
    await teams.connector.received(1);
    await teams.door.stop();
    expect(desk.commands).toEqual([['help', expect.objectContaining({ tenant: tenantId })]]);
    expect(teams.messages).toHaveLength(1);
  });

  it('an installation in a team is not announced to everybody', async () => {
    await start();
    await teams.deliver(inChannel(teams.serviceUrl, { type: 'installationUpdate', action: 'add' }));
    await teams.door.stop();
    expect(teams.connector.sent).toEqual([]);
  });
});

describe('what Frebot sends', () => {
  async function heard(activity: object): Promise<Message> {
    await teams.deliver(activity);
    return desk.heard.at(-1) as Message;
  }

  it('goes to the stored conversation with the bot token, also after a restart', async () => {
    await start();
    const message = await heard(inChannel(teams.serviceUrl, mentioning('help')));
    const where = JSON.parse(JSON.stringify(message.where));
    const posted = await teams.door.door.say(where, shortAnswer('Hello'), 'key-1');
    const [sent] = teams.connector.sent;
    expect(sent?.conversation).toBe(
      (where as { reference: { conversation: { id: string } } }).reference.conversation.id,
    );
    expect(sent?.conversation).toContain(';messageid=');
    expect(sent?.authorization).toBe(`Bearer ${botToken}`);
    expect(posted).toEqual({ id: sent?.id });
  });

  it('is a card with a sentence beside it for the notification', async () => {
    await start();
    const { where } = await heard(personal(teams.serviceUrl, { text: 'help' }));
    await teams.door.door.say(where, shortAnswer('Hello'), 'key-1');
    const [sent] = teams.messages;
    expect(sent?.activity.summary).toBe('Hello, in a sentence.');
    expect(sent?.activity.attachments?.[0]).toMatchObject({
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.5', fallbackText: 'Hello, in a sentence.' },
    });
  });

  it('replaces an own post, and finds it by its key while the process lives', async () => {
    await start();
    const { where } = await heard(inGroup(teams.serviceUrl, mentioning('help')));
    const { door } = teams.door;
    expect(await door.find(where, 'key-1')).toBe('cannot-tell');
    const posted = await door.say(where, shortAnswer('Reading'), 'key-1');
    expect(await door.find(where, 'key-1')).toEqual({ posted, whole: true });
    expect(await door.say(where, shortAnswer('Done'), 'key-1', posted)).toEqual(posted);
    expect(teams.messages.map(({ method }) => method)).toEqual(['POST', 'PUT']);
  });

  it.each([429, 412, 502, 504])('is tried again after %i', async (status) => {
    await start();
    const { where } = await heard(personal(teams.serviceUrl, { text: 'help' }));
    teams.connector.failures = [{ status }, { status, retryAfter: 1 }];
    await teams.door.door.say(where, shortAnswer('Hello'), 'key-1');
    expect(teams.messages).toHaveLength(1);
  });

  it('is given up after five attempts, and at once when Teams says no', async () => {
    await start();
    const { where } = await heard(personal(teams.serviceUrl, { text: 'help' }));
    teams.connector.failures = Array.from({ length: 9 }, () => ({ status: 502 }));
    await expect(teams.door.door.say(where, shortAnswer('Hello'), 'k')).rejects.toThrow();
    expect(teams.connector.failures).toHaveLength(4);
    teams.connector.failures = [{ status: 403 }, { status: 403 }];
    await expect(teams.door.door.say(where, shortAnswer('Hello'), 'k')).rejects.toMatchObject({ code: 'not-allowed' });
    expect(teams.connector.failures).toHaveLength(1);
  });

  it('is said in words when the card is refused', async () => {
    await start();
    const { where } = await heard(personal(teams.serviceUrl, { text: 'help' }));
    teams.connector.failures = [{ status: 400 }];
    await teams.door.door.say(where, shortAnswer('Hello'), 'k');
    expect(teams.messages[0]?.activity).toMatchObject({
      textFormat: 'plain',
      text: expect.stringContaining('Hello text'),
    });
  });

  it('to a question only its sender can see, is seen by the sender alone', async () => {
    await start();
    const { where } = await heard(inGroup(teams.serviceUrl, { text: 'help', recipient: { ...bot, isTargeted: true } }));
    await teams.door.door.say(where, shortAnswer('Hello'), 'key-1');
    const open = await heard(inGroup(teams.serviceUrl, mentioning('help')));
    await teams.door.door.say(open.where, shortAnswer('Hello'), 'key-2');
    expect(teams.messages[0]?.activity.recipient).toMatchObject({ id: person.id, isTargeted: true });
    expect(teams.messages[1]?.activity.recipient).not.toHaveProperty('isTargeted');
  });

  it('shows the typing dots where Teams has them', async () => {
    await start();
    for (const activity of [personal(teams.serviceUrl, { text: 'x' }), inGroup(teams.serviceUrl, mentioning('x'))]) {
      await teams.door.door.acknowledge((await heard(activity)).where);
    }
    await teams.door.door.acknowledge((await heard(inChannel(teams.serviceUrl, mentioning('x')))).where);
    expect(teams.connector.sent.map((sent) => sent.activity.type)).toEqual(['typing', 'typing']);
  });

  it('a sign that cannot be given is left out', async () => {
    await start();
    await expect(teams.door.door.acknowledge({})).resolves.toBeUndefined();
  });
});

describe('a button', () => {
  it('is answered in the call: the card comes back with the reply on it', async () => {
    await start();
    const activity = inChannel(teams.serviceUrl, pressing('powershell', { case: 'case-1', part: 'fix' }));
    const response = await teams.deliver(activity);
    expect(response.status).toBe(200);
    const body = (await response.json()) as { value: unknown };
    expect(words(body.value)).toBe('Stored\nStored text\nPressed\nPressed text\n[This fixed it]');
    expect(body).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: { type: 'AdaptiveCard' },
    });

    expect(desk.presses).toEqual([
      { action: 'powershell', case: 'case-1', parts: ['fix'], tenant: tenantId, who: expect.any(String) },
    ]);
  });

  it('with a reply longer than one card: the first in the call, the rest as posts', async () => {
    await start();
    const rows = Array.from({ length: 500 }, (_, i) => [`row ${i}`, `value ${i}`]);
    desk.answerFor = () => ({
      ...shortAnswer('Long'),
      parts: [{ kind: 'table', id: 'long', keep: 'always', columns: ['a', 'b'], rows }],
    });
    const response = await teams.deliver(personal(teams.serviceUrl, pressing('long', { case: 'case-1' })));
    const body = (await response.json()) as { value: unknown };
    await teams.door.stop();
    const all = [body.value, ...teams.messages.map((m) => m.activity.attachments?.[0]?.content)].map(words).join('\n');
    expect(teams.messages.length).toBeGreaterThan(1);
    for (const [name] of rows) expect(all).toContain(`${name}\n`);
  });

  it('whose answer is gone leaves the card and says so', async () => {
    await start();
    desk.stored = undefined;
    const response = await teams.deliver(personal(teams.serviceUrl, pressing('fixed', { case: 'case-1' })));
    expect(await response.json()).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Pressed, in a sentence.',
    });
  });

  it('that fails leaves the card and says so, without the reason', async () => {
    await start();
    desk.fails = new DoorError('secret detail');
    const response = await teams.deliver(personal(teams.serviceUrl, pressing('fixed', { case: 'case-1' })));
    expect(response.status).toBe(200);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ type: 'application/vnd.microsoft.activity.message' });
    expect(body).not.toContain('secret detail');
  });

  it('of an old client comes as a message and is answered with a post, once', async () => {
    await start();
    const activity = personal(teams.serviceUrl, { value: { verb: 'fixed', case: 'case-1' } });
    await teams.deliver(activity);
    await teams.deliver(activity);
    await teams.connector.received(1);
    await teams.door.stop();
    expect(teams.messages).toHaveLength(1);
    expect(desk.heard).toEqual([]);
    expect(desk.presses).toEqual([expect.objectContaining({ action: 'fixed', case: 'case-1' })]);
  });

  it.each([{}, { action: 'x' }, { action: { verb: 7 } }, { action: { verb: 'x', data: null } }])(
    'with odd data is refused: %j',
    async (value) => {
      await start();
      const activity = personal(teams.serviceUrl, { type: 'invoke', name: 'adaptiveCard/action', value });
      expect((await teams.deliver(activity)).status).toBe(501);
      expect(desk.presses).toEqual([]);
    },
  );
});
