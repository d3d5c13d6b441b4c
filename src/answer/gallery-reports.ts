import type { FileVerdict, Finding, Group, Proof, Report, Verdict } from '../diagnosis/report.js';

/**
 * Reports as the diagnosis yields them, made up for the gallery and fixed for good: one for every shape an answer can
 * take. Causes are named by id; a gallery entry is left out where the knowledge at hand has no such card.
 */
const right = 'impersonation-right-missing';

const blank: FileVerdict = {
  name: 'fr000032.xml',
  kind: 'freb-log',
  origin: null,
  verdict: 'failure',
  cause: null,
  confidence: null,
  damage: [],
  request: null,
  decisive: null,
  evidence: [],
  detail: null,
  withheld: 0,
  next: [],
};

const request = {
  verb: 'GET',
  url: 'http://portal.contoso.example:80/secure/secret.html',
  status: 500,
  substatus: 0,
  timeTakenMs: 47,
  appPool: 'Portal',
  server: 'WEB03',
  time: '2026-06-08T19:53:49Z',
  processId: 7120,
};

const statusEvent = 'MODULE_SET_RESPONSE_ERROR_STATUS';

function trace(change: Partial<FileVerdict>, asked: Partial<typeof request> = {}): FileVerdict {
  return { ...blank, request: { ...request, ...asked }, ...change };
}

function decided(event: number, module: string, notification: string, errorCode: string | null) {
  return { event, name: statusEvent, module, notification, errorCode };
}

const at73 = (field: string, value: string) => ({ event: 73, eventName: statusEvent, field, value });

const log = trace({
  cause: right,
  confidence: 'likely',
  decisive: decided(73, 'IIS Web Core', 'AUTHENTICATE_REQUEST', '0x80070542'),
  evidence: [
    at73('HttpStatus', '500'),
    at73('ModuleName', 'IIS Web Core'),
    at73('ErrorCode', '2147943746'),
    at73('Notification', '2'),
    { event: 71, eventName: 'FILE_CACHE_ACCESS_END', field: 'ErrorCode', value: '2147943746' },
  ],
  detail: 'C:\\inetpub\\portal\\secure\\secret.html could not be opened as the caller (0x80070542)',
  withheld: 2,
  next: ['rights-export', 'policy-report', 'pool-identity'],
});

const list = { event: 42, field: 'SeImpersonatePrivilege', value: '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6' };

const exported: FileVerdict = {
  ...blank,
  name: 'ur.inf',
  kind: 'rights-export',
  form: 'secedit-export',
  origin: 'machine',
  cause: right,
  confidence: 'likely',
  evidence: [list],
  detail: 'IIS is installed here and IIS_IUSRS (S-1-5-32-568) is not among the holders of SeImpersonatePrivilege.',
  next: ['freb-log', 'policy-report', 'pool-identity'],
};

const pools: FileVerdict = {
  ...blank,
  name: 'pools.txt',
  kind: 'server-config',
  form: 'appcmd-apppool',
  verdict: 'no-fault',
  evidence: [{ event: 9, field: 'identityType', value: 'ApplicationPoolIdentity' }],
  detail: 'No pool here depends on IIS_IUSRS alone.',
};

function proofOf(...files: FileVerdict[]): Proof[] {
  return files.flatMap((file) => file.evidence.map((e) => ({ file: file.name, ...e })));
}

function found(cause: string, files: FileVerdict[], change: Partial<Finding> = {}): Finding {
  return {
    cause,
    confidence: 'likely',
    proof: proofOf(...files),
    contradictedBy: [],
    missing: files[0]!.next,
    files: files.map((f) => f.name),
    remarks: [],
    facts: { pool: 'Portal', server: 'WEB03' },
    ...change,
  };
}

function report(files: FileVerdict[], findings: Finding[] = [], groups: Group[] = [], verdict?: Verdict): Report {
  return { files, diagnosis: { verdict: verdict ?? files[0]!.verdict, findings }, groups };
}

const line = '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6,*S-1-5-32-568';
const listFacts = {
  pool: 'Portal',
  server: 'WEB03',
  holders: '*S-1-5-19, *S-1-5-20, *S-1-5-32-544, *S-1-5-6',
  missing: 'S-1-5-32-568',
  line,
};
const noName = 'An export carries no computer name; I take ur.inf as the list of WEB03.';

const likely = report([log], [found(right, [log])]);

const confirmed = report(
  [log, exported],
  [
    found(right, [log, exported], {
      confidence: 'confirmed',
      missing: ['pool-identity', 'policy-report'],
      remarks: [noName],
      facts: listFacts,
    }),
  ],
);

const keeps =
  'The pool Portal runs as ApplicationPoolIdentity, which has the right through SERVICE or its own account. Missing IIS_IUSRS alone does not explain the fault while those hold it.';

