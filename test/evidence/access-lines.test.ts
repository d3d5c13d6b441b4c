import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { httperrReasons } from '../../src/evidence/access/line-shape.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { accessLog } from '../generator/evidence/server.js';
import { fact, facts } from './facts.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const judged = (text: string) => diagnose(readPasted(text), knowledge).files[0]!;
const fileOf = (text: string) => diagnose([readEvidence('u_ex.log', bytes(text))], knowledge).files[0]!;

const agent = 'Mozilla/5.0+(compatible;+Checker/1.0;++https://checker.example)';

describe('a line without #Fields', () => {
  it.each([
    [
      'the usual order',
      `2026-06-08 12:15:08 10.1.2.3 GET /a/token - 80 - 198.51.100.7 ${agent} - 500 19 33 242`,
      [500, 19, '0x80070021'],
    ],
    [
      'bytes and time behind',
      `2026-06-08 12:15:08 W3SVC1 WEB03 10.1.2.3 GET /fonts/a.woff2 v=3 443 - 198.51.100.7 HTTP/1.1 ${agent} - - shop.example 404 3 50 1405 312 150`,
      [404, 3, '0x80070032'],
    ],
    [
      'a custom field behind',
      `2026-06-08 12:15:08 10.1.2.3 POST /api/orders - 443 - 198.51.100.7 ${agent} 500 0 64 31 198.51.100.8`,
      [500, 0, '0x80070040'],
    ],
    [
      'the result in front',
      '2026-06-08 12:15:08 403 14 0 GET /shop/ 198.51.100.7 443 - 10.1.2.3',
      [403, 14, undefined],
    ],
    [
      'without a date, found with findstr',
      `10.1.2.3 GET /a.aspx - 80 CONTOSO\\jane 198.51.100.7 ${agent} 401 1 2148074254 15`,
      [401, 1, '0x8009030e'],
    ],
    [
      'a file name in front',
      `u_ex260608.log:17:2026-06-08 12:15:08 10.1.2.3 GET /a - 80 - 198.51.100.7 ${agent} 500 19 5 2`,
      [500, 19, '0x80070005'],
    ],
  ])('gives status and code: %s', (_, line, [status, substatus, code]) => {
    const [reading] = readPasted(line);
    expect(reading).toMatchObject({ kind: 'fragment', form: 'w3c-line' });
    expect([fact(reading, 'final-status'), fact(reading, 'final-substatus'), fact(reading, 'decisive.code')]).toEqual([
      status,
      substatus,
      code,
    ]);
    expect(JSON.stringify(reading)).not.toMatch(/198\.51|jane/);
  });

  it.each([
    'GET /a gives 500 19 33 since the update, what is that?',
    'we deployed 2026-06-08 and 500 people called',
    'the sizes were 500 20 33 at 12:15:08',
  ])('a sentence is none: %s', (text) => expect(readPasted(text)).toEqual([]));

  it('names the cause that its three numbers name together', () => {
    const line = (triple: string) => `2026-06-08 12:15:08 10.1.2.3 GET /a - 80 - 198.51.100.7 ${agent} - ${triple} 242`;
    expect(judged(line('500 19 33')).cause).toBe('config-section-locked');
    expect(judged(line('500 19 183')).cause).toBe('config-duplicate-entry');
    expect(judged(line('404 3 50')).cause).toBe('mime-type-missing');
    expect(judged(line('404 11 0')).cause).toBe('double-escaping-blocked');
    expect(judged(line('500 0 1346')).cause).toBe('impersonation-right-missing');
    expect(judged(line('500 0 0'))).toMatchObject({ cause: null, next: ['freb-log', 'event-log'] });
  });
});

describe('a whole W3C log', () => {
  const fields = ['date', 'time', 'cs-method', 'cs-uri-stem', 'c-ip', 'sc-status', 'sc-substatus', 'sc-win32-status'];
  const at = (n: number) => `2026-06-08 12:15:${String(n % 60).padStart(2, '0')}`;

  it('counts by status, substatus and code, and by address', () => {
    const log = accessLog(fields, [
      ...Array.from({ length: 7 }, (_, n) => `${at(n)} GET /shop/cart.aspx 198.51.100.7 500 19 183`),
      ...Array.from({ length: 3 }, (_, n) => `${at(n)} GET /old.htm 198.51.100.7 404 0 2`),
      `${at(9)} GET /ok.htm 198.51.100.7 200 0 0`,
    ]);
    const file = fileOf(log);
    expect(file.cause).toBe('config-duplicate-entry');
    expect(file.lines).toMatchObject({ lines: 11, failures: 7, refusals: 3 });
    expect(file.lines?.combinations.map((c) => [c.value, c.lines])).toEqual([
      ['500.19 183', 7],
      ['404.0 2', 3],
    ]);
    expect(file.lines?.urls[0]).toMatchObject({ value: '/shop/cart.aspx', combination: '500.19 183', lines: 7 });
  });

  it('does not make a cause of plain 404s and of first legs of a logon', () => {
    const log = accessLog(fields, [
      ...Array.from({ length: 5 }, (_, n) => `${at(n)} GET /a.htm 198.51.100.7 404 0 2`),
      ...Array.from({ length: 5 }, (_, n) => `${at(n)} GET /b.htm 198.51.100.7 401 2 5`),
    ]);
    expect(fileOf(log)).toMatchObject({ verdict: 'no-fault', cause: null });
  });

  it('sees a browser that is sent to the same address again and again', () => {
    const loop = Array.from({ length: 20 }, (_, n) => `${at(n)} GET / 198.51.100.7 302 0 0`);
    expect(fileOf(accessLog(fields, loop)).cause).toBe('redirect-loop');
    const sign = ['/', '/signin', '/callback', '/', '/a', '/b', '/c', '/d', '/e', '/f'];
    const walk = sign.map((path, n) => `${at(n)} GET ${path} 198.51.100.7 302 0 0`);
    expect(fileOf(accessLog(fields, walk)).cause).toBeNull();
    const visitors = Array.from({ length: 20 }, (_, n) => `${at(n)} GET / 198.51.100.${n} 302 0 0`);
    expect(fileOf(accessLog(fields, visitors)).cause).toBeNull();
  });
});

