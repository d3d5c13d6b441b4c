import { request } from 'node:http';
import { connect } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/service/config.js';
import { type Listeners, listen, type Routes } from '../../src/service/http.js';
import { Tally } from '../../src/service/tally.js';

const open: Listeners[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close(0);
});

const failures: string[] = [];
const refusals: unknown[] = [];
const routes = (): Routes => {
  const page = express.Router();
  page.get('/', (_req, res) => void res.send('the page'));
  page.post('/api/ask', (_req, res) => void res.json({}));
  page.get('/broken', () => {
    throw new Error('connection string=secret');
  });
  return {
    platforms: [(app) => app.post('/api/messages', (_req, res) => void res.send('teams'))],
    page,
    ready: async () => [{ name: 'knowledge', state: 'ok', detail: 'loaded' }],
    review: async () => [{ cause: 'impersonation-right-missing', said: ['the batch logon right'] }],
    metrics: async () => ({ type: 'text/plain', text: 'frebot_events_total 1\n' }),
    failed: (_error, id) => failures.push(id),
    refused: (status, reason) => refusals.push([status, reason]),
  };
};

/** Port 0 is not a setting a person can make; the tests need it. */
async function start(env: Record<string, string> = {}): Promise<Listeners> {
  const listening = await listen({ ...readConfig(env), port: 0 }, routes());
  open.push(listening);
  return listening;
}

interface Got {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

function call(url: string, options: { method?: string; headers?: Record<string, string> } = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const req = request(
      url.replace('localhost', '127.0.0.1').replace('0.0.0.0', '127.0.0.1'),
      { agent: false, ...options },
      (res) => {
        let text = '';
        res.on('data', (chunk) => {
          text += chunk;
        });
        res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }));
      },
    );
    req.on('error', reject);
    req.end();
  });
}

/** Where a path as it stands is redirected to; a client would make a URL of it first. */
async function redirected(address: string, path: string): Promise<string | undefined> {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const data of socket) text += data;
  return /^location: (.*)\r$/im.exec(text)?.[1];
}

