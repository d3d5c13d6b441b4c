import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/evidence/evidence.js';
import { readEvidence } from '../../src/evidence/read.js';
import {
  challenge,
  type Damage,
  duplicateConfig,
  FrebLog,
  fileNotFound,
  impersonation,
  impersonationWithoutNotifications,
  success,
} from '../generator/index.js';
import { authenticate, begin, beginRequest, end, finish } from '../generator/pipeline.js';
import { fact, facts, textOf } from './facts.js';

const read = (log: FrebLog, damage: Damage = {}): Reading => readEvidence('log.xml', log.bytes(damage));
const code = '0x80070542';

describe('bad impersonation level', () => {
  it('is the decisive event of the core, right after authentication', () => {
    const log = impersonation();
    const reading = read(log);
    const decisive = reading.observations.find((o) => o.name === 'decisive.code')!;
    expect(decisive).toMatchObject({ value: code, raw: '2147943746', field: 'ErrorCode' });
    expect(log.events[decisive.event! - 1]!.name).toBe('MODULE_SET_RESPONSE_ERROR_STATUS');
    expect(fact(reading, 'decisive.module')).toBe('IIS Web Core');
    expect(fact(reading, 'decisive.notification')).toBe('AUTHENTICATE_REQUEST');
    expect(fact(reading, 'code.file-open')).toBe(code);
    expect(fact(reading, 'file.requested')).toBe('C:\\inetpub\\portal\\secure\\secret.html');
    expect(fact(reading, 'auth.token-user')).toBe('not-available');
    expect(fact(reading, 'request.app-pool')).toBe('Portal');
    expect(fact(reading, 'request.time')).toBe('2026-06-08T19:53:49Z');
    expect(reading.damage).toEqual([]);
  });

  it.each(['map', 'static-file', 'default-document'] as const)('is found at the stage %s', (stage) => {
    expect(fact(read(impersonation({ stage })), 'decisive.code')).toBe(code);
  });

  it.each(['en-US', 'de-DE', 'ja-JP'])('is found in the culture %s, with and without text', (culture) => {
    expect(fact(read(impersonation({ culture })), 'decisive.code')).toBe(code);
    expect(fact(read(impersonation({ culture, withoutText: true })), 'decisive.code')).toBe(code);
  });

  it('is found by the failing file when the rule traced no notifications', () => {
    const reading = read(impersonationWithoutNotifications());
    expect(fact(reading, 'decisive.event')).toBe('FILE_CACHE_ACCESS_END');
    expect(fact(reading, 'decisive.code')).toBe(code);
    expect(fact(reading, 'final-status')).toBe(500);
  });

  it('says the level of the token', () => {
    expect(fact(read(impersonation({ level: 1 })), 'auth.level')).toBe('identify');
    expect(fact(read(impersonation({ level: 0 })), 'auth.level')).toBe('anonymous');
  });

  it('claims nothing when the code is only quoted in the URL, a header or a body', () => {
    const log = fileNotFound({
      url: 'http://intranet.example:80/search/2147943746?q=0x80070542',
      requestHeaders: 'Host: a\r\nX-Last-Error: 0x80070542 2147943746\r\n',
    });
    const reading = read(log);
    for (const name of ['decisive.code', 'code.seen', 'code.file-open', 'exception.code'] as const) {
      expect(facts(reading, name)).not.toContain(code);
    }
  });
});

