import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import nock from 'nock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeIdentity, tenantId } from '../fakes/teams/identity.js';

// The platforms behind a proxy that tunnels (CONNECT), with certificates of a private authority: what a locked-down network is.
const hosts = [
  'slack.com',
  'login.botframework.com',
  'login.microsoftonline.com',
  'smba.trafficmanager.net',
  'contoso.sharepoint.com',
];
const folder = mkdtempSync(join(tmpdir(), 'frebot-proxy-'));
const path = (name: string) => join(folder, name);
const openssl = (line: string) => execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'ignore' });

/** What came through the tunnels: `POST slack.com/api/auth.test`. */
const seen: string[] = [];
/** What the proxy was asked to connect to. */
const tunnels: string[] = [];
const ends = new Set<Duplex>();
let platforms: TlsServer;
let proxy: HttpServer;
let identity: FakeIdentity;

function makeCertificates(): void {
  openssl('req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=Private-CA -keyout ca.key -out ca.pem');
  openssl('req -newkey rsa:2048 -nodes -subj /CN=platforms -keyout leaf.key -out leaf.csr');
  writeFileSync(path('names'), `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`);
  openssl('x509 -req -days 9 -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -out leaf.pem');
}

/** What the calls return when they reach the platforms; the activity is refused after its token was found good. */
const answered = {
  slack: 'ok',
  received: 'refused',
  posted: 'posted-1',
  graph: 'a-token',
  file: '{"file":"contoso"}',
};

/** The answers of all platforms; only what the calls need. */
function answerFor(url: string): unknown {
  if (url === 'slack.com/api/auth.test') {
    return { ok: true, user_id: 'U1', team_id: 'T1', bot_id: 'B1', team: 'Contoso', user: 'frebot' };
  }
  if (url === 'login.botframework.com/v1/.well-known/openidconfiguration') {
    return { issuer: identity.issuer, jwks_uri: 'https://login.botframework.com/keys' };
  }
  if (url === 'login.botframework.com/keys') return identity.jwks;
  if (url === `login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`) {
    return { token_type: 'Bearer', expires_in: 3599, access_token: 'a-token' };
  }
  if (url.startsWith('smba.trafficmanager.net/teams/v3/conversations/')) return { id: 'posted-1' };
  return { file: 'contoso' };
}

describe.skipIf(spawnSync('openssl', ['version']).status !== 0)(
  'behind a tunnelling proxy with a private authority',
  () => {
    beforeAll(async () => {
      nock.restore();
      identity = await FakeIdentity.create();
      makeCertificates();
      platforms = createTlsServer(
        { key: readFileSync(path('leaf.key')), cert: readFileSync(path('leaf.pem')) },
        (request, response) => {
          const url = `${request.headers.host}${request.url?.replace(/\?.*/, '')}`;
          seen.push(`${request.method} ${url}`);
          request.resume().on('end', () => {
            response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answerFor(url)));
          });
        },
      );
      proxy = createServer((_request, response) => void response.writeHead(400).end());
      proxy.on('connect', (request, socket) => {
        tunnels.push(String(request.url));
        ends.add(socket);
        const upstream = connect((platforms.address() as AddressInfo).port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
          upstream.pipe(socket).pipe(upstream);
        });
        upstream.on('error', () => socket.destroy());
        socket.on('error', () => upstream.destroy());
      });
      for (const server of [platforms, proxy]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    });
    afterAll(async () => {
      nock.activate();
      for (const socket of ends) socket.destroy();
      for (const server of [platforms, proxy]) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
      rmSync(folder, { recursive: true });
    });

    async function runCalls(env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
      const { port } = proxy.address() as AddressInfo;
      const child = resolve(import.meta.dirname, 'proxy-child.ts');
      const token = await identity.token('https://smba.trafficmanager.net/teams/');
      const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child], {
        env: { PATH: process.env.PATH, TOKEN: token, HTTPS_PROXY: `http://127.0.0.1:${port}`, ...env },
        timeout: 60_000,
      });
      return JSON.parse(stdout);
    }

    it('Slack, sign-in, posts of Teams, Graph and files go through both', async () => {
      expect(await runCalls({ NODE_EXTRA_CA_CERTS: path('ca.pem') })).toEqual(answered);
      expect([...new Set(tunnels)].sort()).toEqual(hosts.map((host) => `${host}:443`).sort());
      expect(seen).toContain('POST smba.trafficmanager.net/teams/v3/conversations/a%3A1/activities');
    });

    it('without the authority no call trusts them', async () => {
      seen.length = 0;
      const results = await runCalls({});
      expect(
        Object.entries(results).filter(([name, result]) => answered[name as keyof typeof answered] === result),
      ).toEqual([]);
      expect(seen).toEqual([]);
    });
  },
);
