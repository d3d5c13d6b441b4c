import type { Reading } from '../evidence/evidence.js';
import type { TraceComparison } from '../evidence/freb/compare.js';
import type { TraceView } from '../evidence/freb/view/trace-view.js';
import type { PackedEntry } from './zip.js';

export interface NamedPath {
  name: string;
  path: string;
}

/** A range of a file on this machine; the whole file without numbers. */
export interface ByteRange {
  path: string;
  at?: number;
  length?: number;
}

/** A file too large for a thread, or a binary event log. */
export interface LargeFile {
  name: string;
  timeline: boolean;
  /** Where its bytes are: on this machine, or sent with the job, this many. */
  from: ByteRange | { sent: number };
  /** The bytes are those of a packed zip entry. */
  packed?: PackedEntry;
}

/** A result that a job reports while it works. `index` is its position among the job's results, or among the entries of its zip. */
export type JobResult =
  | { index: number; reading: Reading }
  | { index: number; skipped: true }
  /** For its own process; in a `bundle` it is left out when it is not evidence. `at` is its offset in a zip that came as bytes. */
  | { index: number; large: LargeFile; bundle: boolean; at?: number }
  /** A zip among the files: another job reads it. */
  | { index: number; zip: NamedPath }
  /** The number of zip entries that this job reads. */
  | { entries: number }
  | { comparison: TraceComparison }
  /** Null when the bytes are no FREB log. */
  | { view: TraceView | null };
