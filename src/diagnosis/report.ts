import type { Damage, EvidenceKind, Origin, Refusal, TimelineEntry, Waterfall } from '../evidence/evidence.js';
import type { AccessStatistics } from './access-statistics.js';
import type { Fleet } from './fleet/forecast.js';
import type { OtherRights } from './other-rights.js';

export type Verdict = 'failure' | 'challenge' | 'slow' | 'aborted' | 'no-fault' | 'inconclusive' | 'unreadable';

export type Confidence = 'confirmed' | 'likely' | 'possible';

/** The request a trace is about. Times are UTC, `timeTakenMs` has a resolution of about 15.6 ms. */
export interface RequestSummary {
  verb: string | null;
  url: string | null;
  status: number | null;
  substatus: number | null;
  timeTakenMs: number | null;
  appPool: string | null;
  server: string | null;
  time: string | null;
  processId: number | null;
  /** Number of the IIS site; absent where the log does not say. */
  site?: string;
}

/** The event that decided the outcome; `event` is 1-based in file order, `errorCode` null when the code was 0. */
export interface DecisiveEvent {
  event: number;
  name: string;
  module: string | null;
  notification: string | null;
  errorCode: string | null;
}

/** One value in one file that a sentence rests on. */
export interface Proof {
  file: string;
  event: number | null;
  eventName?: string;
  field: string;
  value: string;
}

/** One event of a story, with the sentence of its row in `knowledge/events.yaml`. */
export interface StoryEvent {
  /** 1-based in file order. */
  event: number;
  /** Provider and number. */
  name: string;
  /** ISO 8601; local time where it ends without Z; null where the form holds none. */
  time: string | null;
  /** How often it came, the last time at `lastTime` (null when it came once). */
  count: number;
  lastTime: string | null;
  means: string;
  role: 'cause' | 'failure' | 'consequence' | 'note';
}

/** The Windows events of a file as one story, in order of time. */
export interface EventStory {
  /** Key of the row that decides, in `Knowledge.events`; null when none of the events is known. */
  rule: string | null;
  /** What the decisive event says, by observation name, for the braces of its row. */
  facts: Record<string, string>;
  events: StoryEvent[];
  /** Known events that are left out: failures of other hours, or normal signs among many others. */
  more: number;
  /** Provider and number of events without a row, twenty at most. */
  unknown: string[];
  /** How many kinds of events have no row. */
  unknownKinds: number;
  /** The known events nearest to the first unknown one, where no event is known. */
  nearest: { name: string; means: string }[];
}

/** What one row of `knowledge/configurations.yaml` says about a configuration file. */
export interface ConfigurationRemark {
  /** Key of the row in `Knowledge.configurations`. */
  rule: string;
  weight: 'breaks' | 'needs' | 'watch';
  /** 1-based numbers of the lines it is about. */
  lines: number[];
  says: string;
}

/** One application pool of a configuration; null where the file does not say. */
export interface PoolRow {
  name: string;
  identity: string | null;
  /** The account of a pool with SpecificUser. */
  account: string | null;
  /** manualGroupMembership: true leaves IIS_IUSRS out of the token. */
  manual: boolean | null;
}

/** One file judged alone. The field names are a contract (`diagnose --json`). */
export interface FileVerdict {
  name: string;
  kind: EvidenceKind;
  form?: string;
  /** Outputs of commands only: the command that printed it. */
  command?: string;
  origin: Origin | null;
  verdict: Verdict;
  cause: string | null;
  confidence: Confidence | null;
  damage: Damage[];
  request: RequestSummary | null;
  decisive: DecisiveEvent | null;
  /** The error code the verdict rests on, where no event carries it: of an error page, a line of a log, a story. */
  code?: string;
  evidence: { event: number | null; eventName?: string; field: string; value: string }[];
  detail: string | null;
  withheld: number;
  /** Evidence that would confirm or rule out, in the words of `knowledge/`: `rights-export`, `pool-identity`, … */
  next: string[];
  timeline?: TimelineEntry[];
  /** Where the time went, as a chart; not part of the contract. */
  waterfall?: Waterfall;
  /** Event exports only. */
  story?: EventStory;
  /** A known message that decides: its key in `Knowledge.messages`, and the parts of its text that vary. */
  message?: { rule: string; parts: Record<string, string> };
  /** Configuration files only, what breaks first. */
  configuration?: ConfigurationRemark[];
  /** Configurations that hold application pools. */
  pools?: PoolRow[];
  /** Lists of rights only: what they break beside SeImpersonatePrivilege. */
  otherRights?: OtherRights;
  /** Access logs, and lines of one. */
  lines?: AccessStatistics;
  /** What the sender told beside the evidence: facts of `knowledge/told.yaml`. */
  told?: string[];
  /** A further piece of the text whose first piece stands before it; not part of the contract. */
  continues?: true;
  refusal?: Refusal;
  looksLike?: string;
  /** What is damaged and what that means for the verdict, in one sentence. */
  damageNote?: string;
}

export interface Finding {
  cause: string;
  confidence: Confidence;
  proof: Proof[];
  /** Values that speak against it, each with a sentence. */
  contradictedBy: (Proof & { says: string })[];
  /** Evidence still missing for certainty. */
  missing: string[];
  /** The files this finding rests on. */
  files: string[];
  /** Remarks an expert would add: other computer, console token, list already in order, old token. */
  remarks: string[];
  /**
   * Values for the braces in the card's texts (`fill` of src/knowledge/fill.ts), keyed by observation name, and results
   * of the reasoning: `pool`, `server`, `identity`, `account`, `gpo` with `gpo.state` (winning | template | none),
   * `holders` (the list as found), `missing` (SIDs), `line` (the list as it should become, every present holder kept),
   * `fits` (names of files that agree without being a proof, one a line), `open` (what is still unknown).
   */
  facts: Record<string, string>;
}

export interface Diagnosis {
  verdict: Verdict;
  findings: Finding[];
}

export interface Group {
  /** Id of the cause; null when the group has only status, module and code in common. */
  cause: string | null;
  count: number;
  example: string;
  title: string;
  verdict?: Verdict;
  /** Places of the group's logs among the files; not part of the contract. */
  members?: number[];
  /** How the logs of the group spread, most frequent first, ten at most each; hours are UTC, `2026-06-08T19`. */
  by?: { pool: [string, number][]; site: [string, number][]; url: [string, number][]; hour: [string, number][] };
}

/** The diagnosis of one or many files, before it is put into words. */
export interface Report {
  files: FileVerdict[];
  diagnosis: Diagnosis;
  groups: Group[];
  /** Several servers side by side, and what a policy would do to them; absent when the files are about one failure. */
  fleet?: Fleet;
}
