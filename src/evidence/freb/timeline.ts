import type { TimelineEntry } from '../evidence.js';
import { decodeRange } from '../source.js';
import { stageName } from './codes.js';
import { HeadScan, NameCounter, roleOfName } from './head.js';
import type { Trace } from './trace.js';

/**
 * Where the time of a request went. A stretch between two events belongs to what was open in it: the innermost step
 * with a start but no end yet. The clock behind the events moves in steps of about 15.6 ms.
 */

/** A step that began and may have ended. */
export interface TimelineStep {
  /** Name of the event that opened it. */
  opener: string;
  module?: string;
  notification?: string;
  startMs: number;
  endMs: number;
  firstEvent: number;
  lastEvent: number;
  /** Time in which this step was the innermost one. */
  selfMs: number;
  /** Child request it belongs to, 0 for the request itself. */
  depth: number;
  ended: boolean;
}

export interface Timeline {
  steps: TimelineStep[];
  /** Steps that were open when the trace stopped, outermost first. */
  open: TimelineStep[];
  /** From the first to the last event. */
  spanMs: number;
  /** From the last event to the moment of writing, when the start tag tells it. */
  tailMs: number;
}

/** No request has more steps inside each other; every end looks through those that are open. */
const deepest = 500;

const applicationStart = 'application start';

/** Reads all events once more, with their times. */
export function buildTimeline(trace: Trace): Timeline {
  const { bytes, index } = trace;
  const head = new HeadScan(bytes, index);
  const names = new NameCounter();
  const steps: TimelineStep[] = [];
  const stack: TimelineStep[] = [];
  let first = -1;
  let last = -1;
  let depth = 0;
  let previous = '';

  for (let i = 0; i < index.count; i++) {
    if (index.odd.has(i) || !head.look(i)) continue;
    const name = names.at(bytes, head.nameAt, index.ends[i]!);
    const time = head.time(i);
    if (time < 0) continue;
    if (first < 0) first = time;
    // Times never go back in a log; should they, the stretch counts as nothing.
    const gap = last < 0 ? 0 : time - last;
    if (gap > 0) {
      const inner = stack.at(-1);
      // Between these two events IIS loads the framework and starts the application; nothing is open then.
      if (previous === 'HANDLER_CHANGED' && /^VIRTUAL_MODULE_UNRESOLVED$|PRECONDITION_NOT_MATCH$/.test(name.text)) {
        steps.push(gapStep(applicationStart, last - first, time - first, i, depth));
      } else if (inner) inner.selfMs += gap;
      else steps.push(gapStep(`${previous} to ${name.text}`, last - first, time - first, i, depth));
      last = time;
    }
    if (last < 0) last = time;
    previous = name.text;

    const role = roleOfName(name);
    if (!role) continue;
    if ('opens' in role) {
      const step = openStep(name.text, last - first, i + 1, depth);
      if (name.text === 'NOTIFY_MODULE_START' || name.text === 'PRE_BEGIN_REQUEST_START') {
        readModule(step, decodeRange(bytes, head.dataAt, head.nameAt));
      }
      if (name.text === 'GENERAL_CHILD_REQUEST_START') depth++;
      steps.push(step);
      if (stack.length < deepest) stack.push(step);
    } else if ('completes' in role) {
      close(
        stack,
        'NOTIFY_MODULE_START',
        last - first,
        i + 1,
        moduleIn(decodeRange(bytes, head.dataAt, head.nameAt)),
        true,
      );
    } else {
      if (name.text === 'GENERAL_CHILD_REQUEST_END' && depth > 0) depth--;
      const notify = role.closes === 'NOTIFY_MODULE_START' || role.closes === 'PRE_BEGIN_REQUEST_START';
      const text = notify ? decodeRange(bytes, head.dataAt, head.nameAt) : '';
      // A module that answers PENDING goes on working; its completion comes as an event of its own.
      if (notify && text.includes('"NotificationStatus">1<')) continue;
      const opener = stack.some((s) => s.opener === role.closes) ? role.closes : alternative(role.closes);
      close(stack, opener, last - first, i + 1, notify ? moduleIn(text) : undefined, false);
    }
  }
  const spanMs = first < 0 ? 0 : last - first;
  const taken = Number(trace.root.attributes.get('timeTaken') ?? Number.NaN);
  for (const step of stack) step.endMs = spanMs;
  return { steps, open: stack, spanMs, tailMs: Number.isFinite(taken) ? Math.max(0, taken - spanMs) : 0 };
}

