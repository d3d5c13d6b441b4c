import type { ServerForecast } from '../../diagnosis/fleet/forecast.js';
import type { FileVerdict, Group, Report } from '../../diagnosis/report.js';
import { blank, right, sampleDecisive, sampleFinding, sampleReport, sampleTrace, statusEvent } from './kit.js';
import { log, page } from './right-reports.js';

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

const fileNotFound = (() => {
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

const noFault = sampleReport([{ ...page, name: 'fr000001.xml' }]);

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

const unreadable = sampleReport([
  {
    ...blank,
    name: 'photo.xml',
    kind: 'unknown',
    verdict: 'unreadable',
    refusal: 'picture',
    looksLike: 'a PNG image',
  },
]);

const group = (g: Partial<Group>): Group => ({ cause: null, count: 1, example: 'fr000001.xml', title: '', ...g });

/** Returns the same fault again under other names and paths. */
function copies(file: FileVerdict, count: number, first: number): FileVerdict[] {
  return Array.from({ length: count }, (_, i) => ({
    ...file,
    name: `fr${String(first + i).padStart(6, '0')}.xml`,
    request: file.request && { ...file.request, url: `http://portal:80/img/${i % 3}.png` },
  }));
}

const failing = copies(log, 12, 101);
const missing = copies(fileNotFound.files[0]!, 5, 201);
const mixed = sampleReport(
  [...failing, ...missing, { ...noFault.files[0]!, name: 'fr000301.xml' }, unreadable.files[0]!],
  [
    sampleFinding(right, failing, { missing: ['rights-export', 'policy-report', 'pool-identity'] }),
    { ...fileNotFound.diagnosis.findings[0]!, files: missing.map((f) => f.name) },
  ],
  [
    group({
      cause: right,
      verdict: 'failure',
      count: 12,
      example: 'fr000101.xml',
      title: 'The worker process lost the right to impersonate users',
      by: {
        pool: [['Portal', 12]],
        site: [['2', 12]],
        url: [0, 1, 2].map((n): [string, number] => [`http://portal:80/img/${n}.png`, 4]),
        hour: [['2026-06-08T19', 12]],
      },
    }),
    group({
      cause: 'file-not-found',
      verdict: 'failure',
      count: 5,
      example: 'fr000201.xml',
      title: 'The file does not exist',
      by: { pool: [['DefaultAppPool', 5]], site: [['1', 5]], url: [['http://portal:80/img/0.png', 5]], hour: [] },
    }),
    group({ verdict: 'no-fault', count: 1, example: 'fr000301.xml', title: '200' }),
  ],
  'failure',
);
const sameFault = sampleReport(
  failing,
  [sampleFinding(right, failing, { missing: ['rights-export', 'policy-report', 'pool-identity'] })],
  [
    group({
      cause: right,
      verdict: 'failure',
      count: 12,
      example: 'fr000101.xml',
      title: 'The worker process lost the right',
    }),
  ],
);

/** A log whose every text is hostile: mentions, markup, links, terminal escapes, direction marks. */
const hostileText =
  '<!channel> <@U0001> *b* `c` [x](https://evil.example) <script>alert(1)</script> @everyone \u001b[31mred\u0007 \u202egnp.exe {line} {{x}}';
const hostile = (() => {
  const file = sampleTrace(
    {
      name: `${hostileText}.xml`,
      cause: right,
      confidence: 'likely',
      decisive: {
        event: 7,
        name: statusEvent,
        module: hostileText,
        notification: 'AUTHENTICATE_REQUEST',
        errorCode: '0x80070542',
      },
      evidence: [{ event: 7, eventName: statusEvent, field: 'ErrorCode', value: '2147943746' }],
      detail: hostileText,
      next: ['rights-export'],
    },
    { url: `http://h/${hostileText}`, appPool: hostileText, server: hostileText, verb: hostileText },
  );
  return sampleReport(
    [file],
    [
      sampleFinding(right, [file], {
        facts: { pool: hostileText, server: hostileText, gpo: hostileText, 'gpo.place': `GPO ${hostileText}` },
      }),
    ],
  );
})();

const preflight = (() => {
  const policy = { ...blank, name: 'GptTmpl.inf', kind: 'rights-export' as const, origin: 'template' as const };
  const holders = ['*S-1-5-19', '*S-1-5-20', '*S-1-5-32-544', '*S-1-5-6'];
  const line = 'SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6,*S-1-5-32-568';
  const server = (name: string, pool: string, outcome: 'fails' | 'works'): ServerForecast => ({
    server: name,
    files: [`${name}/applicationHost.config`, `${name}/ur.inf`],
    iis: true,
    pools: [
      {
        pool,
        identity: outcome === 'fails' ? 'SpecificUser' : 'ApplicationPoolIdentity',
        account: outcome === 'fails' ? 'CONTOSO\\svc_web' : null,
        outcome,
        rights: outcome === 'fails' ? ['SeImpersonatePrivilege'] : [],
        already: false,
      },
    ],
    holders: [...holders, '*S-1-5-32-568'],
    missing: [],
    gpo: null,
  });
  const report = sampleReport([policy]);
  return {
    ...report,
    fleet: {
      policies: [{ file: policy.name, name: null, rights: [{ right: 'SeImpersonatePrivilege' as const, holders }] }],
      servers: [server('WEB01', 'Shop', 'fails'), server('WEB02', 'Intranet', 'works')],
      lines: [{ right: 'SeImpersonatePrivilege' as const, line, policy: policy.name }],
      rivals: [],
      effects: [],
      otherDomains: [],
    },
  };
})();

/** Every other verdict, many files, and a log whose text is hostile. */
export const otherReports: Readonly<Record<string, Report>> = {
  'failure-unknown-code': unknownFailure,
  'failure-no-code': noCode,
  'file-not-found': fileNotFound,
  'aspnet-exception': exception,
  challenge: challenge,
  slow: slow,
  'slow-unknown': slowUnknown,
  aborted: aborted,
  'no-fault': noFault,
  'cut-off': cutOff,
  unreadable: unreadable,
  'many-mixed': mixed,
  'many-same-fault': sameFault,
  preflight: preflight,
  hostile: hostile,
};
