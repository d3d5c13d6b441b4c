import type { TimelineStep } from '../time/open-steps.js';
import type { Timeline } from '../time/timeline.js';
import type { Trace } from '../trace.js';

/** The steps of a trace by the event that opened them, and the event around each event. */
export interface StepTree {
  /** Number of the event that opened the step around an event, by its index; 0 for none. */
  parents: number[];
  steps: Map<number, TimelineStep>;
}

/** Puts each event inside the step that was the innermost one when it was written; the end of a step belongs to it. */
export function buildStepTree(trace: Trace, timeline: Timeline, count: number): StepTree {
  const steps = openedSteps(trace, timeline);
  const running = new Set(timeline.open);
  const stack: TimelineStep[] = [];
  const parents: number[] = [];
  for (let event = 1; event <= count; event++) {
    while (stack.length > 0 && hasEnded(stack.at(-1)!, event, running)) stack.pop();
    parents.push(stack.at(-1)?.firstEvent ?? 0);
    const opened = steps.get(event);
    if (opened) stack.push(opened);
  }
  return { parents, steps };
}

/** Steps between two events, which no event opened, are left out. */
function openedSteps(trace: Trace, { steps }: Timeline): Map<number, TimelineStep> {
  const opened = steps.filter((step) => trace.heads.names[step.firstEvent - 1]?.text === step.opener);
  return new Map(opened.map((step) => [step.firstEvent, step]));
}

function hasEnded(step: TimelineStep, event: number, running: ReadonlySet<TimelineStep>): boolean {
  return step.lastEvent < event && !running.has(step);
}
