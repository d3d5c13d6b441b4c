import { describe, expect, it } from 'vitest';
import { findClockStep } from '../../src/evidence/freb/time/clock-step.js';
import { buildTraceView } from '../../src/evidence/freb/view/build-view.js';
import type { TraceView } from '../../src/evidence/freb/view/trace-view.js';
import { readEvidence } from '../../src/evidence/read.js';
import { FrebLog, impersonation, slowPage } from '../generator/index.js';

const viewOf = (log: FrebLog): TraceView => buildTraceView('fr000001.xml', log.bytes())!;
const word = (view: TraceView, at: number) => (at < 0 ? '' : view.words[at]!);
const nameOf = (view: TraceView, event: number) => word(view, view.rows.names[event - 1]!);

/** The fields of an event as a person reads them: `ErrorCode=5 (0x80070005 …)`. */
function fieldsOf(view: TraceView, event: number): Record<string, string> {
  const rows = view.rows.fields[event - 1]!.map((at) => view.fields[at]!);
  return Object.fromEntries(
    rows.map(({ name, value, means, withheld }) => [
      word(view, name),
      `${word(view, value)}${means < 0 ? '' : ` (${word(view, means)})`}${withheld ? ' withheld' : ''}`,
    ]),
  );
}

describe('the view of a trace', () => {
  it('shows every event in order, with its step, place and time', () => {
    const log = new FrebLog();
    log.event('GENERAL_REQUEST_START', { RequestURL: 'http://web03:80/a?token=s3cr3t', RequestVerb: 'GET' });
    log.module('WindowsAuthenticationModule', 'AUTHENTICATE_REQUEST', () => {
      log.event('AUTH_START', { AuthTypeSupported: 4 }).wait(16).event('AUTH_END');
    });
    const view = viewOf(log);
    expect(view.total).toBe(5);
    expect([1, 2, 3, 4, 5].map((event) => nameOf(view, event))).toEqual([
      'GENERAL_REQUEST_START',
      'NOTIFY_MODULE_START',
      'AUTH_START',
      'AUTH_END',
      'NOTIFY_MODULE_END',
    ]);
    expect(view.rows.parents).toEqual([0, 0, 2, 3, 2]);
    expect(view.rows.times).toEqual([0, 0, 0, 16, 16]);
    expect(view.rows.durations).toEqual([-1, 16, 16, -1, -1]);
    expect(view.rows.selfs).toEqual([-1, 0, 16, -1, -1]);
    expect(word(view, view.rows.modules[1]!)).toBe('WindowsAuthenticationModule');
    expect(word(view, view.rows.stages[1]!)).toBe('AUTHENTICATE_REQUEST');
    expect(word(view, view.rows.areas[2]!)).toBe('Authentication');
    expect(fieldsOf(view, 1).RequestURL).toBe('http://web03:80/a?token=…');
  });

  it('puts a child request around its events', () => {
    const log = new FrebLog();
    log.event('GENERAL_CHILD_REQUEST_START', { RequestURL: '/default.htm', RequestVerb: 'GET' });
    log.event('GENERAL_REQUEST_START', { RequestURL: '/default.htm' });
    log.event('GENERAL_CHILD_REQUEST_END').event('GENERAL_REQUEST_END');
    expect(viewOf(log).rows.parents).toEqual([0, 1, 1, 0]);
  });

  it('leaves what never ended open to the end', () => {
    const log = new FrebLog();
    log.module('ManagedPipelineHandler', 'EXECUTE_REQUEST_HANDLER', undefined, { left: true });
    log.event('AspNetPageLoadEnter').event('GENERAL_FLUSH_RESPONSE_START');
    expect(viewOf(log).rows.parents).toEqual([0, 1, 2]);
  });

  it('decodes numbers, with and without the words of the log', () => {
    const view = viewOf(impersonation());
    const [decisive] = view.decisive as [number];
    expect(nameOf(view, decisive)).toBe('MODULE_SET_RESPONSE_ERROR_STATUS');
    const fields = fieldsOf(view, decisive);
    expect(fields.Notification).toBe('2 (AUTHENTICATE_REQUEST)');
    expect(fields.ErrorCode).toMatch(/^2147943746 \(0x80070542: /);
    expect(view.codes).toContain('0x80070542');
    const withoutText = new FrebLog();
    withoutText.error({
      module: 'IIS Web Core',
      stage: 'AUTHENTICATE_REQUEST',
      status: 500,
      code: 0x80070542,
      withoutText: true,
    });
    expect(fieldsOf(viewOf(withoutText), 1).ErrorCode).toBe('2147943746 (0x80070542)');
  });

  it('points at the event that the diagnosis names', () => {
    const log = impersonation();
    const reading = readEvidence('x', log.bytes());
    const decisive = reading.observations.find(({ name }) => name === 'decisive.event');
    expect(viewOf(log).decisive).toEqual([decisive?.event]);
    expect(viewOf(slowPage({ ms: 5032 })).decisive).toHaveLength(1);
  });

  it('withholds people, addresses, secrets, bodies and every field that it does not know', () => {
    const log = new FrebLog();
    log.event('GENERAL_ENDPOINT_INFORMATION', { RemoteAddress: '203.0.113.9', RemotePort: 49804 });
    log.event('GENERAL_REQUEST_HEADERS', { Headers: 'Host: web03\r\nCookie: sid=abc123\r\n' });
    log.event('GENERAL_SET_REQUEST_HEADER', { HeaderName: 'SM_USER', HeaderValue: 'jdoe', Replace: true });
    log.event('FILE_CACHE_ACCESS_START', { FileName: 'C:\\site\\a.htm', UserName: 'jdoe', DomainName: 'CONTOSO' });
    log.event('GENERAL_RESPONSE_ENTITY_BUFFER', { Buffer: '<p>salary of jdoe: 1234</p>' });
    log.foreign('OWN_EVENT', 'module', 4, { Fancy: 'hunter2', HttpStatus: 'not a number jdoe' });
    const view = viewOf(log);
    const text = JSON.stringify(view);
    for (const secret of ['203.0.113.9', 'abc123', 'jdoe', 'CONTOSO', 'salary', 'hunter2']) {
      expect(text).not.toContain(secret);
    }
    expect(fieldsOf(view, 1)).toMatchObject({ RemoteAddress: '… withheld', RemotePort: '49804' });
    expect(fieldsOf(view, 2).Headers).toBe('host: web03\ncookie: …');
    expect(fieldsOf(view, 3)).toMatchObject({ HeaderName: 'SM_USER', HeaderValue: '… withheld' });
    expect(fieldsOf(view, 4)).toMatchObject({ FileName: 'C:\\site\\a.htm', UserName: '… withheld' });
    expect(fieldsOf(view, 6)).toEqual({ Fancy: '… withheld', HttpStatus: '… withheld' });
    expect(view.withheld).toBeGreaterThanOrEqual(6);
  });

  it('shows the first 20,000 events and counts all', () => {
    const log = new FrebLog();
    for (let i = 0; i < 20_050; i++) log.event('AUTH_END');
    const view = viewOf(log);
    expect(view.total).toBe(20_050);
    expect(view.rows.names).toHaveLength(20_000);
    expect(view.rows.fields).toHaveLength(20_000);
  });

  it('stays small whatever a log holds', () => {
    const log = new FrebLog();
    for (let i = 0; i < 9000; i++) log.foreign(`E${i}`, 'module', 4, { RuleName: `${i} ${'rule words '.repeat(60)}` });
    const view = viewOf(log);
    expect(view.fieldsEnd).toBeGreaterThan(1000);
    expect(JSON.stringify(view).length).toBeLessThan(4_000_000);
  });

  it('is null for anything but a log, and survives a cut one', () => {
    expect(buildTraceView('x', Buffer.from('hello'))).toBeNull();
    const cut = impersonation().bytes({ cutAt: 0.5 });
    expect(buildTraceView('x', cut)!.rows.names.length).toBeGreaterThan(10);
    expect(buildTraceView('x', Buffer.from('<failedRequest'))!.total).toBe(0);
  });
});

describe('the waterfall', () => {
  it('has a bar for each step that took measurable time by itself, and marks the decisive event', () => {
    const { waterfall } = viewOf(slowPage({ ms: 5032 }));
    const longest = waterfall.bars.toSorted((a, b) => b.selfMs - a.selfMs)[0]!;
    expect(longest.step).toBe('AspNetPageLoad');
    expect(longest.selfMs).toBeGreaterThanOrEqual(5032);
    const total = waterfall.bars.reduce((sum, { selfMs }) => sum + selfMs, 0);
    expect(total).toBe(waterfall.spanMs);
    expect(waterfall.decisive?.event).toBeGreaterThan(0);
    expect(readEvidence('x', slowPage({ ms: 5032 }).bytes(), { timeline: true }).waterfall?.bars).toEqual(
      waterfall.bars,
    );
  });

  it('leaves the name of a stage as it is after its notification', () => {
    const log = new FrebLog();
    log.module('Own', 'AUTHENTICATE_REQUEST', () => log.wait(31).event('AUTH_END'), { post: true });
    expect(viewOf(log).waterfall.bars[0]).toMatchObject({ step: 'Own', notification: 'AUTHENTICATE_REQUEST (post)' });
  });

  it('shows at most 40 steps and counts the others', () => {
    const log = new FrebLog();
    for (let i = 0; i < 60; i++) log.module(`Module`, 'BEGIN_REQUEST', () => log.wait(16).event('AUTH_END'));
    const { waterfall } = viewOf(log);
    expect(waterfall.bars).toHaveLength(40);
    expect(waterfall.left).toBe(20);
  });
});

describe('the step of the clock', () => {
  it.each([
    ['of Windows, cut to whole milliseconds', [0, 15, 31, 46, 62, 109, 125], 15.625],
    ['of Windows, with long waits between', [0, 5032, 5047, 5063, 61000, 61031], 15.625],
    ['of 10 ms', [0, 10, 30, 40, 90], 10],
    ['of 1 ms', [0, 1, 3, 4, 9], 1],
    ['too few times to tell', [0, 0, 47], null],
    ['no times', [], null],
  ])('is found where the times show it: %s', (_, times, step) => {
    expect(findClockStep(times)).toBe(step);
  });
});