describe('an httperr log', () => {
  const fields = [
    'date',
    'time',
    'c-ip',
    'c-port',
    's-ip',
    's-port',
    'cs-version',
    'cs-method',
    'cs-uri',
    'sc-status',
    's-siteid',
    's-reason',
    's-queuename',
  ];
  const line = (rest: string, port = 80) =>
    `2026-06-08 17:28:47 198.51.100.7 49991 10.1.2.3 ${port} HTTP/1.1 GET ${rest}`;
  const file = (...lines: string[]) => fileOf(accessLog(fields, lines));

  it('says of 503 N/A without site and queue that no pool serves the address, and asks for no trace', () => {
    const found = file(line('/ 503 - N/A -'), line('/start.htm 503 - N/A -'));
    expect(found).toMatchObject({ verdict: 'failure', cause: 'no-site-for-request' });
    expect(found.next).not.toContain('freb-log');
    expect(file(line('/ 503 1 N/A Portal')).cause).toBe('http-sys-out-of-resources');
  });

  it.each([
    ['pool off or stopped', 'AppOffline', 'application-pool-stopped'],
    ['pool off or stopped', 'Disabled', 'application-pool-stopped'],
    ['queue or limits', 'QueueFull', 'request-queue-full'],
    ['queue or limits', 'ConnLimit', 'concurrent-request-limit'],
    ['queue or limits', 'Connections_Refused', 'http-sys-out-of-resources'],
    ['connection ended', 'Connection_Abandoned_By_ReqQueue', 'pool-process-ended'],
    ['connection ended', 'Connection_Dropped', 'client-disconnected'],
    ['connection ended', 'Client_Reset', 'client-disconnected'],
    ['bad request', 'BadRequest', 'request-refused-by-http-sys'],
    ['bad request', 'FieldLength', 'request-refused-by-http-sys'],
    ['time-outs', 'Timer_AppPool', 'pool-process-hung'],
    ['time-outs', 'Timer_MinBytesPerSecond', 'connection-timed-out'],
    ['no site', 'NotFound', 'no-site-for-request'],
    ['no site', 'Hostname', 'no-site-for-request'],
  ])('is answered with the cause of its reason, %s: %s', (_, reason, cause) =>
    expect(file(line(`/a 503 1 ${reason} Portal`)).cause).toBe(cause),
  );

  it('knows what every reason means, and gives each but the idle connection to a cause', () => {
    const labels = knowledge.topics.get('httperr')!.facts.flatMap(({ label }) => label.split(', '));
    expect([...labels].sort()).toEqual([...httperrReasons].sort());
    const without = httperrReasons.filter((reason) => file(line(`/a 503 1 ${reason} Portal`)).cause === null);
    expect(without).toEqual(['Timer_ConnectionIdle']);
  });

  it('tells discovery of devices, remote management and scanners as noise', () => {
    const found = file(
      line('/upnp/event 503 - N/A -', 2869),
      line('/5f1e 400 - BadRequest -', 5357),
      line('/wsman 503 - N/A -', 5985),
      line('/.env 400 - Hostname -'),
      line('/cgi-bin/x 404 - NotFound -'),
    );
    expect(found).toMatchObject({ verdict: 'no-fault', cause: null });
    expect(found.lines?.noise.reduce((sum, { lines }) => sum + lines, 0)).toBe(5);
    expect(file(line('/upnp/event 503 - N/A -', 2869), line('/a 503 1 AppOffline Portal')).cause).toBe(
      'application-pool-stopped',
    );
  });

  it('knows the pool of WSUS by its name', () =>
    expect(file(line('/ClientWebService/client.asmx 503 2 AppOffline WsusPool')).cause).toBe('wsus-pool-stopped'));

  it.each([
    ['an older version', '2026-06-08 17:28:47 ::1%0 49991 ::1%0 80 HTTP/1.1 GET / 503 - N/A -', 'no-site-for-request'],
    [
      'a newer version',
      '2026-06-08 17:28:47 198.51.100.7 49991 10.1.2.3 443 HTTP/2 POST /api?k=v - 503 4 AppOffline Shop TCP',
      'application-pool-stopped',
    ],
    ['no request on it', '2026-06-08 17:28:47 198.51.100.7 49991 10.1.2.3 443 - - - - - Timer_EntityBody - -', null],
  ])('a line of it alone: %s', (_, text, cause) => {
    const [reading] = readPasted(text);
    expect(reading).toMatchObject({ kind: 'fragment' });
    if (cause !== null) expect(judged(text)).toMatchObject({ cause });
    expect(judged(text).next).not.toContain('freb-log');
    expect(facts(reading, 'access.reason').length).toBe(1);
    expect(JSON.stringify(reading)).not.toContain('198.51');
  });
});
