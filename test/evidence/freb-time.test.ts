import { describe, expect, it } from 'vitest';
import { compareTraces } from '../../src/evidence/freb/compare.js';
import { readEvidence } from '../../src/evidence/read.js';
import { FrebLog, impersonation, slowPage, success } from '../generator/index.js';
import { begin, beginRequest, end, finish, page } from '../generator/pipeline.js';
import { fact, facts } from './facts.js';

const read = (log: FrebLog) => readEvidence('x', log.bytes(), { timeline: true });

/** Returns the log with a time that cannot be read in the last event of that name. */
function withoutTimeOf(name: string, log: FrebLog): Buffer {
  const text = log.bytes().toString();
  const at = text.lastIndexOf('SystemTime="', text.lastIndexOf(`>${name}<`));
  expect(at).toBeGreaterThan(0);
  return Buffer.from(`${text.slice(0, at)}SystemTime="?${text.slice(at + 'SystemTime="?'.length)}`);
}

describe('slow requests', () => {
  it('blames the page code for a long Page_Load', () => {
    const reading = read(slowPage({ ms: 5032 }));
    expect(fact(reading, 'failure-reason')).toBe('TIME_TAKEN');
    expect(fact(reading, 'slow.kind')).toBe('page-code');
    expect(fact(reading, 'slow.step')).toBe('AspNetPageLoad');
    expect(Number(fact(reading, 'slow.ms'))).toBeGreaterThanOrEqual(5032);
    expect(reading.timeline!.some((e) => e.module === 'ManagedPipelineHandler')).toBe(true);
    for (const entry of reading.timeline!) expect(entry.durationMs).toBeGreaterThan(0);
  });

  it.each([
    [
      'client',
      (log: FrebLog) =>
        log.event('GENERAL_FLUSH_RESPONSE_START').wait(4000).event('GENERAL_FLUSH_RESPONSE_END', { ErrorCode: 0 }),
    ],
    [
      'upload',
      (log: FrebLog) =>
        log.event('GENERAL_READ_ENTITY_START').wait(4000).event('GENERAL_READ_ENTITY_END', { ErrorCode: 0 }),
    ],
    [
      'backend',
      (log: FrebLog) =>
        log
          .event('ARR_REQUEST_HEADERS_START')
          .event('ARR_REQUEST_HEADERS_END')
          .event('ARR_RESPONSE_HEADERS_START')
          .wait(4000)
          .event('ARR_RESPONSE_HEADERS_END'),
    ],
    [
      'backend',
      (log: FrebLog) =>
        log.event('FASTCGI_START').event('FASTCGI_WAITING_FOR_RESPONSE').wait(4000).event('FASTCGI_END'),
    ],
    [
      'page-code',
      (log: FrebLog) =>
        log.event('ANCM_INPROC_EXECUTE_REQUEST_START').wait(4000).event('ANCM_INPROC_EXECUTE_REQUEST_COMPLETION'),
    ],
    [
      'application-start',
      (log: FrebLog) =>
        log
          .event('AspNetMapHandlerEnter')
          .event('AspNetCompileEnter')
          .wait(4000)
          .event('AspNetCompileLeave')
          .event('AspNetMapHandlerLeave'),
    ],
    ['other', (log: FrebLog) => log.module('AcmeAuditModule', 'LOG_REQUEST', () => log.wait(4000))],
  ] as const)('finds time spent in: %s', (kind, happen) => {
    const log = new FrebLog();
    begin(log);
    happen(log);
    finish(log);
    expect(fact(read(log), 'slow.kind')).toBe(kind);
    expect(fact(read(log), 'slow.share')).toBe(1);
  });

  it('knows the start of an ASP.NET application by the gap before the first managed module', () => {
    const log = new FrebLog();
    begin(log, page);
    log.events.pop();
    log.events.pop();
    log
      .wait(3500)
      .event('VIRTUAL_MODULE_UNRESOLVED', { Name: 'Session', Type: 'System.Web.SessionState.SessionStateModule' });
    finish(log);
    expect(fact(read(log), 'slow.kind')).toBe('application-start');
  });

  it('gives a pending module its time until it completes', () => {
    const log = new FrebLog();
    begin(log);
    log.module('AspNetCoreModuleV2', 'EXECUTE_REQUEST_HANDLER', () => log.event('ANCM_REQUEST_FORWARD_START'), {
      result: 1,
    });
    log.wait(5000);
    log.event('NOTIFY_MODULE_COMPLETION', {
      ModuleName: 'AspNetCoreModuleV2',
      Notification: 128,
      fIsPostNotificationEvent: false,
      ErrorCode: 0,
    });
    finish(log);
    expect(fact(read(log), 'slow.kind')).toBe('backend');
    expect(fact(read(log), 'slow.ms')).toBe(5000);
    const place = read(log)?.observations.find((o) => o.name === 'slow.ms');
    expect(place).toMatchObject({ field: 'TimeCreated', raw: expect.stringMatching(/^5000 ms/) });
  });

  it.each([
    ['FastCgiModule', 'FASTCGI_ASSIGN_PROCESS', { IsNewProcess: true }],
    ['iisnode', 'GENERAL_SET_REQUEST_HEADER', { HeaderName: 'X', HeaderValue: '1' }],
    ['AspNetCoreModuleV2', 'ANCM_REQUEST_FORWARD_START', {}],
  ] as const)('takes an event without a readable time in %s for no wait before it', (module, touch, fields) => {
    const log = new FrebLog();
    begin(log);
    log.module(module, 'EXECUTE_REQUEST_HANDLER', () => log.event(touch, fields).wait(4000));
    finish(log);
    expect(fact(readEvidence('x', withoutTimeOf(touch, log)), 'slow.kind')).toBe('backend');
  });

  it('knows the start of a process when an event inside the wait has no readable time', () => {
    const log = new FrebLog();
    begin(log);
    log.module('FastCgiModule', 'EXECUTE_REQUEST_HANDLER', () =>
      log
        .event('FASTCGI_START')
        .wait(4000)
        .event('FASTCGI_ASSIGN_PROCESS', { IsNewProcess: true })
        .event('FASTCGI_END'),
    );
    finish(log);
    expect(fact(readEvidence('x', withoutTimeOf('FASTCGI_START', log)), 'slow.kind')).toBe('application-start');
  });

  it('looks into child requests', () => {
    const log = new FrebLog();
    begin(log);
    log.event('GENERAL_CHILD_REQUEST_START', {
      SiteId: 2,
      RequestURL: 'http://a/b',
      RequestVerb: 'GET',
      RecursiveLevel: 1,
    });
    log.module('IsapiModule', 'EXECUTE_REQUEST_HANDLER', () =>
      log.event('CALL_ISAPI_EXTENSION', { DllName: 'D:\\bin\\legacy.dll' }).wait(4000).event('ISAPI_EXTENSION_DONE'),
    );
    end(log, 1);
    log.event('GENERAL_CHILD_REQUEST_END', { BytesSent: 1, HttpStatus: 200, HttpSubStatus: 0 });
    finish(log);
    expect(fact(read(log), 'slow.where')).toBe('D:\\bin\\legacy.dll');
  });

  it('gives the time after the last event of a running request to what is open', () => {
    const log = new FrebLog({ failureReason: 'TIME_TAKEN', triggerStatusCode: '0', timeTaken: 30_016 });
    begin(log, page);
    beginRequest(log);
    log.event('AspNetHttpHandlerEnter').event('AspNetPageLoadEnter');
    const reading = read(log);
    expect(fact(reading, 'trace.ends')).toBe(false);
    expect(facts(reading, 'open-step')).toContain('AspNetPageLoadEnter');
    expect(fact(reading, 'slow.step')).toBe('AspNetPageLoad');
    expect(fact(reading, 'slow.ms')).toBe(30_016);
  });

  it('blames no module when IIS dropped the events in which the time lies', () => {
    const reading = readEvidence('x', slowPage({ ms: 61_000 }).bytes({ truncateAfter: 60 }));
    expect(reading.damage).toEqual(['truncated']);
    expect(fact(reading, 'slow.step')).toBeUndefined();
  });
});

