/**
 * What `frebot … --json` prints, as types. Fields may be added in later versions, none is renamed or removed. Everything is
 * withheld already: no people, addresses, query values, bodies or secrets. Cause ids are those of `frebot explain <id>`.
 */

export type FrebotVerdict = 'failure' | 'challenge' | 'slow' | 'aborted' | 'no-fault' | 'inconclusive' | 'unreadable';
export type FrebotConfidence = 'confirmed' | 'likely' | 'possible';

/** `frebot diagnose --json`, and the response of `POST /api/diagnose`. */
export interface FrebotDiagnosis {
  schema: 'frebot.diagnosis/1';
  /** Each file judged alone. */
  files: FrebotFile[];
  /** All files together. */
  diagnosis: { verdict: FrebotVerdict; findings: FrebotFinding[] };
  /** Logs with the same cause; `cause` is null where they share only status, module and code. */
  groups: { cause: string | null; count: number; example: string; title: string }[];
  answer: FrebotText;
}

export interface FrebotFile {
  name: string;
  /** `freb-log`, `rights-export`, `policy-report`, `token-listing`, `access-log`, `event-export`, `server-config`, `fragment` … */
  kind: string;
  /** Rights exports: `machine`, `template`, `merged-policy` or `unknown`. */
  origin: string | null;
  verdict: FrebotVerdict;
  cause: string | null;
  confidence: FrebotConfidence | null;
  /** `truncated`, `cut-off`, `malformed`, `re-encoded`; empty for a whole file. */
  damage: string[];
  /** FREB logs only. Times are UTC; `timeTakenMs` has a resolution of about 15.6 ms. */
  request: {
    verb: string | null;
    url: string | null;
    status: number | null;
    substatus: number | null;
    timeTakenMs: number | null;
    appPool: string | null;
    server: string | null;
    time: string | null;
    processId: number | null;
  } | null;
  /** The event that decided the outcome; `event` is 1-based in file order. */
  decisive: {
    event: number;
    name: string;
    module: string | null;
    notification: string | null;
    errorCode: string | null;
  } | null;
  evidence: { event: number | null; field: string; value: string }[];
  /** The one fact an expert would add. */
  detail: string | null;
  /** How many private values were kept back. */
  withheld: number;
  /** Evidence that would confirm it or rule it out. */
  next: string[];
}

export interface FrebotFinding {
  cause: string;
  confidence: FrebotConfidence;
  proof: FrebotProof[];
  contradictedBy: (FrebotProof & { says: string })[];
  missing: string[];
}

export interface FrebotProof {
  file: string;
  event: number | null;
  field: string;
  value: string;
}

/** `frebot ask --json`. */
export interface FrebotReply {
  schema: 'frebot.answer/1';
  /** `unknown` outside what Frebot knows, `choice` when up to three are offered. */
  intent: string;
  topic: string | null;
  /** From 0 to 1. */
  score: number;
  choices?: { id: string; title: string }[];
  answer: FrebotText;
}

/** `frebot preflight --json`: what a policy would do to servers. */
export interface FrebotPreflight {
  schema: 'frebot.preflight/1';
  policies: { file: string; name: string | null; rights: { right: string; holders: string[] }[] }[];
  servers: {
    server: string;
    files: string[];
    iis: boolean | null;
    pools: { pool: string; outcome: 'works' | 'fails' | 'cannot-tell'; rights: string[]; already: boolean }[];
    holders: string[] | null;
    missing: string[];
    gpo: string | null;
  }[];
  answer: FrebotText;
}

/** The answer in words. Every string is literal text, never markup. */
export interface FrebotText {
  title: FrebotSpans;
  /** One full sentence. */
  summary: string;
  verdict?: FrebotVerdict;
  /** `kind` is text, facts, table, steps, command, evidence or notice; each kind has its own fields beside these. */
  parts: { id: string; kind: string; heading?: string; keep: 'always' | 'normal' | 'fold' }[];
  sources: { title: string; url?: string; date?: string }[];
}

export type FrebotSpans = string | (string | { code: string } | { strong: string } | { link: string; href: string })[];
