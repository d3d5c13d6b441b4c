import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { arr, execute, failed, managed, rule, yellowPage } from '../generator/scenarios/cause-parts.js';
import { type Log, log, logBytes, step } from '../generator/scenarios/log.js';
import { knowledge } from './readings.js';

const judge = (one: Log) => diagnose([readEvidence('fr000001.xml', logBytes(one))], knowledge).files[0]!;
const text = (name: string, lines: string[]) =>
  diagnose([readEvidence(name, Buffer.from(lines.join('\r\n')))], knowledge).files[0]!;

const webError = step('AspNetWebEventRaiseStart', { Data1: 'WebRequestErrorEvent', Data2: '3005', Data3: '' });
const page = yellowPage('System.NullReferenceException', 'Object reference not set');

describe('a status with several causes is not reported as one', () => {
  it('says that headers were sent only when part of the answer was', () => {
    const flush = [
      step('GENERAL_FLUSH_RESPONSE_START', {}),
      step('GENERAL_FLUSH_RESPONSE_END', { BytesSent: '4210', ErrorCode: '0' }),
    ];
    const flushed = judge(log({ status: '200', events: [...flush, webError, page] }));
    const whole = judge(log({ status: '200', events: [webError, page] }));
    expect([flushed.cause, flushed.confidence]).toEqual(['aspnet-exception-after-flush', 'confirmed']);
    expect([whole.cause, whole.confidence]).toEqual(['aspnet-exception-after-flush', 'likely']);
    const card = knowledge.causes.get('aspnet-exception-after-flush')!;
    expect(card.explanation).toMatch(/Either .*; or .*own error page with 200/s);
  });

  it('leaves open why a URL belongs to another pool', () => {
    const bare = judge(failed('403.18', managed, execute));
    expect([bare.cause, bare.confidence]).toEqual(['error-page-in-other-pool', 'possible']);
    const rewritten = judge(failed('403.18', managed, execute, 0, { events: rule('ToShop', '/shop/cart.aspx') }));
    expect([rewritten.confidence, rewritten.detail]).toEqual(['likely', expect.stringContaining('ToShop')]);
    expect(knowledge.causes.get('error-page-in-other-pool')!.fix[0]!.do).toMatch(/pool of each application exists/);
  });

  it('takes a time-out of the proxy for slowness only when the back end took the request', () => {
    const timedOut = 2147954402;
    expect(judge(failed('502.3', arr, execute, timedOut)).confidence).toBe('likely');
    const headers = [step('ARR_REQUEST_HEADERS_START', {}), step('ARR_REQUEST_HEADERS_END', {})];
    expect(judge(failed('502.3', arr, execute, timedOut, { events: headers })).confidence).toBe('confirmed');
  });

  it('says of a code that no card of 500.19 knows that the configuration may be wrong', () => {
    const undecrypted = judge(failed('500.19', 'IIS Web Core', 'BEGIN_REQUEST', 2148073477));
    expect([undecrypted.cause, undecrypted.confidence]).toEqual(['config-invalid', 'possible']);
  });

  it('takes 0x800704d4 for no reset by the back end: this server closed the connection', () => {
    expect(judge(failed('500', managed, execute, 2147943636)).cause).not.toBe('backend-connection-reset');
  });
});

describe('the 503 family', () => {
  const fields =
    '#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename transport';
  it.each([
    ['AppOffline', 'application-pool-stopped'],
    ['AppPoolTimer', 'pool-process-hung'],
    ['Timer_AppPool', 'pool-process-hung'],
    ['QueueFull', 'request-queue-full'],
    ['ConnLimit', 'concurrent-request-limit'],
    ['Connection_Abandoned_By_ReqQueue', 'pool-process-ended'],
    ['Hostname', 'no-site-for-request'],
  ])('%s is answered as %s', (reason, cause) => {
    const line = `2026-06-08 19:53:49 10.9.8.7 50123 10.1.2.3 80 HTTP/1.1 GET /a 503 1 ${reason} Portal -`;
    expect(text('httperr1.log', ['#Software: Microsoft HTTP API 2.0', fields, line]).cause).toBe(cause);
  });

  it.each([
    ['2280', 'config-module-dll-missing'],
    ['2282', 'config-bitness'],
  ])('event %s of a worker process is %s', (id, cause) => {
    const event = `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-IIS-W3SVC-WP"/><EventID>${id}</EventID><TimeCreated SystemTime="2026-06-08T19:53:49Z"/><Computer>WEB03</Computer></System><EventData><Data Name="ModuleDll">C:\\x.dll</Data></EventData></Event>`;
    expect(text('app.xml', ['<Events>', event, '</Events>']).cause).toBe(cause);
  });
});
