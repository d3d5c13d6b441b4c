import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownFolder, type Served, serve } from './served.js';

const secrets = {
  SLACK_CLIENT_ID: '1111.2222',
  SLACK_CLIENT_SECRET: 'fedcba9876543210fedcba9876543210',
  SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
  TEAMS_APP_ID: '00000000-1111-4222-8333-444444444444',
  TEAMS_APP_PASSWORD: 'dummyPassword77',
  TEAMS_TENANT_ID: '00000000-1111-4222-8333-555555555555',
};
let served: Served;

beforeAll(async () => {
  served = await serve(join(ownFolder(), 'data'), {
    ...secrets,
    TEAMS_DEV_WITHOUT_AUTH: 'false',
    FREBOT_PUBLIC_URL: 'https://frebot.example',
    FREBOT_LOG_LEVEL: 'debug',
  });
  await served.open();
}, 180_000);
afterAll(() => served.child.kill('SIGKILL'));

type Headers = Record<string, string>;
interface Forgery {
  method?: string;
  path: string;
  headers?: Headers;
  body?: string;
}

/** Milliseconds after which a request has no answer. */
const longestWait = 20_000;

/** Sends one request; resolves with its status, `closed` when the connection ends without one, or `open` when nothing comes. */
function send({ method = 'POST', path, headers = {}, body }: Forgery): Promise<number | 'closed' | 'open'> {
  return new Promise((resolve) => {
    const sent = request(
      `${served.address}${path}`,
      { method, headers, agent: false, timeout: longestWait },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 'closed');
      },
    );
    sent.on('error', () => resolve('closed'));
    sent.on('timeout', () => {
      resolve('open');
      sent.destroy();
    });
    sent.end(body);
  });
}

const now = () => String(Math.floor(Date.now() / 1000));
const sign = (body: string, secret: string, time = now()): Headers => ({
  'x-slack-request-timestamp': time,
  'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')}`,
});
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const nothing = Buffer.from('{}').toString('base64url');
const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${nothing}.`;

const bodies: Record<string, string> = {
  empty: '',
  'an event': '{"type":"event_callback","event":{"type":"app_mention","channel":"C1","ts":"1.1"}}',
  'the prototype': '{"__proto__":{"event":{"type":"message"}},"constructor":{"prototype":{"x":1}},"type":"message"}',
  'deep JSON': `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  'deep objects': `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  'no JSON': '{"type":',
  'a number': '7',
  'a form': 'payload=%7B%22type%22%3A%22block_actions%22%7D&command=%2Ffrebot',
  'a form with a prototype': '__proto__[x]=1&constructor[prototype][x]=1&payload[__proto__]=1',
  'many fields': Array.from({ length: 20_000 }, (_, i) => `a${i}=1`).join('&'),
  'a large body': `{"text":"${'x'.repeat(3_000_000)}"}`,
  'bytes that are no text': '\u0000\ud800\u0001',
};
const types: Record<string, Headers> = {
  'as JSON': json,
  'as a form': form,
  'as text': { 'content-type': 'text/plain' },
  'as parts': { 'content-type': 'multipart/form-data; boundary=x' },
  'in an unknown encoding': { ...json, 'content-encoding': 'br2' },
  'as gzip that is none': { ...json, 'content-encoding': 'gzip' },
  'in an unknown character set': { 'content-type': 'application/json; charset=x-none' },
  'without a type': {},
};
const slackProofs: Record<string, (body: string) => Headers> = {
  'without a signature': () => ({}),
  'with a wrong signature': (body) => sign(body, 'another'),
  'with a signature of another length': () => ({ 'x-slack-request-timestamp': now(), 'x-slack-signature': 'v0=1' }),
  'with an old time stamp': (body) => sign(body, secrets.SLACK_SIGNING_SECRET, '1'),
  'with a time stamp that is no number': () => ({ 'x-slack-request-timestamp': '__proto__', 'x-slack-signature': 'x' }),
};
const teamsProofs: Record<string, Headers> = {
  'without a token': {},
  'with an empty token': { authorization: 'Bearer ' },
  'with a token that is none': { authorization: 'Bearer a.b.c' },
  'with another scheme': { authorization: 'Basic eDp5' },
  'with an unsigned token': { authorization: `Bearer ${unsigned}` },
  'with a long token': { authorization: `Bearer ${'a'.repeat(8_000)}` },
};