describe('on loopback', () => {
  it('one listener serves platforms, page and the operator', async () => {
    const { page, address } = await start();
    expect((await call(`${page}/`)).text).toBe('the page');
    expect((await call(`${address}/api/messages`, { method: 'POST' })).text).toBe('teams');
    expect(JSON.parse((await call(`${page}/readyz`)).text).checks).toHaveLength(1);
    expect((await call(`${page}/metrics`)).text).toContain('frebot_events_total');
    expect((await call(`${page}/review`)).text).toBe(
      '{"cause":"impersonation-right-missing","said":["the batch logon right"]}\n',
    );
    expect((await call(`${page}/nothing`)).status).toBe(404);
  });

  it('is ready without what it can do without, and unready when a door lacks something', async () => {
    const readiness = async (check: object) => {
      const listening = await listen(
        { ...readConfig({}), port: 0 },
        { ...routes(), ready: async () => [check as never] },
      );
      open.push(listening);
      return (await call(`${listening.page}/readyz`)).status;
    };
    expect(await readiness({ name: 'grant', state: 'missing', detail: '', optional: true })).toBe(200);
    expect(await readiness({ name: 'token', state: 'cannot-tell', detail: '' })).toBe(200);
    expect(await readiness({ name: 'token', state: 'missing', detail: '' })).toBe(503);
  });

  it('sets a policy under which no inline or foreign script runs', async () => {
    const { page } = await start();
    const policy = String((await call(`${page}/`)).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it('answers no foreign Host and no foreign Origin', async () => {
    const { page } = await start();
    expect((await call(`${page}/`, { headers: { host: 'rebound.example' } })).status).toBe(403);
    const foreign = { method: 'POST', headers: { origin: 'https://evil.example' } };
    expect((await call(`${page}/api/ask`, foreign)).status).toBe(403);
    const host = new URL(page.replace('localhost', '127.0.0.1')).host;
    expect((await call(`${page}/api/ask`, { method: 'POST', headers: { origin: `http://${host}` } })).status).toBe(200);
  });

  it('hides what went wrong inside, and gives an id', async () => {
    const { page } = await start();
    const got = await call(`${page}/broken`);
    expect(got.status).toBe(500);
    expect(got.text).not.toContain('secret');
    expect(failures).toContain(JSON.parse(got.text).id);
  });

  it('says in one sentence that the port is taken', async () => {
    const { page } = await start();
    const port = Number(new URL(page).port);
    const again = listen({ ...readConfig({}), port }, routes());
    await expect(again).rejects.toThrow(ConfigError);
    await expect(again).rejects.toThrow(new RegExp(`^FREBOT_PORT ${port} is in use`));
  });
});

describe('off loopback', () => {
  const env = { FREBOT_HOST: '0.0.0.0' };

  it('the outer listener answers only the platforms and the sign of life', async () => {
    const { address, page } = await start(env);
    expect((await call(`${address}/api/messages`, { method: 'POST' })).status).toBe(200);
    expect((await call(`${address}/healthz`)).status).toBe(200);
    for (const path of ['/', '/api/ask', '/metrics', '/readyz', '/review'])
      expect((await call(address + path)).status, path).toBe(404);
    expect((await call(`${page}/`)).text).toBe('the page');
  });

  it('with an access token the page is there for who has it', async () => {
    const token = 'a-token-of-24-characters';
    const { address } = await start({ ...env, FREBOT_PAGE_TOKEN: token });
    expect((await call(`${address}/`)).status).toBe(401);
    expect((await call(`${address}/metrics`)).status).toBe(401);
    expect((await call(`${address}/`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await call(`${address}/`, { headers: { authorization: `Bearer ${token}` } })).text).toBe('the page');
    const entered = await call(`${address}/?token=${token}`);
    expect([entered.status, entered.headers.location]).toEqual([303, '/']);
    const cookie = String(entered.headers['set-cookie']).split(';')[0] as string;
    expect(cookie).not.toContain(token);
    expect((await call(`${address}/`, { headers: { cookie } })).text).toBe('the page');
  });

  it.each([
    ['//evil.example/', '/evil.example/'],
    ['/\\evil.example', '/evil.example'],
    ['///evil.example//x', '/evil.example//x'],
    ['/./..//evil.example', '/evil.example'],
  ])('the token in %s leads nowhere but to this host', async (path, location) => {
    const token = 'a-token-of-24-characters';
    const { address } = await start({ ...env, FREBOT_PAGE_TOKEN: token });
    expect(await redirected(address, `${path}?token=${token}`)).toBe(location);
  });

  it('takes `bearer` in any case; wrong tokens are told, none at all is nothing to tell', async () => {
    const token = 'a-token-of-24-characters';
    const { address } = await start({ ...env, FREBOT_PAGE_TOKEN: token });
    for (const scheme of ['bearer', 'BEARER', 'Bearer '])
      expect((await call(`${address}/`, { headers: { authorization: `${scheme} ${token}` } })).status).toBe(200);
    refusals.length = 0;
    await call(`${address}/`);
    expect(refusals).toEqual([]);
    await Promise.all([
      call(`${address}/?token=wrong`),
      call(`${address}/`, { headers: { authorization: 'bearer wrong' } }),
      call(`${address}/`, { headers: { cookie: 'frebot_access=wrong' } }),
    ]);
    expect(refusals).toEqual([1, 2, 3].map(() => [401, 'wrong page token']));
  });
});

it('a stop closes the connection of a request that never ends', async () => {
  const { address, close } = await listen({ ...readConfig({}), port: 0 }, routes());
  const { port } = new URL(address);
  const socket = connect(Number(port), '127.0.0.1');
  // A connection that is closed with bytes unread ends with a reset.
  socket.on('error', () => undefined);
  const closed = new Promise((ended) => socket.resume().once('close', ended));
  socket.write('POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc');
  await new Promise((sent) => socket.once('ready', sent));
  await close(0);
  await closed;
});

it('refused requests are logged at once, then once a minute with their number', () => {
  let now = 0;
  const reports: unknown[] = [];
  const tally = new Tally(
    (kind, count) => reports.push([kind, count]),
    () => now,
  );
  for (let i = 0; i < 100; i++) tally.note('wrong token');
  tally.note('no token');
  now = 60_000;
  tally.note('wrong token');
  expect(reports).toEqual([
    ['wrong token', 1],
    ['no token', 1],
    ['wrong token', 100],
  ]);
});
