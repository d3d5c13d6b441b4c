import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiDeps, mountApi } from '../../adapters/api/index.js';
import { createApiToken, findApiToken, parseApiTokens } from '../../src/service/api-tokens.js';
import { readConfig } from '../../src/service/config.js';
import { frebLog } from '../scenarios/logs.js';
import { testDesk } from '../terminal/driver.js';

const ci = createApiToken('ci');
const other = createApiToken('other');
const tokens = parseApiTokens(`${ci.setting}, ${other.setting}`);

let core: ReturnType<typeof testDesk>;
const servers: Server[] = [];
const refusals: unknown[] = [];
beforeEach(() => {
  core = testDesk();
  refusals.length = 0;
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  await core.close();
});

async function start(form: Partial<ApiDeps> = {}): Promise<string> {
  const app = express();
  mountApi({
    desk: core.desk,
    findToken: (authorization) => findApiToken(tokens, authorization),
    brake: async () => true,
    pageBehind: false,
    now: () => new Date(0),
    refused: (status, reason) => void refusals.push([status, reason]),
    ...form,
  })(app);
  app.post('/api/diagnose', (_req, res) => void res.send('the page'));
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((done) => server.once('listening', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/diagnose`;
}

interface Sent {
  token?: string | undefined;
  type?: string;
  body?: Uint8Array;
}

async function post(url: string, { token = ci.token, type = 'application/xml', body = frebLog() }: Sent = {}) {
  const headers = { 'content-type': type, ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) });
  const text = await response.text();
  return { status: response.status, text, json: text.startsWith('{') ? JSON.parse(text) : undefined };
}

describe('POST /api/diagnose with a token', () => {
  it('a log in, frebot.diagnosis/1 out, and nothing is stored', async () => {
    const { status, json, text } = await post(`${await start()}?name=fr000032.xml`);
    expect(status).toBe(200);
    expect(json.schema).toBe('frebot.diagnosis/1');
    expect(json.files[0]).toMatchObject({ name: 'fr000032.xml', cause: 'impersonation-right-missing' });
    expect(text).not.toMatch(/CONTOSO|\bada\b/);
    expect(json.answer.case).toBeUndefined();
    expect(await core.desk.openCases('', 10)).toEqual([]);
  });

  it('what cannot be read is an answer', async () => {
    const { status, json } = await post(await start(), { type: 'text/plain', body: Buffer.from('buy milk') });
    expect([status, json.files[0].verdict]).toEqual([200, 'unreadable']);
  });

  it.each([
    [401, { token: 'frb_wrong' }],
    [401, { token: '' }],
    [413, { body: new Uint8Array(2000) }],
    [415, { type: 'application/json', body: Buffer.from('{}') }],
    [415, { type: 'multipart/form-data; boundary=x' }],
    [400, { body: new Uint8Array() }],
  ] as [number, Sent][])('%d is one sentence', async (expected, sent) => {
    const { status, json } = await post(await start({ limits: { bodyBytes: 1000 } }), sent);
    expect(status).toBe(expected);
    expect(json.error).toMatch(/^[A-Z][^\n]+\.$/);
  });

  it('429 when a token asks too often; another token still may', async () => {
    const url = await start({ limits: { perMinute: 1 } });
    expect((await post(url)).status).toBe(200);
    const { status, json } = await post(url);
    expect([status, json.error]).toEqual([429, expect.stringMatching(/^Too many requests/)]);
    expect((await post(url, { token: other.token })).status).toBe(200);
  });

  it('wrong tokens are told and slowed down, and too many at a time are turned away', async () => {
    const url = await start({ brake: async () => false });
    expect((await post(url, { token: 'frb_wrong' })).status).toBe(429);
    expect(refusals).toEqual([[401, 'wrong API token']]);
  });

  it('leaves a request without a token to the page at the same address, and refuses a wrong token', async () => {
    const url = await start({ pageBehind: true });
    expect((await post(url, { token: '' })).text).toBe('the page');
    expect((await post(url, { token: 'frb_wrong' })).status).toBe(401);
  });
});

describe('FREBOT_API_TOKENS', () => {
  it('holds names and hashes, and what is removed is revoked', () => {
    const config = readConfig({ FREBOT_API_TOKENS: `${ci.setting},${other.setting}` });
    expect(config.apiTokens.map(({ name }) => name)).toEqual(['ci', 'other']);
    expect(JSON.stringify(config)).not.toContain(ci.token);
    expect(findApiToken(config.apiTokens, `bearer ${ci.token}`)).toBe('ci');
    expect(findApiToken(parseApiTokens(other.setting), `Bearer ${ci.token}`)).toBeUndefined();
    expect(() => readConfig({ FREBOT_API_TOKENS: ci.token })).toThrow(/^FREBOT_API_TOKENS .*frebot token/);
  });
});