/** The statuses that are not a refusal: the stranger got in, or an error of ours. */
async function accepted(forgeries: (Forgery & { title: string })[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const forgery of forgeries) {
    const status = await send(forgery);
    if (status === 'closed' || (typeof status === 'number' && status >= 400 && status < 500)) continue;
    wrong.push(`${status}: ${forgery.title}`);
  }
  return wrong;
}

const residentMb = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${served.child.pid}/status`, 'utf8'))?.[1]) / 1024;

describe('a stranger at the request URLs of Slack and Teams', () => {
  it.each(Object.entries(slackProofs))('is refused at /slack/events %s', async (proof, headers) => {
    const forgeries = Object.entries(bodies).flatMap(([body, text]) =>
      Object.entries(types).map(([type, more]) => ({
        title: `${body} ${type} ${proof}`,
        path: '/slack/events',
        headers: { ...more, ...headers(text) },
        body: text,
      })),
    );
    expect(await accepted(forgeries)).toEqual([]);
  });

  it.each(Object.entries(teamsProofs))('is refused at /api/messages %s', async (proof, headers) => {
    const forgeries = Object.entries(bodies).flatMap(([body, text]) =>
      Object.entries(types).map(([type, more]) => ({
        title: `${body} ${type} ${proof}`,
        path: '/api/messages',
        headers: { ...more, ...headers },
        body: text,
      })),
    );
    expect(await accepted(forgeries)).toEqual([]);
  });

  it('is refused with another method, and below the URL', async () => {
    const paths = [
      '/slack/events',
      '/slack/events/x',
      '/slack/__proto__',
      '/api/messages',
      '/api/messages/x',
      '/slack/%',
    ];
    const methods = ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE'];
    const forgeries = [
      ...paths.flatMap((path) => methods.map((method) => ({ title: `${method} ${path}`, path, method }))),
    ];
    expect(await accepted(forgeries)).toEqual([]);
  });

  it('cannot hold memory with chunks that never end', async () => {
    const before = residentMb();
    const sockets = await Promise.all(
      ['/slack/events', '/api/messages'].flatMap((path) =>
        Array.from({ length: 20 }, async () => {
          const socket = connect(Number(new URL(served.address).port), '127.0.0.1');
          socket.on('error', () => undefined);
          const proof =
            path === '/slack/events' ? `x-slack-request-timestamp: ${now()}\r\n` : 'authorization: Bearer a.b.c\r\n';
          socket.write(
            `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${proof}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
          );
          const chunk = `10000\r\n${'['.repeat(0x10000)}\r\n`;
          for (let i = 0; i < 64 && socket.writable; i++) {
            if (!socket.write(chunk))
              await Promise.race([new Promise((done) => socket.once('drain', done)), sleep(50)]);
          }
          return socket;
        }),
      ),
    );
    expect(await send({ method: 'GET', path: '/healthz' })).toBe(200);
    // 160 MB were sent.
    expect(residentMb() - before).toBeLessThan(100);
    for (const socket of sockets) socket.destroy();
  });

  it('writes no stack trace, no secret and no line for each request into the log', () => {
    const log = `${served.said.out}${served.said.error}`;
    expect(log).toMatch(/refused/);
    expect(log).not.toMatch(/^\s+at \S+ \(|\bat \S+ \(.*:\d+:\d+\)|node_modules/m);
    for (const secret of [secrets.SLACK_CLIENT_SECRET, secrets.SLACK_SIGNING_SECRET, secrets.TEAMS_APP_PASSWORD])
      expect(log).not.toContain(secret);
    expect(log.split('\n').length).toBeLessThan(200);
  });
});
