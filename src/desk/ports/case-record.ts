/** One failure followed in one conversation: kinds, fingerprints, decisions. Never the content of a file. Times are ISO 8601, UTC. */
export interface CaseRecord {
  tenant: string;
  /** Counted from 1 in each tenant. */
  number: number;
  thread: string;
  /** Hash of cause, pool and server: the same failure elsewhere in the tenant has the same hash. */
  failure: string;
  openedAt: string;
  /** When it last changed; retention counts from here. */
  seenAt: string;
  cause: string | null;
  confidence: string | null;
  evidence: CaseEvidence[];
  pressed: { action: string; at: string; message?: string }[];
  outcome: 'open' | 'fixed' | 'not-it';
  /** The real cause in users' words after "Not it", scrubbed, for those who review the knowledge. */
  notes: { at: string; text: string; message?: string }[];
  version: number;
}

/** How often a failure was seen; counted by the store, because there may be thousands. */
export interface SimilarCases {
  count: number;
  /** When the first of them was opened; absent when there is none. */
  since?: string;
  /** How the most recently closed one ended, among the newest 200. */
  marked?: Exclude<CaseRecord['outcome'], 'open'>;
}

/** How many of the newest cases are read for their outcome. */
export const newestCasesRead = 200;
/** Counting stops here. */
export const mostCasesCounted = 1000;

export interface CaseEvidence {
  kind: string;
  /** Hash of the content. */
  print: string;
  at: string;
  /** Key of the message it came with. */
  message: string;
  /** The state that a later file is compared with. */
  shows?: CaseSnapshot;
}

/** The outcome of a request, or the state of a list. Names of places are hashes. */
export interface CaseSnapshot {
  verdict: string;
  cause: string | null;
  status?: string;
  code?: string;
  module?: string;
  processId?: number;
  /** Of a logon without `Z` where its event has local time. */
  time?: string;
  url?: string;
  verb?: string;
  /** Number of the IIS site. */
  site?: number;
  /** Port of the server that the request came to. */
  port?: number;
  /** The file is an access log without the request that failed. */
  absent?: true;
  pool?: string;
  /** Hash of the pool's SID, by which a token names it. */
  poolSid?: string;
  server?: string;
  /** Well-known SIDs that a list of holders lacks. */
  lacks?: string[];
  /** Whether the token of a worker process, or a logon of the pool's account, has the right to impersonate. */
  holds?: boolean;
  /** The file shows logons (event 4672): of the pool's account, of others, of one that may be the pool's. */
  logon?: 'pool' | 'other' | 'unknown';
}
