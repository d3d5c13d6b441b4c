import { afterEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { Message } from '../../src/desk/ports/message.js';
import { RecordingDesk, shortAnswer } from '../fakes/teams/desk.js';
import {
  bot,
  botToken,
  buttonInvoke,
  channelActivity,
  consentInvoke,
  FakeTeams,
  type FakeTeamsOptions,
  groupActivity,
  installActivities,
  mention,
  person,
  personalActivity,
  personalChat,
  tenantId,
} from '../fakes/teams/index.js';
import { cardText } from './cards.js';

let teams: FakeTeams;
let desk: RecordingDesk;
let written: MockInstance;

async function start(options: FakeTeamsOptions = {}): Promise<void> {
  desk = new RecordingDesk();
  // The verifier writes to the console.
  written = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  teams = await FakeTeams.start(desk, options);
}

afterEach(async () => {
  vi.restoreAllMocks();
  await teams.stop();
});

const hour = 3600;
const now = () => Math.floor(Date.now() / 1000);

/** The issuer of the Bot Framework's tokens in each cloud. */
const issuers = {
  public: 'https://api.botframework.com',
  'us-government': 'https://api.botframework.us',
  'us-dod': 'https://api.botframework.us',
  china: 'https://api.botframework.azure.cn',
} as const;

describe.each(Object.entries(issuers))('who may post to /api/messages in the cloud %s', (cloud, issuer) => {
  const startThere = async () => {
    await start({ settings: { cloud: cloud as keyof typeof issuers } });
    teams.identity.issuer = issuer;
  };
  afterEach(() => {
    teams.identity.issuer = issuers.public;
  });

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
  ])('%s is refused with a bare 401', async (_name, make) => {
    await startThere();
    const authorization = await make(teams);
    const response = await teams.deliver(personalActivity(teams.serviceUrl, { text: 'help' }), authorization);
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
    expect(desk.messages).toEqual([]);
    const logged = JSON.stringify(teams.log);
    expect(written).not.toHaveBeenCalled();
    expect(teams.log).toContainEqual(expect.objectContaining({ level: 'warn', status: 401 }));
    const token = authorization?.split(' ')[1];
    if (token && token.length > 20) expect(logged).not.toContain(token.slice(0, 60));
  });

  it('a token of another cloud is refused', async () => {
    await startThere();
    const other = issuer === issuers.public ? issuers.china : issuers.public;
    const authorization = `Bearer ${await teams.identity.token(teams.serviceUrl, { issuer: other })}`;
    expect((await teams.deliver(personalActivity(teams.serviceUrl, { text: 'help' }), authorization)).status).toBe(401);
    expect(desk.messages).toEqual([]);
  });

  it('an activity with a good token gets a 200 and reaches the desk', async () => {
    await startThere();
    const response = await teams.deliver(personalActivity(teams.serviceUrl, { text: 'help' }));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(desk.messages.map((m) => m.text)).toEqual(['help']);
  });
});

