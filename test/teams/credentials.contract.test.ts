import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { readCertificate } from '../../adapters/teams/certificate.js';
import { createTeamsDoor } from '../../adapters/teams/index.js';
import type { TeamsSettings } from '../../adapters/teams/settings.js';
import type { FileRef } from '../../src/desk/ports/message.js';
import { RecordingDesk, shortAnswer } from '../fakes/teams/desk.js';
import { appId, tenantId } from '../fakes/teams/identity.js';

// The app's credential in each kind of set-up, and both of its tokens: for the connector and for Graph.
const folder = mkdtempSync(join(tmpdir(), 'frebot-credentials-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => nock.cleanAll());

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => new Date(), sleep: async () => undefined };
let apps = 0;

async function door(settings: Partial<TeamsSettings>) {
  // Tokens are kept by app for the whole process: each test is another app.
  const id = appId.slice(0, -2) + String(60 + apps++);
  const all = { appId: id, tenantId, loopback: false, ...settings };
  return (await createTeamsDoor(all, { desk: new RecordingDesk(), log: quiet, clock })).door;
}

interface Hosts {
  login: string;
  graph: string;
  storage: string;
  service: string;
}

/** The platform as one set-up needs it, and nothing else; resolves with what was asked of the identity platform. */
function platform({ login, graph, storage, service }: Hosts): { asked: URLSearchParams[] } {
  const asked: URLSearchParams[] = [];
  nock(login)
    .persist()
    .post(`/${tenantId}/oauth2/v2.0/token`)
    .query(true)
    .reply(200, (_uri, body) => {
      const form = new URLSearchParams(typeof body === 'string' ? body : (body as Record<string, string>));
      asked.push(form);
      const access_token = form.get('scope')?.startsWith(graph) ? 'for-graph' : 'for-the-connector';
      return { token_type: 'Bearer', expires_in: 3599, access_token };
    });
  const own = `${login}/${tenantId}/oauth2/v2.0`;
  const metadata = { issuer: `${login}/${tenantId}/v2.0`, token_endpoint: `${own}/token`, jwks_uri: `${own}/keys` };
  nock(login)
    .persist()
    .get(/openid-configuration$/)
    .query(true)
    .reply(200, { ...metadata, authorization_endpoint: `${own}/authorize` });
  nock(graph, { reqheaders: { authorization: 'Bearer for-graph' } })
    .get(/^\/v1\.0\/shares\/u!/)
    .reply(302, '', { location: `${storage}/once` });
  nock(storage, { badheaders: ['authorization'] })
    .get('/once')
    .reply(200, 'the bytes');
  nock(service, { reqheaders: { authorization: 'Bearer for-the-connector' } })
    .post(/^\/v3\/conversations\/a%3A1\/activities/)
    .reply(201, { id: 'sent-1' });
  return { asked };
}

async function usesBoth(settings: Partial<TeamsSettings>, hosts: Hosts): Promise<void> {
  const { say, fetch } = await door(settings);
  const reference = {
    channelId: 'msteams',
    serviceUrl: `${hosts.service}/`,
    conversation: { id: 'a:1', tenantId },
    bot: { id: `28:${appId}` },
    user: { id: '29:1' },
  };
  expect(await say({ scope: 'personal', reference }, shortAnswer('Hello'), 'key')).toEqual({ id: 'sent-1' });
  const url = `${hosts.storage}/sites/Web/fr000032.xml`;
  const file: FileRef = { via: 'share', name: 'fr000032.xml', url, tenant: tenantId };
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await fetch(file)).bytes) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('the bytes');
}

const world: Hosts = {
  login: 'https://login.microsoftonline.com',
  graph: 'https://graph.microsoft.com',
  storage: 'https://contoso.sharepoint.com',
  service: 'https://smba.trafficmanager.net',
};

describe('a client secret', () => {
  it('gets a token for the connector and one for Graph', async () => {
    const { asked } = platform(world);
    await usesBoth({ secret: 'not-a-secret' }, world);
    expect(asked.map((form) => form.get('scope'))).toEqual([
      'https://api.botframework.com/.default',
      'https://graph.microsoft.com/.default',
    ]);
    for (const form of asked) expect(form.get('client_secret')).toBe('not-a-secret');
  });

  it.each<[NonNullable<TeamsSettings['cloud']>, Hosts]>([
    [
      'us-government',
      {
        login: 'https://login.microsoftonline.us',
        graph: 'https://graph.microsoft.us',
        storage: 'https://contoso.sharepoint.us',
        service: 'https://smba.infra.gov.teams.microsoft.us',
      },
    ],
    [
      'china',
      {
        login: 'https://login.partner.microsoftonline.cn',
        graph: 'https://microsoftgraph.chinacloudapi.cn',
        storage: 'https://contoso.sharepoint.cn',
        service: 'https://frebot.botframework.azure.cn',
      },
    ],
  ])('in the cloud %s goes to its hosts alone', async (cloud, hosts) => {
    const { asked } = platform(hosts);
    await usesBoth({ secret: 'not-a-secret', cloud }, hosts);
    expect(asked).toHaveLength(2);
  });
});

describe.skipIf(spawnSync('openssl', ['version']).status !== 0)('a certificate', () => {
  it('signs the request for each token', async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '9', '-subj', '/CN=frebot'];
    execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const certificateFile = join(folder, 'both.pem');
    writeFileSync(certificateFile, readFileSync(key, 'utf8') + readFileSync(cert, 'utf8'));
    const { asked } = platform(world);
    await usesBoth({ certificate: readCertificate(certificateFile) }, world);
    expect(asked).toHaveLength(2);
    for (const form of asked) {
      expect(form.get('client_secret')).toBeNull();
      expect(form.get('client_assertion')?.split('.')).toHaveLength(3);
    }
  });
});

describe('a managed identity', () => {
  const address = 'http://169.254.169.254';
  const path = '/metadata/identity/oauth2/token';

  /** The instance metadata service of an Azure machine: it gives a token to who says that the question is meant for it. */
  function azureHost(tokenFor: (resource: string) => string) {
    const asked: { resource: string | null; client: string | null }[] = [];
    nock(address)
      .persist()
      .get(path)
      .query(true)
      .reply(function (uri) {
        if (this.req.headers.metadata !== 'true') return [400, { error: 'invalid_request' }];
        const query = new URL(uri, address).searchParams;
        const resource = query.get('resource') ?? '';
        asked.push({ resource, client: query.get('client_id') });
        const expires_on = String(Math.floor(Date.now() / 1000) + 3600);
        return [
          200,
          { token_type: 'Bearer', expires_in: '3599', expires_on, resource, access_token: tokenFor(resource) },
        ];
      });
    return asked;
  }

  it('gets both tokens from the machine, without a secret', async () => {
    const { asked } = platform(world);
    const ofMachine = azureHost((resource) => (resource.startsWith(world.graph) ? 'for-graph' : 'for-the-connector'));
    await usesBoth({ managedIdentity: true }, world);
    expect(ofMachine).toEqual([
      { resource: 'https://api.botframework.com', client: expect.stringMatching(/^6f9619ff-/) },
      { resource: 'https://graph.microsoft.com', client: expect.stringMatching(/^6f9619ff-/) },
    ]);
    expect(asked).toEqual([]);
  });
});
