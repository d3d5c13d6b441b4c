import type { ObservationName, ObservationValue } from './vocabulary/index.js';
import type { evidenceKinds, origins } from './vocabulary/kinds.js';

/** The kind of a file, decided by its content and never by its name. */
export type EvidenceKind = (typeof evidenceKinds)[number] | 'unknown';

/** Whose list a rights export holds: a machine's effective one, one template's, or what Group Policy delivers. */
export type Origin = (typeof origins)[number];

/**
 * What is wrong with the bytes. `truncated`: IIS says so in the log; `cut-off`: ends before `</failedRequest>`;
 * `malformed`: not well-formed XML, but read; `re-encoded`: saved again by another program (BOM, UTF-16, other line ends, a prefix on the events).
 */
export type Damage = 'truncated' | 'cut-off' | 'malformed' | 're-encoded';

/** Has no value: only the gate (`ObservationCollector.add`) gives it, so that nothing else can make an observation. */
declare const scrubbed: unique symbol;

/**
 * One named fact drawn from evidence. Every string in it passed the gate in `gather.ts`, so it is safe to show.
 * A name may occur several times (every error code seen, every rule that ran).
 */
export interface Observation<N extends ObservationName = ObservationName> extends Fact<N> {
  readonly [scrubbed]: true;
}

/** A fact as a reader states it, before it passes the gate. */
export interface Fact<N extends ObservationName = ObservationName> {
  name: N;
  value: ObservationValue<N>;
  /** 1-based number of the event in file order, or of the line in a text file. */
  event?: number;
  /** The event's name where there is one, e.g. `MODULE_SET_RESPONSE_ERROR_STATUS`. */
  eventName?: string;
  /** The field the fact was read from, e.g. `ErrorCode`, or the key of the line. */
  field?: string;
  /** The raw value as the file has it, e.g. `2147943746`, when it differs from `value`. */
  raw?: string;
}

/** One stretch of time in a trace: what was open, where, for how long. Milliseconds, in steps of about 15.6. */
export interface TimelineEntry {
  step: string;
  module?: string;
  notification?: string;
  startMs: number;
  durationMs: number;
  firstEvent: number;
  lastEvent: number;
}

/** A step in the chart of a request: milliseconds from the first event, in steps of the clock. */
export interface WaterfallBar {
  step: string;
  module?: string;
  notification?: string;
  startMs: number;
  endMs: number;
  /** The time in which it was the innermost step, and when that was: start and end of each stretch in turn. */
  selfMs: number;
  spans: number[];
  firstEvent: number;
  lastEvent: number;
}

/** Where the time of a request went, as a chart shows it. */
export interface Waterfall {
  spanMs: number;
  /** The step in which the clock of the trace moves; null when the trace cannot tell. */
  clockMs: number | null;
  bars: WaterfallBar[];
  /** Shorter steps that are left out. */
  left: number;
  /** The event that decided the outcome, where one did. */
  decisive?: { event: number; atMs: number };
}

/** Why a file could not be read as evidence at all: a code of the error catalogue in `src/answer/errors.ts`. */
export type Refusal =
  | 'empty-file'
  | 'not-text'
  | 'other-archive'
  | 'holds-secrets'
  | 'recording'
  | 'registry-file'
  | 'event-trace'
  | 'mail'
  | 'picture'
  | 'binary-events'
  | 'other-xml'
  | 'html-page'
  | 'not-evidence'
  | 'too-large'
  | 'zip-encrypted'
  | 'zip-damaged'
  | 'zip-limits'
  | 'zip-ratio'
  | 'zip-overlap'
  | 'zip-empty'
  | 'unsafe-name'
  | 'too-deep'
  | 'too-many-files'
  | 'path-not-found'
  | 'path-not-readable'
  | 'too-much-memory'
  | 'took-too-long'
  | 'read-interrupted'
  | 'file-failed';

/** One file, read. Plain data: it crosses a worker thread's boundary and holds nothing that must be withheld. */
export interface Reading {
  file: string;
  kind: EvidenceKind;
  /** The exact form, e.g. `secedit-export`, `gpttmpl`, `gpresult-html`, `whoami-all`. */
  form?: string;
  origin: Origin | null;
  damage: Damage[];
  observations: Observation[];
  /** How many sensitive values were withheld. */
  withheld: number;
  timeline?: TimelineEntry[];
  waterfall?: Waterfall;
  /** Set when `kind` is `unknown`: why, in the catalogue's words. */
  refusal?: Refusal;
  /** What else the same file holds: people put an event, a page and the output of a command into one text. */
  further?: Reading[];
  /** Set for every piece of a text but its first. */
  continues?: true;
  /** What the bytes look like when refused, for the sentence: `a PNG image`, `an HTML page`, `XML with root <rss>`. */
  looksLike?: string;
}
