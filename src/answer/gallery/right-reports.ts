import type { FileVerdict, Report } from '../../diagnosis/report.js';
import { at73, blank, request, right, sampleDecisive, sampleFinding, sampleReport, sampleTrace } from './kit.js';

export const log = sampleTrace({
  cause: right,
  confidence: 'likely',
  decisive: sampleDecisive(73, 'IIS Web Core', 'AUTHENTICATE_REQUEST', '0x80070542'),
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

const line = '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6,*S-1-5-32-568';
const listFacts = {
  pool: 'Portal',
  server: 'WEB03',
  holders: '*S-1-5-19, *S-1-5-20, *S-1-5-32-544, *S-1-5-6',
  missing: 'S-1-5-32-568',
  line,
};
const noName = 'An export carries no computer name; I take ur.inf as the list of WEB03.';

const likely = sampleReport([log], [sampleFinding(right, [log])]);

const keeps =
  'The pool Portal runs as ApplicationPoolIdentity, which has the right through SERVICE or its own account. Missing IIS_IUSRS alone does not explain the fault while those hold it.';

const contradicted = sampleReport(
  [log, exported, pools],
  [
    sampleFinding(right, [log, exported], {
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

export const page = sampleTrace(
  {
    name: 'fr000031.xml',
    verdict: 'no-fault',
    detail: 'The trace rule recorded a successful answer (200).',
    withheld: 1,
  },
  { url: 'http://portal.contoso.example:80/default.aspx', status: 200 },
);
const style = { ...log, request: { ...request, url: 'http://portal.contoso.example:80/style.css' } };
const pageAndParts = sampleReport(
  [page, style],
  [
    sampleFinding(right, [style], {
      remarks: [
        'fr000031.xml is from the same pool and was answered, fr000032.xml failed: managed pages are served without opening a file as the caller, style sheets and pictures are not. That is why a page comes as bare text.',
      ],
    }),
  ],
  [],
  'failure',
);

const exportAlone = sampleReport(
  [exported],
  [sampleFinding(right, [exported], { missing: ['freb-log', 'policy-report', 'pool-identity'], facts: listFacts })],
);

const exportInOrder = sampleReport([
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

const notDefined = sampleReport([
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

const consoleToken = sampleReport([
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

/** The flagship in all its shapes, and the evidence around it. */
export const rightReports: Readonly<Record<string, Report>> = {
  'right-likely': likely,
  'right-contradicted': contradicted,
  'right-page-and-parts': pageAndParts,
  'right-export-alone': exportAlone,
  'export-in-order': exportInOrder,
  'template-not-defined': notDefined,
  'console-token': consoleToken,
};