const contradicted = report(
  [log, exported, pools],
  [
    found(right, [log, exported], {
      confidence: 'possible',
      contradictedBy: [
        { file: 'pools.txt', event: 9, field: 'identityType', value: 'ApplicationPoolIdentity', says: keeps },
      ],
      missing: ['policy-report', 'worker-token'],
      remarks: [noName, keeps],
      facts: { ...listFacts, identity: 'ApplicationPoolIdentity' },
    }),
  ],
);

const gpo: FileVerdict = {
  ...blank,
  name: 'gp.html',
  kind: 'policy-report',
  form: 'gpresult-html',
  cause: right,
  confidence: 'likely',
  evidence: [
    { event: null, field: 'Setting', value: 'Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE' },
    { event: null, field: 'Winning GPO', value: 'Server Hardening 2026' },
  ],
  detail:
    'GPO "Server Hardening 2026" sets SeImpersonatePrivilege without IIS_IUSRS: correct it there if this machine runs IIS.',
  next: ['freb-log', 'pool-identity'],
};

const withGpo = report(
  [log, exported, gpo],
  [
    found(right, [log, exported, gpo], {
      confidence: 'confirmed',
      missing: ['pool-identity'],
      remarks: [noName],
      facts: { ...listFacts, gpo: 'Server Hardening 2026', 'gpo.state': 'winning' },
    }),
  ],
);

const page = trace(
  {
    name: 'fr000031.xml',
    verdict: 'no-fault',
    detail: 'The trace rule recorded a successful answer (200).',
    withheld: 1,
  },
  { url: 'http://portal.contoso.example:80/default.aspx', status: 200 },
);
const style = { ...log, request: { ...request, url: 'http://portal.contoso.example:80/style.css' } };
const pageAndParts = report(
  [page, style],
  [
    found(right, [style], {
      remarks: [
        'fr000031.xml is from the same pool and was answered, fr000032.xml failed: managed pages are served without opening a file as the caller, style sheets and pictures are not. That is why a page comes as bare text.',
      ],
    }),
  ],
  [],
  'failure',
);

const exportAlone = report(
  [exported],
  [found(right, [exported], { missing: ['freb-log', 'policy-report', 'pool-identity'], facts: listFacts })],
);

const exportInOrder = report([
  {
    ...exported,
    verdict: 'no-fault',
    cause: null,
    confidence: null,
    evidence: [{ ...list, value: line }],
    detail:
      'IIS_IUSRS and the service accounts hold the right. If 0x80070542 persists, the worker process still has an old token, or its pool keeps it out of IIS_IUSRS (manualGroupMembership).',
    next: ['worker-token', 'pool-identity'],
  },
]);

const notDefined = report([
  {
    ...exported,
    name: 'GptTmpl.inf',
    form: 'gpttmpl',
    origin: 'template',
    verdict: 'inconclusive',
    cause: null,
    confidence: null,
    evidence: [],
    detail: 'This policy does not define SeImpersonatePrivilege; it neither gives the right nor takes it away.',
    next: ['policy-report', 'rights-export'],
  },
]);

const consoleToken = report([
  {
    ...blank,
    name: 'whoami.txt',
    kind: 'token-listing',
    form: 'whoami-all',
    verdict: 'inconclusive',
    evidence: [{ event: 31, field: 'Group', value: 'S-1-5-4' }],
    detail: 'This is the token of a console, not of the worker process. It proves nothing about the pool.',
    withheld: 2,
    next: ['worker-token'],
  },
]);

const unknownFailure = report([
  trace(
    {
      name: 'fr000004.xml',
      decisive: decided(118, 'ContosoAuthModule', 'AUTHORIZE_REQUEST', '0x8bad1234'),
      evidence: [{ event: 118, eventName: statusEvent, field: 'ErrorCode', value: '2343375412' }],
      detail: '0x8bad1234',
      withheld: 3,
      next: ['successful-log'],
    },
    { status: 500, url: 'http://intranet:80/api/orders?id=(withheld)', appPool: 'Intranet' },
  ),
]);

const noCode = report([
  trace(
    {
      name: 'fr000005.xml',
      decisive: decided(96, 'ManagedPipelineHandler', 'EXECUTE_REQUEST_HANDLER', null),
      evidence: [{ event: 96, eventName: statusEvent, field: 'HttpStatus', value: '503' }],
      next: ['successful-log'],
    },
    { status: 503, url: 'http://intranet:80/report.aspx', appPool: 'Intranet' },
  ),
]);