describe('the decisive event', () => {
  it('is the first of a repeated status, with the place in the configuration', () => {
    const reading = read(duplicateConfig());
    expect(fact(reading, 'decisive.notification')).toBe('BEGIN_REQUEST');
    expect(fact(reading, 'decisive.code')).toBe('0x800700b7');
    expect(fact(reading, 'decisive.config-file')).toBe('D:\\sites\\shop\\web.config');
    expect(fact(reading, 'decisive.config-line')).toBe(14);
    expect(facts(reading, 'status-overwritten')).toEqual([]);
  });

  it('is the one whose status became final; the replaced one is named', () => {
    const log = new FrebLog();
    begin(log);
    beginRequest(log);
    log.error({ module: 'IIS Web Core', stage: 'AUTHENTICATE_REQUEST', status: 401, substatus: 2, code: 0x80070005 });
    log.error({ module: 'MyErrorModule', stage: 'END_REQUEST', status: 503 });
    finish(log);
    const reading = read(log);
    expect(fact(reading, 'decisive.module')).toBe('MyErrorModule');
    expect(fact(reading, 'decisive.code')).toBeUndefined();
    expect(fact(reading, 'status-overwritten')).toBe('401.2');
  });

  it('ends with the request, not with its child', () => {
    const log = new FrebLog();
    begin(log);
    log.event('GENERAL_CHILD_REQUEST_START', {
      SiteId: 2,
      RequestURL: 'http://a/b',
      RequestVerb: 'GET',
      RecursiveLevel: 1,
    });
    log.error({ module: 'IIS Web Core', stage: 'MAP_REQUEST_HANDLER', status: 404, code: 0x80070002 });
    end(log, 10);
    log.event('GENERAL_CHILD_REQUEST_END', { BytesSent: 10, HttpStatus: 404, HttpSubStatus: 0 });
    log.success('DefaultDocumentModule', 'EXECUTE_REQUEST_HANDLER', 200);
    finish(log);
    const reading = read(log);
    expect(fact(reading, 'final-status')).toBe(200);
    expect(fact(reading, 'decisive.event')).toBeUndefined();
    expect(fact(reading, 'status-overwritten')).toBe('404');
  });

  it('takes code 0 for no code, and the text of PHP for no permission problem', () => {
    const log = new FrebLog();
    begin(log);
    beginRequest(log);
    log.event('MODULE_WARNING', {
      ModuleName: 'FastCgiModule',
      Data1: 'FASTCGI_RESPONSE_ERROR',
      Data2: 'PHP Parse error:  syntax error, unexpected end of file in D:\\sites\\blog\\index.php on line 12\n',
      ErrorCode: 5,
    });
    log.error({ module: 'FastCgiModule', stage: 'EXECUTE_REQUEST_HANDLER', status: 500 });
    finish(log);
    const reading = read(log);
    expect(fact(reading, 'decisive.code')).toBeUndefined();
    expect(facts(reading, 'code.seen')).toEqual([]);
    expect(fact(reading, 'exception.origin')).toBe('php');
    expect(fact(reading, 'exception.file')).toBe('D:\\sites\\blog\\index.php');
    expect(fact(reading, 'exception.line')).toBe(12);
  });

  it('keeps events of unknown providers', () => {
    const log = new FrebLog();
    begin(log);
    log.foreign('ACME_TOKEN_REFUSED', 'module', 2, { Reason: 'no', ErrorCode: 2147942405 });
    log.status = 403;
    end(log, 0);
    const reading = read(log);
    expect(fact(reading, 'decisive.event')).toBe('ACME_TOKEN_REFUSED');
    expect(fact(reading, 'decisive.code')).toBe('0x80070005');
  });
});

describe('authentication', () => {
  it('lists what the server offers on the first leg', () => {
    const reading = read(challenge());
    expect(fact(reading, 'response.offers')).toEqual(['Negotiate', 'NTLM']);
    expect(fact(reading, 'request.authorization-sent')).toBe(false);
    expect(fact(reading, 'auth.token-user')).toBe('absent');
    expect(fact(reading, 'final-substatus')).toBe(2);
  });

  it('reports that credentials were sent, and withholds them', () => {
    const reading = read(challenge({ requestHeaders: 'Host: a\r\nAuthorization: Basic YWxpY2U6c2VjcmV0\r\n' }));
    expect(fact(reading, 'request.authorization-sent')).toBe(true);
    expect(textOf(reading)).not.toContain('YWxpY2U6');
  });
});

describe('damage', () => {
  const whole = read(impersonation());
  const decisiveValues = (r: Reading) =>
    r.observations.filter((o) => o.name.startsWith('decisive.')).map((o) => o.value);

  it.each([
    ['utf-8-bom', ['re-encoded']],
    ['utf-16le', ['re-encoded']],
    ['utf-16be', ['re-encoded']],
    ['utf-16le-unmarked', ['re-encoded']],
  ] as const)('reads %s like the original', (encoding, damage) => {
    const reading = read(impersonation(), { encoding });
    expect(reading.damage).toEqual(damage);
    expect(decisiveValues(reading)).toEqual(decisiveValues(whole));
  });

  it('reads single-byte texts', () => {
    const reading = read(impersonation({ culture: 'de-DE', pool: 'Büro' }), { encoding: 'windows-1252' });
    expect(reading.damage).toEqual(['malformed']);
    expect(fact(reading, 'request.app-pool')).toBe('Büro');
    expect(fact(reading, 'decisive.code')).toBe(code);
  });

  it.each(['lf', 'cr'] as const)('reads files with %s line ends', (lineEnds) => {
    const reading = read(impersonation(), { lineEnds });
    expect(reading.damage).toEqual(['re-encoded']);
    expect(decisiveValues(reading)).toEqual(decisiveValues(whole));
  });

  it('says when IIS truncated the log', () => {
    const reading = read(impersonation(), { truncateAfter: 40 });
    expect(reading.damage).toEqual(['truncated']);
    expect(fact(reading, 'final-status')).toBe(500);
    expect(fact(reading, 'decisive.event')).toBeUndefined();
    expect(fact(reading, 'trace.ends')).toBe(false);
  });

  it('reads a cut copy as far as it goes, at every length', () => {
    const bytes = impersonation().bytes();
    for (let length = 0; length < bytes.length; length += 97) {
      const reading = readEvidence('cut.xml', bytes.subarray(0, length));
      if (reading.kind !== 'freb-log') continue;
      expect(reading.damage).toContain('cut-off');
      expect(Number(fact(reading, 'trace.events'))).toBeLessThanOrEqual(Number(fact(whole, 'trace.events')));
    }
  });

  it('says what was open when a copy was cut', () => {
    const reading = read(impersonation(), { cutAt: 0.6 });
    expect(facts(reading, 'open-step').join()).toMatch(/NOTIFY_MODULE_START .*AUTHENTICATE_REQUEST/);
  });

  it('reads traces that start in the middle', () => {
    const reading = read(impersonation(), { startAt: 12 });
    expect(fact(reading, 'trace.starts-in-the-middle')).toBe(true);
    expect(decisiveValues(reading)).toEqual(decisiveValues(whole));
  });

  it.each(['R&D', 'a<b>', 'say "hello"', '"', 'x" verb="y', "O'Neil & Söhne", '<Event>', '> <Data', 'Größe 漢字'])(
    'reads the pool name %s, which IIS does not escape',
    (pool) => {
      const reading = read(impersonation({ pool }));
      expect(fact(reading, 'request.app-pool')).toBe(pool);
      expect(fact(reading, 'request.verb')).toBe('GET');
      expect(decisiveValues(reading)).toEqual(decisiveValues(whole));
    },
  );

  it('reads raw control characters in a body', () => {
    const log = success();
    log.event('GENERAL_RESPONSE_ENTITY_BUFFER', { Buffer: '\u001f\u2039\u0008\u0003raw' });
    const reading = read(log);
    expect(reading.damage).toEqual(['malformed']);
    expect(fact(reading, 'final-status')).toBe(200);
  });

  it('refuses a document type declaration', () => {
    const text = success().bytes().toString().replace('<failedRequest', '<!DOCTYPE a [<!ENTITY x "y">]><failedRequest');
    expect(readEvidence('x', Buffer.from(text)).kind).toBe('unknown');
  });
});

