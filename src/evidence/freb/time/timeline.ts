import { decodeRange } from '../../source.js';
import { stageName } from '../codes.js';
import { EventClock } from '../log/event-clock.js';
import type { StepRole } from '../log/step-role.js';
import { textContent } from '../log/xml-text.js';
import type { Trace } from '../trace.js';
import { findClockStep } from './clock-step.js';
import { OpenSteps, type StepEnd, type TimelineStep } from './open-steps.js';

/** Where the time of a request went. The clock behind the events moves in steps of about 15.6 ms. */
export interface Timeline {
  steps: TimelineStep[];
  /** Steps that were open when the trace stopped, outermost first. */
  open: TimelineStep[];
  /** From the first to the last event. */
  spanMs: number;
  /** From the last event to the moment of writing, when the start tag tells it. */
  tailMs: number;
  /** The step in which the clock moves; null when the trace has too few different times to tell. */
  clockMs: number | null;
  /** Returns when an event was written, in milliseconds from the first; undefined when its time cannot be read. */
  timeOf(event: number): number | undefined;
}

/** A step has seldom more stretches of its own; a chart could not show them. */
const mostSpans = 64;

/** The step between the two events between which IIS loads the framework and starts the application. */
export const applicationStart = 'application start';

const moduleStarts = new Set(['NOTIFY_MODULE_START', 'PRE_BEGIN_REQUEST_START']);

/** Goes through all events with their times. Events laid out differently than IIS does it are left out. */
export function buildTimeline(trace: Trace): Timeline {
  return new TimelineBuilder(trace).build();
}

class TimelineBuilder {
  readonly #trace: Trace;
  readonly #steps: TimelineStep[] = [];
  readonly #open = new OpenSteps();
  /** Milliseconds from the first event to the one before. */
  #nowMs = 0;
  #depth = 0;
  /** When each event was written, from the first on; -1 for those without a readable time. */
  readonly #times: Int32Array;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#times = new Int32Array(trace.index.count).fill(-1);
  }

  build(): Timeline {
    const { bytes, index, heads, root } = this.#trace;
    const clock = new EventClock(bytes, index);
    let first = -1;
    let before = '';
    for (let i = 0; i < index.count; i++) {
      const name = heads.names[i];
      const time = name ? clock.read(i) : -1;
      if (!name || time < 0) continue;
      if (first < 0) first = time;
      // Times never go back in a log; when they do, the stretch counts as nothing.
      if (time - first > this.#nowMs) this.#spend(time - first, before, name.text, i);
      this.#times[i] = this.#nowMs;
      before = name.text;
      if (name.role) this.#apply(name.role, name.text, i);
    }
    const spanMs = this.#nowMs;
    const timeTaken = Number(root.attributes.get('timeTaken') ?? Number.NaN);
    for (const step of this.#open.steps) step.endMs = spanMs;
    return {
      steps: this.#steps,
      open: this.#open.steps,
      spanMs,
      tailMs: Number.isFinite(timeTaken) ? Math.max(0, timeTaken - spanMs) : 0,
      clockMs: findClockStep(this.#times.filter((time) => time >= 0)),
      timeOf: (event) => {
        const time = this.#times[event - 1] ?? -1;
        return time < 0 ? undefined : time;
      },
    };
  }

  /** Gives the time since the event before to the innermost open step, or to a new step when none is open. */
  #spend(nowMs: number, before: string, after: string, i: number): void {
    const startMs = this.#nowMs;
    this.#nowMs = nowMs;
    const startsApplication =
      before === 'HANDLER_CHANGED' && /^VIRTUAL_MODULE_UNRESOLVED$|PRECONDITION_NOT_MATCH$/.test(after);
    const inner = this.#open.innermost;
    if (inner && !startsApplication) {
      inner.selfMs += nowMs - startMs;
      addSpan(inner.spans, startMs, nowMs);
      return;
    }
    this.#steps.push({
      opener: startsApplication ? applicationStart : `${before} to ${after}`,
      startMs,
      endMs: nowMs,
      firstEvent: i,
      lastEvent: i + 1,
      selfMs: nowMs - startMs,
      spans: [startMs, nowMs],
      depth: this.#depth,
      ended: true,
    });
  }

  #apply(role: NonNullable<StepRole>, name: string, i: number): void {
    if ('opens' in role) this.#openStep(name, i);
    else if ('completes' in role) this.#open.complete('NOTIFY_MODULE_START', this.#end(i, moduleIn(this.#fields(i))));
    else this.#closeStep(role.closes, name, i);
  }

  #openStep(opener: string, i: number): void {
    const at = this.#nowMs;
    const step: TimelineStep = {
      opener,
      startMs: at,
      endMs: at,
      firstEvent: i + 1,
      lastEvent: i + 1,
      selfMs: 0,
      spans: [],
      depth: this.#depth,
      ended: false,
    };
    if (moduleStarts.has(opener)) readModule(step, this.#fields(i));
    if (opener === 'GENERAL_CHILD_REQUEST_START') this.#depth++;
    this.#steps.push(step);
    this.#open.open(step);
  }

  #closeStep(opener: string, name: string, i: number): void {
    if (name === 'GENERAL_CHILD_REQUEST_END' && this.#depth > 0) this.#depth--;
    if (!moduleStarts.has(opener)) {
      this.#open.close(opener, this.#end(i));
      return;
    }
    const fields = this.#fields(i);
    // A module that answers PENDING goes on working; its completion comes as another event.
    if (!fields.includes('"NotificationStatus">1<')) this.#open.close(opener, this.#end(i, moduleIn(fields)));
  }

  #end(i: number, module?: string): StepEnd {
    return { atMs: this.#nowMs, event: i + 1, module };
  }

  #fields(i: number): string {
    const { bytes, heads } = this.#trace;
    return decodeRange(bytes, heads.dataAt[i]!, heads.nameAt[i]!);
  }
}

/** Adds a stretch, joined with the one before where that ended. */
function addSpan(spans: number[], from: number, to: number): void {
  if (spans.at(-1) === from || spans.length === 2 * mostSpans) spans[spans.length - 1] = to;
  else spans.push(from, to);
}

function readModule(step: TimelineStep, fields: string): void {
  const module = moduleIn(fields);
  if (module) step.module = module;
  const stage = fieldIn(fields, 'Name="Notification">');
  const name = stage === undefined ? null : stageName(stage);
  if (name) step.notification = fieldIn(fields, 'Name="fIsPostNotification">') === 'true' ? `${name} (post)` : name;
}

function moduleIn(fields: string): string | undefined {
  return fieldIn(fields, 'Name="ModuleName">');
}

function fieldIn(fields: string, mark: string): string | undefined {
  const at = fields.indexOf(mark);
  if (at < 0) return undefined;
  const end = fields.indexOf('<', at + mark.length);
  return end < 0 ? undefined : textContent(fields.slice(at + mark.length, end));
}
