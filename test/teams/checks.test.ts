import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { createTeamsDoor } from '../../adapters/teams/index.js';
import type { TeamsSettings } from '../../adapters/teams/settings.js';
import { NotingDesk } from '../fakes/teams/desk.js';
import { appId, tenantId } from '../fakes/teams/identity.js';

afterEach(() => nock.cleanAll());

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => new Date(), sleep: async () => undefined };

// MSAL keeps tokens by tenant and app for the whole process: each test is another app.
let apps = 0;
async function lines(settings: Partial<TeamsSettings> = {}) {
  const id = appId.slice(0, -2) + String(10 + apps++);
  const all = { appId: id, tenantId, secret: 'not-a-secret', loopback: false, ...settings };
  const { door } = await createTeamsDoor(all, { desk: new NotingDesk(), log: quiet, clock });
  return door.check();
}

function identityPlatform(status: number, body: object): void {
  nock('https://login.microsoftonline.com').post(`/${tenantId}/oauth2/v2.0/token`).query(true).reply(status, body);
}

function grants(...roles: string[]): void {
  const payload = Buffer.from(JSON.stringify({ roles })).toString('base64url');
  const token = { token_type: 'Bearer', expires_in: 3599, access_token: `e30.${payload}.sig` };
  identityPlatform(200, token);
}

describe('what doctor says about Teams', () => {
  it('reads the granted permissions out of the token', async () => {
    grants('Sites.Selected', 'Chat.Read.All');
    const found = await lines();
    expect(found).toContainEqual(
      expect.objectContaining({
        name: expect.stringContaining('channels'),
        state: 'ok',
        detail: expect.stringContaining('Sites.Selected'),
      }),
    );
  });

  it('names the narrowest grant first when none is there', async () => {
    grants();
    const line = (await lines()).find(({ name }) => name.includes('channels'));
    expect(line?.state).toBe('missing');
    expect(line?.next).toMatch(/Sites\.Selected.*Files\.Read\.All/);
  });

  it.each([
    ['AADSTS7000222', /expired/],
    ['AADSTS7000215', /value, not its id/],
    ['AADSTS700016', /TEAMS_APP_ID/],
    ['AADSTS50034', /AADSTS50034/],
  ])('says what %s means', async (code, words) => {
    identityPlatform(401, { error: 'invalid_client', error_description: `${code}: secret detail for app ${appId}` });
    const line = (await lines()).find(({ name }) => name.includes('Graph token'));
    expect(line?.state).toBe('missing');
    expect(JSON.stringify(line)).toMatch(words);
    expect(JSON.stringify(line)).not.toContain('secret detail');
  });

  it('cannot tell when the identity platform is out of reach', async () => {
    const line = (await lines()).find(({ name }) => name.includes('Graph token'));
    expect(line?.state).toBe('cannot-tell');
  });

  it('says that nothing is checked without an app id', async () => {
    const [line] = await lines({ appId: undefined, secret: undefined, development: true, loopback: true });
    expect(line).toMatchObject({ name: 'Teams identity', state: 'missing' });
  });
});
