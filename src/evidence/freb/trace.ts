import type { Damage } from '../evidence.js';
import type { FrebEvent } from './log/event.js';
import type { EventName } from './log/event-names.js';
import type { EventIndex } from './log/split-events.js';
import type { StartTag } from './log/start-tag.js';

/** One FREB log in memory: where its events are, and those that matter to the outcome. Lives only while the file is read. */
export interface Trace {
  bytes: Buffer;
  /** The start tag of the root element. */
  root: StartTag;
  index: EventIndex;
  heads: EventHeads;
  /** Events that say something about the outcome, in file order. */
  events: TraceEvent[];
  /** Returns how often a name occurs among all events. */
  count(name: string): number;
  /** Returns an event by its number, whether it says something about the outcome or not. */
  event(number: number): FrebEvent;
  damage: Damage[];
}

/** An event with its place among child requests: 0 is the request itself. */
export interface TraceEvent {
  event: FrebEvent;
  depth: number;
}

/** What the cheap look found of each event, by the index of the event. */
export interface EventHeads {
  /** Undefined for an event that is laid out differently than IIS does it; its other values are not set. */
  names: (EventName | undefined)[];
  levels: Int8Array;
  /** Offsets of the fields, and of the name behind them. */
  dataAt: Int32Array;
  nameAt: Int32Array;
}