describe('compare', () => {
  it('finds the file that could not be opened', () => {
    const url = 'http://intranet.example:80/secure/secret.html';
    const result = compareTraces(impersonation({ url }).bytes(), success({ url }).bytes());
    expect(result.parting).toMatchObject({
      why: 'result',
      bad: { name: 'FILE_CACHE_ACCESS_END', says: 'Successful=false 0x80070542' },
      good: { name: 'FILE_CACHE_ACCESS_END', says: 'Successful=true' },
    });
    expect(result.before!.bad.name).toBe('FILE_CACHE_ACCESS_START');
    expect(result.common).toBeGreaterThan(20);
  });

  it('finds no difference in two runs, whatever caches did', () => {
    const log = success();
    log.events.splice(
      log.events.findIndex((e) => e.name === 'FILE_CACHE_CREATE_FILE'),
      1,
    );
    expect(compareTraces(log.bytes(), success().bytes())).toMatchObject({ same: true, parting: null });
  });

  it('names the step that took longer', () => {
    const result = compareTraces(slowPage({ ms: 5000 }).bytes(), slowPage({ ms: 31 }).bytes());
    expect(result.same).toBe(true);
    expect(result.slower[0]).toMatchObject({ step: 'AspNetPageLoad' });
    expect(result.slower[0]!.badMs - result.slower[0]!.goodMs).toBe(4969);
  });

  it('says when a file is no FREB log', () => {
    expect(compareTraces(Buffer.from('hello'), success().bytes()).readable).toEqual({ bad: false, good: true });
  });

  it('withholds secrets', () => {
    const bad = new FrebLog({ url: 'http://a/x?token=geheim' });
    begin(bad);
    bad.error({ module: 'Own', stage: 'BEGIN_REQUEST', status: 500 });
    finish(bad);
    expect(JSON.stringify(compareTraces(bad.bytes(), success().bytes()))).not.toContain('geheim');
  });
});
