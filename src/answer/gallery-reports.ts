import type { FileVerdict, Finding, Report } from '../diagnosis/report.js';

// Reports as the diagnosis yields them, made up for the gallery: one for every shape an answer can take.

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

const log: FileVerdict = {
  ...blank,
  cause: right,
  confidence: 'likely',
  request,
  decisive: {
    event: 73,
    name: 'MODULE_SET_RESPONSE_ERROR_STATUS',
    module: 'IIS Web Core',
    notification: 'AUTHENTICATE_REQUEST',
    errorCode: '0x80070542',
  },
  evidence: [
    { event: 73, eventName: 'MODULE_SET_RESPONSE_ERROR_STATUS', field: 'HttpStatus', value: '500' },
    { event: 73, eventName: 'MODULE_SET_RESPONSE_ERROR_STATUS', field: 'ModuleName', value: 'IIS Web Core' },
    { event: 73, eventName: 'MODULE_SET_RESPONSE_ERROR_STATUS', field: 'ErrorCode', value: '2147943746' },
    { event: 73, eventName: 'MODULE_SET_RESPONSE_ERROR_STATUS', field: 'Notification', value: '2' },
  ],
  detail:
    'IIS_IUSRS lost the right to impersonate: C:\\inetpub\\portal\\secure\\secret.html could not be opened as the caller (0x80070542)',
  withheld: 2,
  next: ['rights-export', 'policy-report', 'pool-identity'],
};

const exported: FileVerdict = {
  ...blank,
  name: 'ur.inf',
  kind: 'rights-export',
  form: 'secedit-export',
  origin: 'machine',
  cause: right,
  confidence: 'likely',
  evidence: [
    {
      event: 42,
      field: 'SeImpersonatePrivilege',
      value: '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6',
    },
  ],
  detail: 'IIS is installed here and IIS_IUSRS (S-1-5-32-568) is not among the holders of SeImpersonatePrivilege.',
  next: ['freb-log', 'policy-report', 'pool-identity'],
};

const proofOf = (file: FileVerdict) => file.evidence.map((e) => ({ file: file.name, ...e }));

const finding: Finding = {
  cause: right,
  confidence: 'likely',
  proof: proofOf(log),
  contradictedBy: [],
  missing: ['rights-export', 'policy-report', 'pool-identity'],
  files: [log.name],
  remarks: [],
  facts: { pool: 'Portal', server: 'WEB03' },
};

const report = (files: FileVerdict[], findings: Finding[], groups: Report['groups'] = []): Report => ({
  files,
  diagnosis: { verdict: files[0]!.verdict, findings },
  groups,
});

export const likely = report([log], [finding]);

export const confirmed = report(
  [log, exported],
  [
    {
      ...finding,
      confidence: 'confirmed',
      proof: [...proofOf(log), ...proofOf(exported)],
      missing: ['pool-identity', 'policy-report'],
      files: [log.name, exported.name],
      remarks: ['An export carries no computer name; I take ur.inf as the list of WEB03.'],
      facts: {
        pool: 'Portal',
        server: 'WEB03',
        holders: '*S-1-5-19, *S-1-5-20, *S-1-5-32-544, *S-1-5-6',
        missing: 'S-1-5-32-568',
        line: '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6,*S-1-5-32-568',
      },
    },
  ],
);
