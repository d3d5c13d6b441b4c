import { createServer, type Server } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import { getGlobalDispatcher, setGlobalDispatcher, WebSocket } from 'undici';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { guardedDownload, uploadGuarded } from '../../src/service/download.js';
import { installEnvironmentProxy } from '../../src/service/proxy.js';

/** A proxy that notes what it is asked to connect to, and refuses. */
let proxy: Server;
let asked: string[];
const before = { dispatcher: getGlobalDispatcher(), agent: https.globalAgent };

beforeEach(async () => {
  // Nock would refuse the calls before they reach the proxy, which is on loopback and refuses them too.
  nock.restore();
  syncBuiltinESMExports();
  asked = [];
  proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(String(request.url));
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  vi.stubEnv('NO_PROXY', 'localhost,.corp.example');
  installEnvironmentProxy();
});
afterEach(async () => {
  nock.activate();
  syncBuiltinESMExports();
  setGlobalDispatcher(before.dispatcher);
  https.globalAgent = before.agent;
  vi.unstubAllEnvs();
  proxy.closeAllConnections();
  await new Promise((done) => proxy.close(done));
});

const policy = { hosts: ['sharepoint.com', 'slack.com'], limitBytes: 1000, timeoutMs: 5000 };
const byHttps = (url: string) => new Promise<void>((done) => https.get(url, () => done()).on('error', () => done()));

it.each<[string, string, () => Promise<unknown>]>([
  ['calls of Slack’s Web API', 'slack.com:443', () => fetch('https://slack.com/api/auth.test', { method: 'POST' })],
  ['sign-in and keys', 'login.microsoftonline.com:443', () => byHttps('https://login.microsoftonline.com/x')],
  ['downloads', 'files.slack.com:443', () => guardedDownload('https://files.slack.com/a', policy)],
  [
    'uploads',
    'contoso.sharepoint.com:443',
    () => uploadGuarded('https://contoso.sharepoint.com/a', new Uint8Array(1), policy),
  ],
])('%s go through the proxy', async (_what, target, call) => {
  await call().catch(() => undefined);
  expect(asked).toEqual([target]);
});

it('the connection of Socket Mode goes through the proxy', async () => {
  const socket = new WebSocket('wss://wss-primary.slack.com/link');
  await new Promise((done) => {
    socket.onerror = done;
    socket.onclose = done;
  });
  expect(asked).toEqual(['wss-primary.slack.com:443']);
});

it('hosts of NO_PROXY are reached directly', async () => {
  await fetch('https://localhost:1/').catch(() => undefined);
  await byHttps('https://localhost:1/');
  expect(asked).toEqual([]);
});

it('a download from a host that is not listed, or from an address, does not reach the proxy', async () => {
  for (const url of [
    'https://evil.example/a',
    'https://127.0.0.1/a',
    'https://169.254.169.254/latest',
    'http://slack.com/a',
  ])
    await expect(guardedDownload(url, policy)).rejects.toMatchObject({ code: 'download-blocked-host' });
  expect(asked).toEqual([]);
});
