import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Reading } from '../../src/evidence/evidence.js';
import { impersonationTrace, knowledge, reading, trace } from './readings.js';

const judge = (r: Reading, slowMs?: number) => diagnose([r], knowledge, { slowMs }).files[0]!;

describe('one trace', () => {
  it('without a fault is the rule recording success', () => {
    const file = judge(trace('ok.xml', { 'final-status': 200 }));
    expect(file).toMatchObject({ verdict: 'no-fault', cause: null, confidence: null });
    expect(file.detail).toContain('successful answer');
  });

  it('says when the rule fired on an inner request', () => {
    const file = judge(trace('inner.xml', { 'final-status': 200, 'trigger-status': '304' }));
    expect(file.verdict).toBe('no-fault');
    expect(file.detail).toContain('304');
  });

  it('is slow from three seconds, or from where the caller says', () => {
    expect(judge(trace('s.xml', { 'final-status': 200, 'request.time-taken': 3125 })).verdict).toBe('slow');
    expect(judge(trace('s.xml', { 'final-status': 200, 'request.time-taken': 2999 })).verdict).toBe('no-fault');
    expect(judge(trace('s.xml', { 'final-status': 200, 'request.time-taken': 3125 }), 5000).verdict).toBe('no-fault');
  });

  it('is not slow when it failed', () => {
    const file = judge(
      trace('s.xml', {
        'final-status': 404,
        'request.time-taken': 9000,
        'decisive.code': '0x80070002',
        'slow.kind': 'other',
      }),
    );
    expect(file).toMatchObject({ verdict: 'failure', cause: 'file-not-found' });
  });

  it('names what took the time', () => {
    const slow = {
      'final-status': 200,
      'request.time-taken': 5000,
      'slow.kind': 'page-code',
      'slow.step': 'Page_Load',
      'slow.ms': 4900,
    };
    expect(judge(trace('s.xml', slow))).toMatchObject({
      verdict: 'slow',
      cause: 'slow-page-code',
      detail: 'Page_Load: 4900 of 5000 ms',
    });
    expect(judge(trace('s.xml', { ...slow, 'request.time-taken': 400 }))).toMatchObject({
      verdict: 'no-fault',
      cause: null,
    });
  });

  it('written while the request was running is slow, whatever its status', () => {
    const running = { 'failure-reason': 'TIME_TAKEN', 'request.time-taken': 61230 };
    expect(judge(trace('t.xml', { ...running, 'final-status': 200 }, { damage: ['truncated'] })).verdict).toBe('slow');
  });

  it('cut before anything decided the outcome proves nothing', () => {
    const file = judge(trace('c.xml', { 'final-status': 500, 'trace.ends': false }, { damage: ['cut-off'] }));
    expect(file).toMatchObject({ verdict: 'inconclusive', cause: null, next: ['whole-log'] });
    expect(file.damageNote).toContain('ends in the middle after event 120');
  });

  it('cut after the deciding event still names the cause', () => {
    const cut = { ...impersonationTrace('c.xml', { 'trace.ends': false }), damage: ['cut-off' as const] };
    expect(judge(cut)).toMatchObject({ verdict: 'failure', cause: 'impersonation-right-missing' });
    expect(judge(cut).damageNote).toContain('is in it');
  });

  it('with an unknown failure describes what it shows and claims no cause', () => {
    const file = judge(
      trace('u.xml', {
        'final-status': 500,
        'decisive.event': 'MODULE_SET_RESPONSE_ERROR_STATUS',
        'decisive.module': 'AcmeModule',
        'decisive.notification': 'BEGIN_REQUEST',
        'decisive.code': '0x8badf00d',
      }),
    );
    expect(file).toMatchObject({ verdict: 'failure', cause: null, confidence: null });
    expect(file.decisive).toMatchObject({
      module: 'AcmeModule',
      notification: 'BEGIN_REQUEST',
      errorCode: '0x8badf00d',
    });
    expect(file.detail).toContain('0x8badf00d');
  });

  it('without code or text says what its status means', () => {
    const file = judge(
      trace('u.xml', { 'final-status': 403, 'final-substatus': 2, 'decisive.module': 'IIS Web Core' }),
    );
    expect(file).toMatchObject({ verdict: 'failure', cause: null, next: ['verbose-trace'] });
    expect(file.detail).toMatch(/^403\.2: \S/);
  });

  it('read in spite of its damage says so', () => {
    const file = judge(trace('m.xml', { 'final-status': 200 }, { damage: ['malformed'] }));
    expect(file.verdict).toBe('no-fault');
    expect(file.damageNote).toContain('no event is missing');
  });

  it('of an open WebSocket is not slow', () => {
    expect(judge(trace('w.xml', { 'final-status': 101, 'request.time-taken': 600000 })).verdict).toBe('no-fault');
  });

  it('shows the decisive event with its number', () => {
    const { decisive, evidence, request } = judge(impersonationTrace('i.xml'));
    expect(decisive?.event).toBeGreaterThan(0);
    expect(evidence.some((e) => e.event !== null && e.value === '0x80070542')).toBe(true);
    expect(request).toMatchObject({
      verb: 'GET',
      status: 500,
      substatus: 0,
      appPool: 'Portal',
      server: 'WEB07',
      processId: 7120,
    });
  });
});