const fileNotFound = (() => {
  const file = trace(
    {
      name: 'fr000007.xml',
      cause: 'file-not-found',
      confidence: 'confirmed',
      decisive: decided(64, 'IIS Web Core', 'MAP_REQUEST_HANDLER', '0x80070002'),
      evidence: [{ event: 64, eventName: statusEvent, field: 'ErrorCode', value: '2147942402' }],
      detail: 'C:\\inetpub\\wwwroot\\missing.html is not there',
      withheld: 1,
    },
    { status: 404, url: 'http://www.contoso.example:80/missing.html', appPool: 'DefaultAppPool' },
  );
  return report(
    [file],
    [
      found('file-not-found', [file], {
        confidence: 'confirmed',
        facts: { 'file.requested': 'C:\\inetpub\\wwwroot\\missing.html' },
      }),
    ],
  );
})();

const exception = (() => {
  const file = trace(
    {
      name: 'fr000018.xml',
      cause: 'aspnet-unhandled-exception',
      confidence: 'confirmed',
      decisive: decided(142, 'ManagedPipelineHandler', 'EXECUTE_REQUEST_HANDLER', null),
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
  return report([file], [found('aspnet-unhandled-exception', [file], { confidence: 'confirmed', facts })]);
})();

const challenge = (() => {
  const file = trace(
    {
      name: 'fr000032.xml',
      verdict: 'challenge',
      cause: 'authentication-challenge',
      confidence: 'confirmed',
      decisive: decided(48, 'IIS Web Core', 'AUTHENTICATE_REQUEST', '0x80070005'),
      evidence: [{ event: 48, eventName: statusEvent, field: 'ErrorCode', value: '2147942405' }],
      withheld: 1,
    },
    { status: 401, substatus: 2 },
  );
  return report([file], [found('authentication-challenge', [file], { confidence: 'confirmed' })]);
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
const slowFile = trace(
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
  return report([file], [found('slow-page-code', [file], { confidence: 'confirmed', facts })]);
})();
const slowUnknown = report([slowFile]);

const aborted = (() => {
  const file = trace(
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
  return report(
    [file],
    [found('rewrite-abort', [file], { confidence: 'confirmed', facts: { 'rewrite.rule': 'BlockScanners' } })],
  );
})();

const noFault = report([{ ...page, name: 'fr000001.xml' }]);

const cutOff = report([
  trace(
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

const unreadable = report([
  {
    ...blank,
    name: 'photo.xml',
    kind: 'unknown',
    verdict: 'unreadable',
    refusal: 'not-text',
    looksLike: 'a PNG image',
  },
]);

const group = (g: Partial<Group>): Group => ({ cause: null, count: 1, example: 'fr000001.xml', title: '', ...g });
const mixedFiles = [
  log,
  { ...fileNotFound.files[0]! },
  { ...noFault.files[0]!, name: 'fr000002.xml' },
  { ...unreadable.files[0]! },
];
const mixed = report(
  mixedFiles,
  [found(right, [log]), { ...fileNotFound.diagnosis.findings[0]! }],
  [
    group({
      cause: right,
      verdict: 'failure',
      count: 412,
      example: 'fr000032.xml',
      title: 'The worker process lost the right to impersonate users',
      by: {
        pool: [['Portal', 412]],
        site: [['2', 412]],
        url: [
          ['http://portal/a', 300],
          ['http://portal/b', 112],
        ],
        hour: [['2026-06-08T19', 412]],
      },
    }),
    group({
      cause: 'file-not-found',
      verdict: 'failure',
      count: 17,
      example: 'fr000007.xml',
      title: 'A file that is not there was asked for',
      by: { pool: [['DefaultAppPool', 17]], site: [['1', 17]], url: [['http://www/missing.html', 17]], hour: [] },
    }),
    group({ verdict: 'no-fault', count: 1, example: 'fr000002.xml', title: '200' }),
  ],
  'failure',
);

/** A log whose every text is hostile: mentions, markup, links, terminal escapes, direction marks. */
const hostileText =
  '<!channel> <@U0001> *b* `c` [x](https://evil.example) <script>alert(1)</script> @everyone \u001b[31mred\u0007 \u202egnp.exe {line} {{x}}';
const hostile = (() => {
  const file = trace(
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
  return report(
    [file],
    [found(right, [file], { facts: { pool: hostileText, server: hostileText, gpo: hostileText } })],
  );
})();

/** Every example, by the name of its golden. */
export const galleryReports: Readonly<Record<string, Report>> = {
  'right-likely': likely,
  'right-confirmed': confirmed,
  'right-confirmed-gpo': withGpo,
  'right-contradicted': contradicted,
  'right-page-and-parts': pageAndParts,
  'right-export-alone': exportAlone,
  'export-in-order': exportInOrder,
  'template-not-defined': notDefined,
  'console-token': consoleToken,
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
  'many-mixed': mixed,
  hostile,
};
