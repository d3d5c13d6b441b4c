import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { readCertificate } from '../../adapters/teams/certificate.js';
import { createTeamsDoor, type TeamsDeps } from '../../adapters/teams/index.js';
import { readTeamsSettings, type TeamsSettings } from '../../adapters/teams/settings.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import { RecordingDesk } from '../fakes/teams/desk.js';
import { appId, tenantId } from '../fakes/teams/identity.js';

afterEach(() => nock.cleanAll());

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => new Date(), sleep: async () => undefined };

// MSAL keeps tokens by tenant and app for the whole process: each test is another app.
let apps = 0;
async function lines(settings: Partial<TeamsSettings> = {}, download?: TeamsDeps['download']) {
  const id = appId.slice(0, -2) + String(10 + apps++);
  const all = { appId: id, tenantId, secret: 'not-a-secret', loopback: false, ...settings };
  const { door } = await createTeamsDoor(all, { desk: new RecordingDesk(), log: quiet, clock, download });
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

const soon = (days: number) => new Date(Date.now() + days * 24 * 3600 * 1000 + 60_000);
const named = async (name: string, ...given: Parameters<typeof lines>) =>
  (await lines(...given)).find((line) => line.name.includes(name));

describe('doctor for Teams', () => {
  it('has a line for each matter, and says what to click when something is missing or unknown', async () => {
    grants();
    const found = await lines();
    expect(found.map(({ name }) => name)).toEqual([
      'Teams identity',
      'Teams tenant',
      'Teams secret',
      'Teams endpoint',
      'Teams files in 1:1 chats (supportsFiles)',
      'Teams files in channels and group chats',
      'Teams messages (resource-specific consent)',
    ]);
    expect(found.map(({ state, next }) => [state, next])).toEqual([
      ['ok', undefined],
      ['cannot-tell', expect.stringMatching(/^Azure Bot > Configuration: Bot Type is Single Tenant/)],
      ['cannot-tell', 'Look it up in Entra > App registrations > Certificates & secrets.'],
      [
        'cannot-tell',
        expect.stringMatching(/^Azure Bot > Configuration: the messaging endpoint is .*\/api\/messages\.$/),
      ],
      ['cannot-tell', expect.stringMatching(/^npm run package:teams, then Teams admin center > Manage apps/)],
      ['missing', expect.stringMatching(/^Entra > App registrations > API permissions: .*Grant admin consent\.$/)],
      ['cannot-tell', expect.stringMatching(/^Team > Manage team > Apps: Frebot lists ChannelMessage\.Read\.Group/)],
    ]);
  });

  it.each([
    [-1, 'missing', /expired on \d{4}-\d\d-\d\d/],
    [12, 'ok', /12 days/],
    [200, 'ok', /200 days/],
  ])('reports a certificate with %i days left as %s', async (days, state, words) => {
    const certificate = { thumbprint: 'AB', privateKey: 'pem', expires: soon(days) };
    const line = await named('secret', { secret: undefined, certificate, graph: false });
    expect(line).toMatchObject({ state, detail: expect.stringMatching(words) });
    expect(line?.next !== undefined).toBe(days < 30);
  });

  it('reads the expiry of the secret when the app may read its own registration', async () => {
    grants('Application.Read.All');
    const passwordCredentials = [
      { hint: 'old', endDateTime: soon(-400).toISOString() },
      { hint: 'not', endDateTime: soon(40).toISOString() },
    ];
    nock('https://graph.microsoft.com')
      .get(/^\/v1\.0\/applications\(appId='[^']+'\)$/)
      .query(true)
      .reply(200, { passwordCredentials });
    expect(await named('secret')).toMatchObject({ state: 'ok', detail: expect.stringContaining('40 days') });
  });

  it('cannot tell the expiry otherwise, and knows that managed identities never expire', async () => {
    grants('Files.Read.All');
    expect(await named('secret')).toMatchObject({
      state: 'cannot-tell',
      next: expect.stringContaining('Certificates'),
    });
    const managed = { secret: undefined, managedIdentity: true, graph: false };
    expect(await named('secret', managed)).toMatchObject({ state: 'ok' });
  });

  it.each([
    ['{"alive":true}', 'ok'],
    ['<h1>Welcome to nginx</h1>', 'missing'],
    [undefined, 'cannot-tell'],
  ])('asks whether Frebot answers at its public address: %s', async (body, state) => {
    const asked: string[] = [];
    const download: TeamsDeps['download'] = async (url, policy) => {
      asked.push(url, ...policy.hosts);
      if (body === undefined) throw new CatalogueError('download-timeout');
      return (async function* () {
        yield new TextEncoder().encode(body);
      })();
    };
    const line = await named('endpoint', { publicUrl: 'https://frebot.example.org', graph: false }, download);
    expect(line?.state).toBe(state);
    expect(asked).toEqual(['https://frebot.example.org/healthz', 'frebot.example.org']);
  });

  it('says that bots get no files in government clouds', async () => {
    expect(await named('supportsFiles', { cloud: 'us-government', graph: false })).toMatchObject({ state: 'missing' });
  });

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

  it('says that it cannot tell when the identity platform is unreachable', async () => {
    const found = (await lines()).filter(({ name }) => /Graph token|channels|consent/.test(name));
    expect(found.map(({ state }) => state)).toEqual(['cannot-tell', 'cannot-tell', 'cannot-tell']);
  });

  it('says that nothing is checked without an app id', async () => {
    const [line] = await lines({ appId: undefined, secret: undefined, development: true, loopback: true });
    expect(line).toMatchObject({ name: 'Teams identity', state: 'missing' });
  });
});

describe.skipIf(spawnSync('openssl', ['version']).status !== 0)('a certificate file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'frebot-certificate-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const made = (name: string) => {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '90', '-subj', `/CN=${name}`];
    execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  };
  const written = (name: string, pem: string) => {
    writeFileSync(join(folder, name), pem);
    return join(folder, name);
  };

  it('proves the app, and says how long', async () => {
    const { key, cert } = made('good');
    const certificateFile = written('good.pem', `${key}${cert}`);
    const certificate = readCertificate(certificateFile);
    const line = await named('secret', { secret: undefined, certificate, graph: false });
    expect(line).toMatchObject({
      state: 'ok',
      detail: expect.stringMatching(/certificate is valid .*\((89|90) days\)/),
    });
  });

  it('that is none keeps the door closed, with one sentence and nothing of its content', async () => {
    const [one, two] = [made('one'), made('two')];
    const cases: [string, RegExp][] = [
      [join(folder, 'absent.pem'), /cannot be read \(ENOENT\)/],
      [written('a.pem', one.key), /holds no certificate/],
      [written('b.pem', one.cert), /holds no private key/],
      [written('c.pem', one.cert + two.key), /private key of another certificate/],
      [written('d.pem', `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${one.key}`), /is damaged/],
    ];
    for (const [certificateFile, words] of cases) {
      const env = { TEAMS_APP_ID: appId, TEAMS_TENANT_ID: tenantId, TEAMS_CERTIFICATE_FILE: certificateFile };
      const open = () => readTeamsSettings(env, { loopback: false });
      expect(open).toThrow(words);
      expect(open).toThrow(/^TEAMS_CERTIFICATE_FILE /);
    }
  });
});