describe('who may post to /api/messages', () => {
  it('an activity gets a 503 when the keys cannot be fetched', async () => {
    await start({ settings: { endpoints: { openIdMetadata: 'http://127.0.0.1:9/keys' } } });
    const response = await teams.deliver(personalActivity(teams.serviceUrl, { text: 'help' }));
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('');
  });

  it.each([
    ['another tenant', { conversation: { ...personalChat, tenantId: 'b1a2c3d4-0000-4000-8000-5eed00000099' } }],
    ['another channel of the Bot Framework', { channelId: 'directline' }],
  ])('%s is refused in spite of a good token', async (_name, more) => {
    await start();
    const response = await teams.deliver(personalActivity(teams.serviceUrl, { text: 'help', ...more }));
    expect([401, 403]).toContain(response.status);
    expect(await response.text()).toBe('');
    expect(desk.messages).toEqual([]);
  });

  it('a service URL off the list is refused in spite of a good token', async () => {
    await start();
    const evil = 'https://evil.example/';
    const response = await teams.deliver(
      personalActivity(evil, { text: 'help' }),
      `Bearer ${await teams.identity.token(evil)}`,
    );
    expect(response.status).toBe(403);
    expect(desk.messages).toEqual([]);
  });

  it.each([
    ['broken JSON', '{"type":'],
    ['no activity', '[1,2,3]'],
    ['JSON without a type', '{}'],
    ['an object for a text', JSON.stringify({ type: 'message', text: { a: 1 } })],
    ['an object for an id', JSON.stringify({ type: 'message', conversation: { id: {} } })],
    ['a text for a person', JSON.stringify({ type: 'message', from: 'ada' })],
    ['more than a megabyte', JSON.stringify({ type: 'message', text: 'x'.repeat(1_100_000) })],
  ])('%s is refused with a bare 4xx', async (_name, body) => {
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

  it('no token is needed in development without an app id, on loopback service URLs alone', async () => {
    await start({ settings: { appId: undefined, tenantId: undefined, secret: undefined } });
    expect((await teams.deliver(personalActivity(teams.serviceUrl, { text: 'help' }), null)).status).toBe(200);
    expect((await teams.deliver(personalActivity('https://evil.example/', { text: 'help' }), null)).status).toBe(403);
    expect(desk.messages).toHaveLength(1);
  });
});

describe('a turn', () => {
  it('fails when the claim could not be stored, so that Teams delivers again', async () => {
    await start();
    desk.failure = new Error('store is away: secret detail');
    const response = await teams.deliver(personalActivity(teams.serviceUrl, { text: 'help' }));
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('');
    expect(JSON.stringify(teams.log)).not.toContain('secret detail');
  });

  it.each([
    ['messageUpdate', {}],
    ['messageDelete', {}],
    ['messageReaction', { reactionsAdded: [{ type: 'like' }] }],
    ['installationUpdate', { action: 'remove-upgrade' }],
    ['installationUpdate', { action: 'add-upgrade' }],
    ['installationUpdate', { action: 7 }],
    [
      'conversationUpdate',
      { membersAdded: 'odd', channelData: { tenant: { id: tenantId }, eventType: 'teamRenamed' } },
    ],
    ['conversationUpdate', { membersAdded: [null] }],
    ['event', { name: 'application/vnd.microsoft.readReceipt' }],
    ['somethingNew', { entities: [{ type: 'unheardOf' }] }],
  ])('%s %j is accepted and ignored', async (type, more) => {
    await start();
    expect((await teams.deliver(personalActivity(teams.serviceUrl, { type, ...more }))).status).toBe(200);
    expect(desk.messages).toEqual([]);
    expect(desk.deletedPrefixes).toEqual([]);
    expect(teams.connector.activities).toEqual([]);
  });

  it('an unknown invoke is answered 501', async () => {
    await start();
    const response = await teams.deliver(
      personalActivity(teams.serviceUrl, { type: 'invoke', name: 'task/fetch', value: {} }),
    );
    expect(response.status).toBe(501);
  });

  it('an installation in a 1:1 chat asks for help under one key, although Teams announces it twice', async () => {
    await start();
    for (const activity of installActivities(teams.serviceUrl))
      expect((await teams.deliver(activity)).status).toBe(200);
    const { id } = personalChat;
    const asked = { key: `teams:${tenantId}:${id}:welcome`, thread: `teams:${tenantId}:${id}`, text: 'help' };
    expect(desk.messages).toEqual([0, 1].map(() => expect.objectContaining({ ...asked, addressed: true })));
    await teams.door.door.say(desk.messages[0]?.where ?? {}, shortAnswer('Hello'), 'key');
    expect(teams.messages[0]?.conversation).toBe(id);
  });

  it.each([
    ['an installation', { type: 'installationUpdate', action: 'add' }],
    ['a deletion', { type: 'messageDelete' }],
    ['a removal', { type: 'installationUpdate', action: 'remove' }],
    ['a button as a message', { value: { verb: 'fixed', case: 'case-1' } }],
  ])('%s gets a 500 when it cannot be stored', async (_name, more) => {
    await start();
    desk.failure = new Error('store is away');
    expect((await teams.deliver(personalActivity(teams.serviceUrl, more))).status).toBe(500);
    expect(teams.connector.activities).toEqual([]);
  });

  it('an installation in a team is greeted under one key, in a post of its own', async () => {
    await start();
    for (const type of ['installationUpdate', 'conversationUpdate']) {
      const added = { type, action: 'add', membersAdded: [bot], text: undefined };
      await teams.deliver(channelActivity(teams.serviceUrl, added));
    }
    expect(new Set(desk.messages.map(({ key }) => key)).size).toBe(1);
    expect(desk.messages[0]).toMatchObject({ greeting: true, text: '', where: { scope: 'channel' } });
    expect(desk.messages[0]?.where).not.toHaveProperty('reference.activityId');
  });
});

describe('the pages that the app package names', () => {
  it.each(['about', 'privacy', 'terms'])('%s is served to anyone', async (page) => {
    await start({ report: ({ title }) => `<!doctype html><h1>${title}</h1>` });
    const response = await fetch(`${teams.address}/teams/${page}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(`The page ${page}`);
    expect((await fetch(`${teams.address}/teams/other`)).status).toBe(404);
  });
});

describe('a decision about a report', () => {
  const decide = () =>
    teams.deliver(personalActivity(teams.serviceUrl, consentInvoke('accept', 'card-1', { case: 'case-1' }, {})));

  it('is answered after the post that says that the upload failed', async () => {
    await start({ report: () => 'page' });
    expect((await decide()).status).toBe(200);
    expect(teams.messages).toHaveLength(1);
  });

  it('fails when Teams does not take the post about it', async () => {
    await start({ report: () => 'page', invokeTimeoutMs: 100 });
    teams.connector.neverAnswers = true;
    expect((await decide()).status).toBe(502);
  });
});

describe('what Frebot sends', () => {
  async function receiveMessage(activity: object): Promise<Message> {
    await teams.deliver(activity);
    return desk.messages.at(-1) as Message;
  }

  it('goes to the stored conversation with the bot token, also after a restart', async () => {
    await start();
    const message = await receiveMessage(channelActivity(teams.serviceUrl, mention('help')));
    const where = JSON.parse(JSON.stringify(message.where));
    const posted = await teams.door.door.say(where, shortAnswer('Hello'), 'key-1');
    const [sent] = teams.connector.activities;
    expect(sent?.conversation).toBe(
      (where as { reference: { conversation: { id: string } } }).reference.conversation.id,
    );
    expect(sent?.conversation).toContain(';messageid=');
    expect(sent?.authorization).toBe(`Bearer ${botToken}`);
    expect(posted).toEqual({ id: sent?.id });
  });

  it('is a card with a sentence beside it for the notification', async () => {
    await start();
    const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
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
    const { where } = await receiveMessage(groupActivity(teams.serviceUrl, mention('help')));
    const { door } = teams.door;
    expect(await door.find(where, 'key-1')).toEqual({ state: 'cannot-tell' });
    const posted = await door.say(where, shortAnswer('Reading'), 'key-1');
    expect(await door.find(where, 'key-1')).toEqual({ posted, state: 'whole' });
    expect(await door.say(where, shortAnswer('Done'), 'key-1', posted)).toEqual(posted);
    expect(teams.messages.map(({ method }) => method)).toEqual(['POST', 'PUT']);
  });

  it.each([429, 412, 502, 504])('is tried again after %i', async (status) => {
    await start();
    const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
    teams.connector.failures = [{ status }, { status, retryAfter: 1 }];
    await teams.door.door.say(where, shortAnswer('Hello'), 'key-1');
    expect(teams.messages).toHaveLength(1);
  });

  it('is given up after five attempts, and at once when Teams says no', async () => {
    await start();
    const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
    teams.connector.failures = Array.from({ length: 9 }, () => ({ status: 502 }));
    await expect(teams.door.door.say(where, shortAnswer('Hello'), 'k')).rejects.toThrow();
    expect(teams.connector.failures).toHaveLength(4);
    teams.connector.failures = [{ status: 403 }, { status: 403 }];
    await expect(teams.door.door.say(where, shortAnswer('Hello'), 'k')).rejects.toMatchObject({
      code: 'teams-not-member',
    });
    expect(teams.connector.failures).toHaveLength(1);
  });

  it.each([
    [{ status: 403, code: 'BotNotInConversationRoster' }, 'teams-not-member', { reason: 'BotNotInConversationRoster' }],
    [{ status: 401 }, 'teams-token', {}],
    [{ status: 500 }, 'platform-unreachable', { host: 'Teams' }],
    [{ status: 429, retryAfter: 120 }, 'rate-limited', { seconds: '120' }],
  ])('is refused with the catalogue’s own reason: %j', async (failure, code, facts) => {
    await start();
    const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
    teams.connector.failures = [failure];
    const saying = teams.door.door.say(where, shortAnswer('Hello'), 'k');
    await expect(saying).rejects.toMatchObject({ code, facts: expect.objectContaining(facts) });
    expect(teams.connector.failures).toEqual([]);
  });

  it('is posted as text when Teams refuses the card', async () => {
    await start();
    const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
    teams.connector.failures = [{ status: 400 }];
    await teams.door.door.say(where, shortAnswer('Hello'), 'k');
    expect(teams.messages[0]?.activity).toMatchObject({
      textFormat: 'plain',
      text: expect.stringContaining('Hello text'),
    });
  });

  describe('in several cards', () => {
    const rows = Array.from({ length: 900 }, (_, i) => [`row ${i}`, `value ${i}`]);
    const long = {
      ...shortAnswer('Long'),
      parts: [{ kind: 'table' as const, id: 'long', keep: 'always' as const, columns: ['a', 'b'], rows }],
    };
    const cardsOf = () => teams.messages.map((m) => cardText(m.activity.attachments?.[0]?.content)).join('\n');

    it('continues where it was interrupted', async () => {
      await start();
      const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
      const { door } = teams.door;
      teams.connector.postsBeforeFailures = 2;
      teams.connector.failures = [{ status: 503 }];
      await expect(door.say(where, long, 'key-1')).rejects.toThrow();
      const first = teams.messages[0]?.id;
      const found = await door.find(where, 'key-1');
      expect(found).toMatchObject({ state: 'partial', posted: { id: first } });
      if (found.state !== 'partial') throw new Error('not found');
      expect(await door.say(where, long, 'key-1', found.posted)).toEqual({ id: first });
      expect(await door.find(where, 'key-1')).toEqual({ state: 'whole', posted: { id: first } });
      for (const [name] of rows) expect(cardsOf().split(`${name}\n`), name).toHaveLength(2);
    });

    it('is found as not posted when Teams certainly took no card', async () => {
      await start();
      const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
      teams.connector.failures = Array.from({ length: 5 }, () => ({ status: 429 }));
      await expect(teams.door.door.say(where, long, 'key-1')).rejects.toThrow();
      expect(await teams.door.door.find(where, 'key-1')).toEqual({ state: 'none' });
      teams.connector.failures = [{ status: 500 }];
      await expect(teams.door.door.say(where, long, 'key-2')).rejects.toThrow();
      expect(await teams.door.door.find(where, 'key-2')).toEqual({ state: 'cannot-tell' });
    });
  });

  it('is seen by the sender alone when only the sender sees the question', async () => {
    await start();
    const { where } = await receiveMessage(
      groupActivity(teams.serviceUrl, { text: 'help', recipient: { ...bot, isTargeted: true } }),
    );
    await teams.door.door.say(where, shortAnswer('Hello'), 'key-1');
    const open = await receiveMessage(groupActivity(teams.serviceUrl, mention('help')));
    await teams.door.door.say(open.where, shortAnswer('Hello'), 'key-2');
    expect(teams.messages[0]?.activity.recipient).toMatchObject({ id: person.id, isTargeted: true });
    expect(teams.messages[1]?.activity.recipient).not.toHaveProperty('isTargeted');
  });

  it('shows the typing indicator where Teams has one', async () => {
    await start();
    for (const activity of [
      personalActivity(teams.serviceUrl, { text: 'x' }),
      groupActivity(teams.serviceUrl, mention('x')),
    ]) {
      await teams.door.door.acknowledge((await receiveMessage(activity)).where);
    }
    await teams.door.door.acknowledge((await receiveMessage(channelActivity(teams.serviceUrl, mention('x')))).where);
    expect(teams.connector.activities.map((sent) => sent.activity.type)).toEqual(['typing', 'typing']);
  });

  it('ignores a typing indicator that fails', async () => {
    await start();
    await expect(teams.door.door.acknowledge({})).resolves.toBeUndefined();
  });
});

describe('a button', () => {
  it('is answered in the response with the card and the reply on it', async () => {
    await start();
    const activity = channelActivity(teams.serviceUrl, buttonInvoke('powershell', { case: 'case-1', part: 'fix' }));
    const response = await teams.deliver(activity);
    expect(response.status).toBe(200);
    const body = (await response.json()) as { value: unknown };
    expect(cardText(body.value)).toBe('Stored\nStored text\nPressed\nPressed text\n[This fixed it]');
    expect(body).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: { type: 'AdaptiveCard' },
    });

    expect(desk.presses).toEqual([
      {
        door: 'teams',
        action: 'powershell',
        case: 'case-1',
        parts: ['fix'],
        tenant: tenantId,
        who: expect.any(String),
      },
    ]);
  });

  describe('with a reply longer than one card', () => {
    const rows = Array.from({ length: 500 }, (_, i) => [`row ${i}`, `value ${i}`]);
    const press = () => teams.deliver(personalActivity(teams.serviceUrl, buttonInvoke('long', { case: 'case-1' })));
    async function startLong(options: FakeTeamsOptions = {}) {
      await start(options);
      desk.answerFor = () => ({
        ...shortAnswer('Long'),
        parts: [{ kind: 'table', id: 'long', keep: 'always', columns: ['a', 'b'], rows }],
      });
    }

    it('is answered completely, after the other cards are posted', async () => {
      await startLong();
      const body = (await (await press()).json()) as { value: unknown };
      const all = [body.value, ...teams.messages.map((m) => m.activity.attachments?.[0]?.content)].map(cardText);
      expect(all.length).toBeGreaterThan(2);
      for (const [name] of rows) expect(all.join('\n')).toContain(`${name}\n`);
    });

    it.each<[string, FakeTeamsOptions, () => unknown]>([
      ['refuses', {}, () => teams.connector.failures.push({ status: 403 })],
      ['never answers', { invokeTimeoutMs: 100 }, () => Object.assign(teams.connector, { neverAnswers: true })],
    ])('leaves the card and says so when Teams %s the other cards', async (_name, options, spoil) => {
      await startLong(options);
      spoil();
      expect(await (await press()).json()).toMatchObject({
        type: 'application/vnd.microsoft.activity.message',
        value: expect.stringContaining('internal error'),
      });
      expect(teams.messages.length).toBeLessThan(2);
    });
  });

  it('leaves the card and says so when its answer is gone', async () => {
    await start();
    desk.cardAnswer = undefined;
    const response = await teams.deliver(personalActivity(teams.serviceUrl, buttonInvoke('fixed', { case: 'case-1' })));
    expect(await response.json()).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Pressed, in a sentence.',
    });
  });

  it('leaves the card and says so, without the reason, when it fails', async () => {
    await start();
    desk.failure = new Error('secret detail');
    const response = await teams.deliver(personalActivity(teams.serviceUrl, buttonInvoke('fixed', { case: 'case-1' })));
    expect(response.status).toBe(200);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ type: 'application/vnd.microsoft.activity.message' });
    expect(body).not.toContain('secret detail');
  });

  it('of an old client comes as a message and is claimed like one', async () => {
    await start();
    const activity = personalActivity(teams.serviceUrl, { value: { verb: 'fixed', case: 'case-1', part: 'fix' } });
    expect((await teams.deliver(activity)).status).toBe(200);
    expect(desk.messages).toEqual([
      expect.objectContaining({
        key: `teams:${tenantId}:${personalChat.id}:${activity.id}`,
        addressed: true,
        press: { action: 'fixed', case: 'case-1', parts: ['fix'] },
      }),
    ]);
    expect(desk.presses).toEqual([]);
  });

  it('of an old client that asks for a report is acknowledged after the consent card is posted', async () => {
    await start({ report: () => 'page' });
    const activity = personalActivity(teams.serviceUrl, { value: { verb: 'report', case: 'case-1' } });
    expect((await teams.deliver(activity)).status).toBe(200);
    expect(teams.messages[0]?.activity.attachments?.[0]?.contentType).toMatch(/file\.consent$/);
    expect(desk.messages).toEqual([]);
    teams.connector.failures = [{ status: 403 }];
    expect((await teams.deliver(activity)).status).toBe(500);
    // The desk answers when the stored answer is gone.
    desk.cardAnswer = undefined;
    expect((await teams.deliver(activity)).status).toBe(200);
    expect(desk.messages).toEqual([expect.objectContaining({ press: { action: 'report', case: 'case-1' } })]);
  });

  it('of an old client in a channel needs no mention', async () => {
    await start();
    await teams.deliver(channelActivity(teams.serviceUrl, { value: { verb: 'fixed', case: 'case-1' } }));
    expect(desk.messages).toEqual([expect.objectContaining({ addressed: true })]);
  });

  it.each([{}, { action: 'x' }, { action: { verb: 7 } }, { action: { verb: 'x', data: null } }])(
    'with odd data is refused: %j',
    async (value) => {
      await start();
      const activity = personalActivity(teams.serviceUrl, { type: 'invoke', name: 'adaptiveCard/action', value });
      expect((await teams.deliver(activity)).status).toBe(501);
      expect(desk.presses).toEqual([]);
    },
  );
});
