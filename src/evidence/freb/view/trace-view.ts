import type { Waterfall } from '../../evidence.js';

/**
 * Every event of one log, safe to show: each string passed the gate, and fields that are not known to be harmless are withheld.
 * Plain data, in columns, because it crosses a thread and the wire. It is never stored.
 */
export interface TraceView {
  file: string;
  /** Events of the log. There are more of them than rows when the log has more than a view shows. */
  total: number;
  /** When the first event was written, in milliseconds since 1970; null when its time cannot be read. */
  start: number | null;
  /** Each string once. The columns hold their indexes, -1 for none. */
  words: string[];
  /** One row for each event, in file order. */
  rows: TraceColumns;
  /** Each field with its value once: `fields[n]` of a row are indexes into it. */
  fields: TraceField[];
  /** Rows from this number on have no fields, because the view is large enough; null when all have theirs. */
  fieldsEnd: number | null;
  /** Numbers of the events that decided the outcome. */
  decisive: number[];
  /** Error codes among the values, `0x80070542`; `meanings` may say what they are. */
  codes: string[];
  meanings?: Record<string, string>;
  /** Withheld values. */
  withheld: number;
  waterfall: Waterfall;
}

/** The columns of the events. Event number n is at index n - 1. */
export interface TraceColumns {
  names: number[];
  /** 0 General … 5 Verbose; -1 when not readable. */
  levels: number[];
  /** Milliseconds since the first event; -1 when not readable. */
  times: number[];
  /** Number of the event that opened the step around this one; 0 for none. */
  parents: number[];
  /** Of an event that opens a step: its duration, and the time in which it was the innermost step, in milliseconds; else -1. */
  durations: number[];
  selfs: number[];
  modules: number[];
  stages: number[];
  areas: number[];
  fields: number[][];
}

/** Indexes of name and value in `words`; `means` is what the value stands for, -1 where nothing is known. */
export interface TraceField {
  name: number;
  value: number;
  means: number;
  /** The value is private, or of a field that is not known: it is not shown. */
  withheld?: true;
}
