import type { Reading } from '../evidence.js';
import type { TextSource } from '../source.js';
import { observeException } from './exception.js';
import { openTrace } from './open-trace.js';
import { observeOutcome } from './outcome.js';
import { observePipeline } from './pipeline.js';
import { observeRedirect } from './redirect.js';
import { observeRequest } from './request.js';
import { observeTime } from './time/observe-time.js';
import { timelineEntries } from './time/timeline-entries.js';
import { buildWaterfall } from './time/waterfall.js';
import type { Trace } from './trace.js';
import { TraceObserver } from './trace-observer.js';

/*
 * How the bytes of a FREB log become observations:
 *
 * 1. log/ finds things in bytes. `start-tag.ts` reads the start tag of the root, `split-events.ts` finds where each event
 *    begins and ends, `event-head.ts` takes a cheap look at each: level, name, where its fields are. Nothing is decoded
 *    until a rule asks: `event.ts` then takes one event apart, with `iis-layout.ts` (the layout that IIS writes) or
 *    `xml-event.ts` (a full parser, for everything else).
 * 2. open-trace.ts makes a Trace of it (`trace.ts`): start tag, heads of all events, the events that say something about
 *    the outcome, and the damage (`damage.ts`).
 * 3. The rules look at the trace and add observations to a TraceObserver (`trace-observer.ts`), which is their way to the
 *    gate: `request.ts` (who asked for what), `outcome.ts` (how it ended, and which event
 *    decided it; `final-status.ts`, `response.ts`, `decisive-event.ts`, `seen-codes.ts`), `pipeline.ts` (who handled it),
 *    `redirect.ts` (whether an answer leads back to its own address), `exception.ts` and `body.ts` (what failed inside the application), `time/` (what took so long). `codes.ts`,
 *    `event-codes.ts`, `headers.ts` and `web-events.ts` know codes, stages, headers and ASP.NET's events.
 *
 * `compare.ts` puts two traces side by side. A new fact is a rule in step 3; only a new layout of logs touches log/.
 */

/**
 * Reads one FREB log into observations. Null when the bytes hold no `<failedRequest`.
 * Damaged logs are read as far as they go; `damage` says what is wrong with them.
 */
export function readFrebLog(file: string, source: TextSource, options: { timeline?: boolean } = {}): Reading | null {
  const trace = openTrace(source);
  return trace && readTrace(file, source, trace, options);
}

/** Reads an open trace into observations, as {@link readFrebLog} does. */
export function readTrace(file: string, source: TextSource, trace: Trace, options: { timeline?: boolean }): Reading {
  const facts = new TraceObserver(trace);
  observeRequest(facts);
  const outcome = observeOutcome(facts);
  observeRedirect(facts, outcome.status);
  if (trace.index.count === 0) observeHeads(facts, source);
  observePipeline(facts);
  observeException(facts, outcome);
  const timeline = observeTime(facts, options.timeline === true);
  if (trace.index.unfinished) facts.gather.add('reading.first-of', 'events');
  if (trace.events.some(({ event }) => event.overfull)) facts.gather.add('reading.first-of', 'fields of an event');
  const entries = options.timeline && timeline ? facts.gather.timeline(timelineEntries(timeline)) : undefined;
  const waterfall =
    options.timeline && timeline
      ? facts.gather.waterfall(buildWaterfall(timeline, facts.decisiveEvents()[0]))
      : undefined;
  return {
    file,
    kind: 'freb-log',
    origin: null,
    damage: trace.damage,
    observations: facts.gather.observations,
    withheld: facts.withheld,
    ...(entries ? { timeline: entries } : {}),
    ...(waterfall ? { waterfall } : {}),
  };
}

/** Start tags that are looked at, and the reach of one, in characters. */
const mostHeads = 50;
const longestHead = 4000;

/** A copy may hold only start tags, of one log or of several: how each request ended is in its tag. */
function observeHeads(facts: TraceObserver, source: TextSource): void {
  const statuses = source
    .text()
    .split('<failedRequest', mostHeads + 1)
    .slice(1)
    .map((tag) => /\sstatusCode="(\d{3}(?:\.\d{1,4})?)"/.exec(tag.slice(0, longestHead))?.[1])
    .filter((status) => status !== undefined);
  if (statuses.length > 0) facts.gather.add('trace.heads', statuses, { field: 'statusCode' });
}
