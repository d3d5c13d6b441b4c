import type { TraceObserver } from '../trace-observer.js';
import type { TimelineStep } from './open-steps.js';
import { observeSlow } from './slow.js';
import { buildTimeline, type Timeline } from './timeline.js';

/** Requests that took less are not judged for slowness, in milliseconds: with steps of 15.6 ms there is little to say. */
const slowFrom = 1000;

/** Adds what was open when the trace stopped, and what took longest. Returns the timeline when it was built. */
export function observeTime(facts: TraceObserver, isWanted: boolean): Timeline | null {
  const { trace, gather } = facts;
  const timeTaken = Number(trace.root.attributes.get('timeTaken') ?? 0);
  const overTime = trace.root.attributes.get('failureReason') === 'TIME_TAKEN';
  const hasEnded = gather.observations.some((o) => o.name === 'trace.ends' && o.value === true);
  const slow = timeTaken >= slowFrom || overTime;
  if (hasEnded) observeLeftSteps(facts);
  if (!isWanted && !slow && hasEnded) return null;
  const timeline = buildTimeline(trace);
  if (!hasEnded) {
    for (const step of timeline.open) {
      facts.add('open-step', describeStep(step), trace.event(step.firstEvent));
    }
  }
  if (slow) observeSlow(facts, timeline, timeTaken);
  return timeline;
}

/** In a whole trace, a start without an end is where an exception or a lost connection left the code. */
const leavableSteps: readonly [string, string][] = [
  ['AspNetPagePreInitEnter', 'AspNetPagePreInitLeave'],
  ['AspNetPageInitEnter', 'AspNetPageInitLeave'],
  ['AspNetPageLoadEnter', 'AspNetPageLoadLeave'],
  ['AspNetPagePreRenderEnter', 'AspNetPagePreRenderLeave'],
  ['AspNetPageRenderEnter', 'AspNetPageRenderLeave'],
  ['AspNetCompileEnter', 'AspNetCompileLeave'],
  ['AspNetParseEnter', 'AspNetParseLeave'],
  ['ARR_REQUEST_HEADERS_START', 'ARR_REQUEST_HEADERS_END'],
  ['ARR_RESPONSE_HEADERS_START', 'ARR_RESPONSE_HEADERS_END'],
  ['ANCM_REQUEST_FORWARD_START', 'ANCM_REQUEST_FORWARD_END'],
  ['ANCM_INPROC_EXECUTE_REQUEST_START', 'ANCM_INPROC_EXECUTE_REQUEST_COMPLETION'],
];

function observeLeftSteps(facts: TraceObserver): void {
  // Redirects and Response.End leave a page the same way, and are not a failure.
  const failed = facts.gather.observations.some(
    (o) => (o.name === 'final-status' && Number(o.value) >= 400) || o.name === 'aspnet.web-event',
  );
  if (!failed) return;
  for (const [enter, leave] of leavableSteps) {
    if (facts.trace.count(enter) > facts.trace.count(leave)) facts.add('open-step', enter);
  }
}

function describeStep(step: TimelineStep): string {
  return [step.opener, step.module, step.notification].filter(Boolean).join(' ');
}