/** `AspNetWebEventRaiseEnd` closes `…RaiseStart`, `AspNetSessionDataEnd` closes `…DataBegin`. */
function alternative(opener: string): string {
  return opener.replace(/Begin$/, 'Start');
}

function openStep(opener: string, startMs: number, event: number, depth: number): TimelineStep {
  return { opener, startMs, endMs: startMs, firstEvent: event, lastEvent: event, selfMs: 0, depth, ended: false };
}

function gapStep(opener: string, startMs: number, endMs: number, i: number, depth: number): TimelineStep {
  return { opener, startMs, endMs, firstEvent: i, lastEvent: i + 1, selfMs: endMs - startMs, depth, ended: true };
}

/** Ends the nearest open step of this kind, and whatever was left open inside it. */
function close(
  stack: TimelineStep[],
  opener: string,
  atMs: number,
  event: number,
  module: string | undefined,
  only: boolean,
): void {
  for (let i = stack.length - 1; i >= 0; i--) {
    const step = stack[i]!;
    if (step.opener !== opener || (module !== undefined && step.module !== module)) continue;
    for (const inner of only ? [step] : stack.slice(i)) {
      inner.endMs = atMs;
      inner.lastEvent = event;
      inner.ended = inner === step;
    }
    stack.splice(i, only ? 1 : stack.length - i);
    return;
  }
}

function readModule(step: TimelineStep, data: string): void {
  const module = moduleIn(data);
  if (module) step.module = module;
  const stage = fieldIn(data, 'Notification');
  const name = stage === undefined ? null : stageName(stage);
  if (name) step.notification = fieldIn(data, 'fIsPostNotification') === 'true' ? `${name} (post)` : name;
}

function moduleIn(data: string): string | undefined {
  return fieldIn(data, 'ModuleName');
}

function fieldIn(data: string, field: string): string | undefined {
  const at = data.indexOf(`Name="${field}">`);
  if (at < 0) return undefined;
  const from = at + field.length + 8;
  const end = data.indexOf('<', from);
  return end < 0 ? undefined : data.slice(from, end);
}

/** How many entries an answer can carry; the shortest go first. */
const mostEntries = 60;

/** The timeline as contracts show it: every step that took measurable time, in order. */
export function timelineEntries(timeline: Timeline): TimelineEntry[] {
  const measurable = timeline.steps.filter((s) => s.endMs > s.startMs);
  const limit = measurable
    .map((s) => s.endMs - s.startMs)
    .sort((a, b) => b - a)
    .at(mostEntries - 1);
  return measurable
    .filter((s) => limit === undefined || s.endMs - s.startMs >= limit)
    .slice(0, mostEntries)
    .map((s) => ({
      step: labelOf(s),
      ...(s.module ? { module: s.module } : {}),
      ...(s.notification ? { notification: s.notification } : {}),
      startMs: s.startMs,
      durationMs: s.endMs - s.startMs,
      firstEvent: s.firstEvent,
      lastEvent: s.lastEvent,
    }));
}

/** `AspNetPageLoadEnter` -> `AspNetPageLoad`: a step is named after its events, without the start mark. */
export function labelOf(step: TimelineStep): string {
  if (step.opener === 'NOTIFY_MODULE_START' && step.module) return step.module;
  return step.opener.replace(/_START$|Enter$|Begin$|(?<=[a-z])Start$/, '').replace(/^ASP_START_/, 'ASP_');
}
