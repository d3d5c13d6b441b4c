import { afterEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { RecordingDesk, shortAnswer } from '../fakes/teams/desk.js';
import {
  bot,
  channelActivity,
  consentInvoke,
  FakeTeams,
  type FakeTeamsOptions,
  installActivities,
  personalActivity,
  personalChat,
  tenantId,
} from '../fakes/teams/index.js';

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