describe("a prefix on the events' namespace", () => {
  const whole = impersonation().bytes().toString('utf8');
  const plain = readEvidence('log.xml', Buffer.from(whole));
  /** As a tool writes it that gives every namespace a prefix. */
  const prefixed = (prefix: string) =>
    whole
      .replace(/<(\/?)(?!failedRequest|freb:|[?!])([A-Za-z])/g, `<$1${prefix}:$2`)
      .replaceAll(`<${prefix}:Event xmlns="`, `<${prefix}:Event xmlns:${prefix}="`);

  it.each(['e', 'ns0', 'a.b-c'])('`%s:` reads as the same log', (prefix) => {
    const text = prefixed(prefix);
    expect(text).toContain(`</${prefix}:Event>`);
    expect(text).not.toContain('<Event');
    const reading = readEvidence('log.xml', Buffer.from(text));
    expect(reading.observations).toEqual(plain.observations);
    expect(reading.damage).toEqual(['re-encoded']);
  });

  it('counts for the events only, not for what a header or URL says', () => {
    const reading = readEvidence(
      'log.xml',
      Buffer.from(whole.replace('</failedRequest>', '<!-- <e:Event> --></failedRequest>')),
    );
    expect(reading.observations).toEqual(plain.observations);
    expect(reading.damage).toEqual([]);
  });
});

describe('withheld values', () => {
  it('never reach an observation', () => {
    const secrets = ['s3ss10n', 'alice.miller', '203.0.113.77', 'hunter2', 'tok-4711', 'X1Y2Z3'];
    const log = new FrebLog({
      url: 'http://intranet.example:80/reset?token=tok-4711&user=alice.miller',
      requestHeaders:
        'Host: a\r\nCookie: sid=s3ss10n\r\nX-Forwarded-For: 203.0.113.77\r\nX-Api-Key: X1Y2Z3\r\nUser-Agent: probe\r\n',
      remoteAddress: '203.0.113.77',
      user: { remote: 'CORP\\alice.miller', name: 'CORP\\alice.miller', token: 'CORP\\alice.miller' },
      authenticationType: 'Negotiate',
    });
    begin(log);
    beginRequest(log);
    authenticate(log, { user: 'CORP\\alice.miller', module: 'WindowsAuthenticationModule' });
    log.event('GENERAL_REQUEST_ENTITY', { Buffer: 'password=hunter2' });
    log.event('MODULE_WARNING', {
      ModuleName: 'Own',
      Data1: 'cannot log on CORP\\alice.miller from 203.0.113.77 with Password=hunter2; /x?token=tok-4711',
    });
    log.error({ module: 'Own', stage: 'AUTHENTICATE_REQUEST', status: 500 });
    finish(log, { body: '<html>Hello alice.miller</html>' });
    const reading = read(log);
    for (const secret of secrets) expect(textOf(reading)).not.toContain(secret);
    expect(fact(reading, 'request.url')).toBe('http://intranet.example:80/reset?token=…&user=…');
    expect(reading.withheld).toBeGreaterThanOrEqual(7);
  });
});
