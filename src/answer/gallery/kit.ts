import type { FileVerdict, Finding, Group, Proof, Report, Verdict } from '../../diagnosis/report.js';

/** What the made-up reports of the gallery are built from: one request, one trace, one finding, changed as needed. */
export const right = 'impersonation-right-missing';

export const blank: FileVerdict = {
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

export const request = {
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

export const statusEvent = 'MODULE_SET_RESPONSE_ERROR_STATUS';

export function sampleTrace(change: Partial<FileVerdict>, requestChange: Partial<typeof request> = {}): FileVerdict {
  return { ...blank, request: { ...request, ...requestChange }, ...change };
}

export function sampleDecisive(event: number, module: string, notification: string, errorCode: string | null) {
  return { event, name: statusEvent, module, notification, errorCode };
}

export const at73 = (field: string, value: string) => ({ event: 73, eventName: statusEvent, field, value });

function sampleProof(...files: FileVerdict[]): Proof[] {
  return files.flatMap((file) => file.evidence.map((e) => ({ file: file.name, ...e })));
}

export function sampleFinding(cause: string, files: FileVerdict[], change: Partial<Finding> = {}): Finding {
  return {
    cause,
    confidence: 'likely',
    proof: sampleProof(...files),
    contradictedBy: [],
    missing: files[0]!.next,
    files: files.map((f) => f.name),
    remarks: [],
    facts: { pool: 'Portal', server: 'WEB03' },
    ...change,
  };
}

export function sampleReport(
  files: FileVerdict[],
  findings: Finding[] = [],
  groups: Group[] = [],
  verdict?: Verdict,
): Report {
  return { files, diagnosis: { verdict: verdict ?? files[0]!.verdict, findings }, groups };
}
