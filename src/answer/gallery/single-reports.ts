import type { FileVerdict, Report } from '../../diagnosis/report.js';
import { blank, sampleDecisive, sampleFinding, sampleReport, sampleTrace, statusEvent } from './kit.js';
import { page } from './right-reports.js';

const unknownFailure = sampleReport([
  sampleTrace(
    {
      name: 'fr000004.xml',
      decisive: sampleDecisive(118, 'ContosoAuthModule', 'AUTHORIZE_REQUEST', '0x8bad1234'),
      evidence: [{ event: 118, eventName: statusEvent, field: 'ErrorCode', value: '2343375412' }],
      detail: '0x8bad1234',
      withheld: 3,
      next: ['successful-log'],
    },
    { status: 500, url: 'http://intranet:80/api/orders?id=…', appPool: 'Intranet' },
  ),
]);

const noCode = sampleReport([
  sampleTrace(
    {
      name: 'fr000005.xml',
      decisive: sampleDecisive(96, 'ManagedPipelineHandler', 'EXECUTE_REQUEST_HANDLER', null),
      evidence: [{ event: 96, eventName: statusEvent, field: 'HttpStatus', value: '503' }],
      next: ['successful-log'],
    },
    { status: 503, url: 'http://intranet:80/report.aspx', appPool: 'Intranet' },
  ),
]);

export const fileNotFound = (() => {
  const file = sampleTrace(
    {
      name: 'fr000007.xml',
      cause: 'file-not-found',
      confidence: 'confirmed',
      decisive: sampleDecisive(64, 'IIS Web Core', 'MAP_REQUEST_HANDLER', '0x80070002'),
      evidence: [{ event: 64, eventName: statusEvent, field: 'ErrorCode', value: '2147942402' }],
      detail: 'C:\\inetpub\\wwwroot\\missing.html is not there',
      withheld: 1,
    },
    { status: 404, url: 'http://www.contoso.example:80/missing.html', appPool: 'DefaultAppPool' },
  );
  return sampleReport(
    [file],
    [
      sampleFinding('file-not-found', [file], {
        confidence: 'confirmed',
        facts: { 'file.requested': 'C:\\inetpub\\wwwroot\\missing.html' },
      }),
    ],
  );
})();

const exception = (() => {
  const file = sampleTrace(
    {
      name: 'fr000018.xml',
      cause: 'aspnet-unhandled-exception',
      confidence: 'confirmed',
      decisive: sampleDecisive(142, 'ManagedPipelineHandler', 'EXECUTE_REQUEST_HANDLER', null),
      evidence: [{ event: 142, eventName: statusEvent, field: 'HttpStatus', value: '500' }],
      detail:
        'System.NullReferenceException: Object reference not set to an instance of an object. (Default.aspx.cs, line 27)',
      withheld: 4,
    },
    { url: 'http://shop:80/Default.aspx', appPool: 'Shop' },
  );
  const facts = {
    'exception.type': 'System.NullReferenceException',
    'exception.message': 'Object reference not set to an instance of an object.',
    'exception.file': 'Default.aspx.cs',
    'exception.line': '27',
  };
  return sampleReport(
    [file],
    [sampleFinding('aspnet-unhandled-exception', [file], { confidence: 'confirmed', facts })],
  );
})();

const challenge = (() => {
  const file = sampleTrace(
    {
      name: 'fr000032.xml',
      verdict: 'challenge',
      cause: 'authentication-challenge',
      confidence: 'confirmed',
      decisive: sampleDecisive(48, 'IIS Web Core', 'AUTHENTICATE_REQUEST', '0x80070005'),
      evidence: [{ event: 48, eventName: statusEvent, field: 'ErrorCode', value: '2147942405' }],
      withheld: 1,
    },
    { status: 401, substatus: 2 },
  );
  return sampleReport([file], [sampleFinding('authentication-challenge', [file], { confidence: 'confirmed' })]);
})();

const slowTimeline = [
  { step: 'HANDLER_CHANGED to VIRTUAL_MODULE_UNRESOLVED', startMs: 0, durationMs: 140, firstEvent: 40, lastEvent: 41 },
  {
    step: 'AspNetPageLoad',
    module: 'ManagedPipelineHandler',
    notification: 'EXECUTE_REQUEST_HANDLER',
    startMs: 156,
    durationMs: 5016,
    firstEvent: 96,
    lastEvent: 97,
  },
  { step: 'GENERAL_FLUSH_RESPONSE', startMs: 5172, durationMs: 31, firstEvent: 120, lastEvent: 121 },
];
const slowFile = sampleTrace(
  {
    name: 'fr000028.xml',
    verdict: 'slow',
    evidence: [{ event: null, field: 'timeTaken', value: '5203' }],
    detail: 'AspNetPageLoad: 5016 ms',
    timeline: slowTimeline,
  },
  { status: 200, timeTakenMs: 5203, url: 'http://shop:80/slow.aspx', appPool: 'Shop' },
);
const slow = (() => {
  const file: FileVerdict = { ...slowFile, cause: 'slow-page-code', confidence: 'confirmed' };
  const facts = { 'slow.step': 'AspNetPageLoad', 'slow.ms': '5016' };
  return sampleReport([file], [sampleFinding('slow-page-code', [file], { confidence: 'confirmed', facts })]);
})();
const slowUnknown = sampleReport([slowFile]);

const aborted = (() => {
  const file = sampleTrace(
    {
      name: 'fr000064.xml',
      verdict: 'aborted',
      cause: 'rewrite-abort',
      confidence: 'confirmed',
      decisive: null,
      evidence: [{ event: 22, eventName: 'ABORT_REQUEST_ACTION', field: 'RuleName', value: 'BlockScanners' }],
      detail: 'The rule "BlockScanners" aborts such requests.',
    },
    { status: 0, url: 'http://www:80/wp-login.php' },
  );
  return sampleReport(
    [file],
    [sampleFinding('rewrite-abort', [file], { confidence: 'confirmed', facts: { 'rewrite.rule': 'BlockScanners' } })],
  );
})();

export const noFault = sampleReport([{ ...page, name: 'fr000001.xml' }]);

const cutOff = sampleReport([
  sampleTrace(
    {
      name: 'fr000009.xml',
      verdict: 'inconclusive',
      damage: ['cut-off'],
      damageNote: 'This copy ends in the middle after event 61; what decided the outcome is not in it.',
      evidence: [{ event: null, field: 'statusCode', value: '500' }],
      next: ['whole-log'],
    },
    { url: 'http://shop:80/cart.aspx' },
  ),
]);

export const unreadable = sampleReport([
  {
    ...blank,
    name: 'photo.xml',
    kind: 'unknown',
    verdict: 'unreadable',
    refusal: 'picture',
    looksLike: 'a PNG image',
  },
]);

/** One file each: every other verdict. */
export const singleReports: Readonly<Record<string, Report>> = {
  'failure-unknown-code': unknownFailure,
  'failure-no-code': noCode,
  'file-not-found': fileNotFound,
  'aspnet-exception': exception,
  challenge,
  slow,
  'slow-unknown': slowUnknown,
  aborted,
  'no-fault': noFault,
  'cut-off': cutOff,
  unreadable,
};