describe('0x80070542', () => {
  it.each(['0x80070542', '0xc00000a5'])('as %s in the deciding event is the missing right', (code) => {
    expect(judge(impersonationTrace('i.xml', { 'decisive.code': code }))).toMatchObject({
      verdict: 'failure',
      cause: 'impersonation-right-missing',
      confidence: 'likely',
      next: ['rights-export', 'pool-identity', 'policy-report'],
    });
  });

  it('beats every other cause where nothing else explains the status', () => {
    const facts = {
      'final-status': 404,
      'final-substatus': 3,
      'code.seen': '0x80070542',
      'decisive.module': 'StaticFileModule',
    };
    expect(judge(trace('i.xml', facts)).cause).toBe('impersonation-right-missing');
  });

  it('in some other event leaves a deciding event that has its own code alone', () => {
    const facts = {
      'decisive.code': '0x80070002',
      'final-status': 404,
      'code.seen': '0x80070542',
      'decisive.module': 'IIS Web Core',
    };
    expect(judge(trace('i.xml', facts)).cause).toBe('file-not-found');
    const leg = { ...facts, 'final-status': 401, 'final-substatus': 2, 'decisive.code': '0x80070005' };
    expect(judge(trace('i.xml', { ...leg, 'response.offers': ['NTLM'] })).cause).toBe('authentication-challenge');
    expect(judge(trace('i.xml', { 'final-status': 200, 'code.seen': '0x80070542' }))).toMatchObject({
      cause: 'impersonation-right-missing',
      confidence: 'possible',
    });
  });

  it('passed on by the handler whose application threw it belongs to the application', () => {
    const thrown = impersonationTrace('a.xml', {
      'decisive.module': 'ManagedPipelineHandler',
      'exception.origin': 'aspnet',
      'exception.message': 'Could not load',
      'exception.code': '0x80070542',
    });
    expect(judge(thrown).cause).toBe('impersonation-level-in-application');
    const other = impersonationTrace('a.xml', {
      'exception.origin': 'aspnet',
      'exception.message': 'Error page broke',
    });
    expect(judge(other).cause).toBe('impersonation-right-missing');
  });

  it('of a failed file open is the missing right', () => {
    const facts = {
      'final-status': 500,
      'decisive.module': 'StaticFileModule',
      'code.file-open': '0x80070542',
      'file.requested': 'D:\\site\\a.css',
    };
    expect(judge(trace('i.xml', facts))).toMatchObject({
      cause: 'impersonation-right-missing',
      detail: expect.stringContaining('a.css'),
    });
  });

  it('quoted in a URL or in the text of an error page claims nothing', () => {
    const quoted = trace('q.xml', {
      'request.url': 'http://portal/kb/0x80070542',
      'final-status': 500,
      'decisive.module': 'ManagedPipelineHandler',
      'exception.origin': 'iis',
      'exception.message': 'Error 0x80070542',
    });
    expect(judge(quoted).cause).not.toBe('impersonation-right-missing');
    expect(judge(quoted).cause).not.toBe('impersonation-level-in-application');
  });

  it("inside an application's exception is the application's own impersonation", () => {
    const inside = trace('a.xml', {
      'final-status': 500,
      'decisive.module': 'ManagedPipelineHandler',
      'decisive.notification': 'EXECUTE_REQUEST_HANDLER',
      'exception.origin': 'aspnet',
      'exception.type': 'System.IO.FileLoadException',
      'exception.message': "Could not load 'System.EnterpriseServices' (Exception from HRESULT: 0x80070542)",
    });
    expect(judge(inside)).toMatchObject({ verdict: 'failure', cause: 'impersonation-level-in-application' });
  });

  it('is not 500.24', () => {
    const facts = {
      'final-status': 500,
      'final-substatus': 24,
      'decisive.code': '0x80070032',
      'decisive.module': 'ConfigurationValidationModule',
    };
    expect(judge(trace('24.xml', facts)).cause).toBe('aspnet-impersonation-config');
  });
});

describe('other evidence', () => {
  it('that is not evidence is unreadable', () => {
    const file = judge(reading('cat.png', 'unknown', {}, { refusal: 'not-text', looksLike: 'a PNG image' }));
    expect(file).toMatchObject({ verdict: 'unreadable', refusal: 'not-text', looksLike: 'a PNG image' });
  });

  it('an HTTPERR log that names a stopped pool', () => {
    const file = judge(
      reading('httperr1.log', 'access-log', { 'access.lines': 5, 'access.failures': 5, 'access.reason': 'AppOffline' }),
    );
    expect(file).toMatchObject({ verdict: 'failure', cause: 'application-pool-stopped' });
  });

  it('a pasted event is judged like a trace, and never confirmed', () => {
    const file = judge(
      reading('pasted', 'fragment', {
        'decisive.event': 'MODULE_SET_RESPONSE_ERROR_STATUS',
        'decisive.module': 'IIS Web Core',
        'decisive.status': 404,
        'decisive.code': '0x80070002',
      }),
    );
    expect(file).toMatchObject({
      verdict: 'failure',
      cause: 'file-not-found',
      confidence: 'likely',
      request: { status: 404 },
    });
  });
});
