import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UploadLimits } from '../../adapters/web/upload.js';
import { testDesk } from '../terminal/driver.js';
import { type ServedPage, servePage } from './serve-page.js';

let served: ServedPage;
let port: number;
let close: () => Promise<void>;
const defects: unknown[] = [];
const sockets: Socket[] = [];

beforeEach(() => start());
afterEach(stop);

async function start(limits: Partial<UploadLimits> = {}): Promise<void> {
  defects.length = 0;
  const core = testDesk();
  close = core.close;
  served = await servePage(core.desk, {
    uploads: { uploadBytes: 600, totalBytes: 1000, ...limits },
    onError: (error, _req, res, _next) => {
      const status = Number(error.status ?? 500);
      if (status === 500) defects.push(error);
      res.status(status).end();
    },
  });
  port = served.port;
}

async function stop(): Promise<void> {
  for (const socket of sockets.splice(0)) socket.destroy();
  await served.stop();
  await close();
}

const form = 'multipart/form-data; boundary=B';
const part = (body: string) => `--B\r\nContent-Disposition: form-data; name="file"; filename="a.xml"\r\n\r\n${body}`;
const whole = (body: string) => `${part(body)}\r\n--B--\r\n`;

interface Got {
  status: number;
  text: string;
}

/** Sends a request unchanged and returns the whole response. @param announced size of the body, which may never come */
function send(path: string, type: string, body: string, announced = Buffer.byteLength(body)): Promise<Got> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${announced}\r\n\r\n${body}`,
      );
    });
    sockets.push(socket);
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve({ status: Number(text.split(' ')[1]), text }));
  });
}

const drop = (body: string, announced?: number) => send('/api/diagnose', form, body, announced);

describe('a malformed form', () => {
  it.each([
    ['without its last boundary', part('<failedRequest')],
    ['that ends in a header', '--B\r\nContent-Dispo'],
    ['of nothing but a boundary', '--B\r\n'],
    ['without any boundary', 'garbage'],
    ['of no bytes', ''],
  ])('(%s) is refused with a bare 400, and the next form is read', async (_name, body) => {
    expect((await drop(body)).status).toBe(400);
    const next = await drop(whole('not a log'));
    expect([next.status, defects]).toEqual([200, []]);
  });

  it.each([
    ['JSON', 'application/json', '{}'],
    ['another multipart', 'multipart/mixed; boundary=B', whole('a')],
    ['a form of fields', 'application/x-www-form-urlencoded', 'a=b'],
    ['no boundary named', 'multipart/form-data', whole('a')],
  ])('(%s) is refused with 415', async (_name, type, body) => {
    const response = await send('/api/diagnose', type, body);
    expect(response.status).toBe(415);
    expect(response.text).toContain('A pipeline sends its token');
  });

  it('ends when its sender disconnects, and frees its share of the total', async () => {
    for (let i = 0; i < 5; i++) {
      const sending = drop(part('x'.repeat(500)), 5000);
      await new Promise((sent) => setTimeout(sent, 20));
      sockets.at(-1)?.destroy();
      await sending;
    }
    expect((await drop(whole('x'.repeat(500)))).text).not.toContain('too many requests at once');
    expect(defects).toEqual([]);
  });
});

describe('uploads in flight', () => {
  it('are limited singly and in total', async () => {
    expect((await drop(whole('x'.repeat(700)))).text).toContain('larger than I accept');
    for (let i = 0; i < 2; i++) void drop(part('x'.repeat(450)), 5000).catch(() => undefined);
    let output = '';
    // The two uploads use up the total once their bytes have arrived.
    while (!output.includes('too many requests at once')) output = (await drop(whole('x'.repeat(450)))).text;
    for (const socket of sockets.splice(0)) socket.destroy();
    while (output.includes('too many requests at once')) output = (await drop(whole('x'.repeat(450)))).text;
    expect(output).toContain('200 OK');
  });
});

describe('an upload that stalls', () => {
  it('ends with 408 and a closed connection, and frees its share of the total', async () => {
    await stop();
    await start({ idleMs: 200 });
    const idle = await Promise.all([drop(part('x'.repeat(450)), 5000), drop(part('x'.repeat(450)), 5000)]);
    for (const { status, text } of idle)
      expect([status, text]).toEqual([408, expect.stringContaining('Connection: close')]);
    expect((await drop(whole('x'.repeat(450)))).text).not.toContain('too many requests at once');
    expect(defects).toEqual([]);
  });

  it('is closed without a second response when it was refused before', async () => {
    await stop();
    await start({ idleMs: 200 });
    const { status, text } = await drop(part('x'.repeat(700)), 5000);
    expect([status, text.match(/HTTP\/1\.1/g)]).toEqual([200, ['HTTP/1.1']]);
    expect(text).toContain('larger than I accept');
  });
});

describe('a request that no page sends', () => {
  it.each([
    ['/api/ask', 'application/json', '{"text":'],
    ['/api/ask', 'application/json', '{"text":{"a":1}}'],
    ['/api/ask', 'application/json', '{"text":"help","thread":[]}'],
    ['/api/ask', 'application/json', '[1]'],
    ['/api/ask', 'text/plain', 'help'],
    ['/api/press', 'application/json', '{"action":{},"case":"x"}'],
    ['/api/press', 'application/json', '{"action":"fixed"}'],
    ['/api/press', 'application/x-www-form-urlencoded', 'action=fixed'],
  ])('is refused with a bare 4xx: %s %s %s', async (path, type, body) => {
    const { status, text } = await send(path, type, body);
    expect([status >= 400 && status < 500, text.split('\r\n\r\n')[1], defects]).toEqual([true, '', []]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'nonsense'])('is refused for a button named %s', async (action) => {
    const { text } = await send('/api/ask', 'application/json', '{"text":"help"}');
    const caseId = (JSON.parse(text.split('\r\n\r\n')[1] as string) as { case: string }).case;
    const press = (made: string) =>
      send('/api/press', 'application/json', JSON.stringify({ action: made, case: caseId }));
    expect([(await press(action)).status, (await press('defaults')).status, defects]).toEqual([400, 200, []]);
  });
});
