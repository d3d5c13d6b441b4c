import type { TimelineEntry } from '../../evidence.js';
import type { TimelineStep } from './open-steps.js';
import type { Timeline } from './timeline.js';

/** Most entries that an answer can carry; the shortest are left out. */
const mostEntries = 60;

/** Returns the timeline as contracts show it: every step that took measurable time, in order. */
export function timelineEntries(timeline: Timeline): TimelineEntry[] {
  const measurable = timeline.steps.filter((s) => s.endMs > s.startMs);
  const shortest = measurable
    .map((s) => s.endMs - s.startMs)
    .sort((a, b) => b - a)
    .at(mostEntries - 1);
  return measurable
    .filter((s) => shortest === undefined || s.endMs - s.startMs >= shortest)
    .slice(0, mostEntries)
    .map((s) => ({
      step: stepLabel(s),
      ...(s.module ? { module: s.module } : {}),
      ...(s.notification ? { notification: s.notification } : {}),
      startMs: s.startMs,
      durationMs: s.endMs - s.startMs,
      firstEvent: s.firstEvent,
      lastEvent: s.lastEvent,
    }));
}

/** Returns the name of a step: `AspNetPageLoadEnter` -> `AspNetPageLoad`, after its events, without the start mark. */
export function stepLabel(step: TimelineStep): string {
  if (step.opener === 'NOTIFY_MODULE_START' && step.module) return step.module;
  return step.opener.replace(/_START$|Enter$|Begin$|(?<=[a-z])Start$/, '').replace(/^ASP_START_/, 'ASP_');
}
