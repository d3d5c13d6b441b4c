import type { FrebEvent } from '../log/event.js';
import type { TraceObserver } from '../trace-observer.js';
import type { TimelineStep } from './open-steps.js';
import { type SlowKind, slowKind } from './slow-kind.js';
import type { Timeline } from './timeline.js';
import { stepLabel } from './timeline-entries.js';

/** Steps of one kind, and the time in which one of them was the innermost. */
interface StepGroup {
  kind: SlowKind;
  steps: TimelineStep[];
  ms: number;
}

/**
 * Adds what took longest: the kind of step that has most of the time, and its largest steps.
 * @param timeTaken what the start tag says the request took, in milliseconds
 */
export function observeSlow(facts: TraceObserver, timeline: Timeline, timeTaken: number): void {
  const { trace } = facts;
  const damaged = trace.damage.includes('truncated') || trace.damage.includes('cut-off');
  const total = Math.max(timeTaken, timeline.spanMs);
  // The time after the last event belongs to what was still open, unless events are missing.
  const inner = timeline.open.at(-1);
  if (inner && !damaged) inner.selfMs += timeline.tailMs;
  const slowest = slowestGroup(facts, timeline.steps, total);
  if (!slowest || total <= 0) return;
  // Most of a cut log's time may lie in what is missing: then no step is to blame.
  if (damaged && slowest.ms < total * 0.5) return;
  addSlowest(facts, slowest, total);
}

function slowestGroup(facts: TraceObserver, steps: readonly TimelineStep[], total: number): StepGroup | undefined {
  const groups = new Map<SlowKind, StepGroup>();
  for (const step of steps) {
    if (step.selfMs <= 0) continue;
    const kind = slowKind(facts.trace, step, total);
    const group = groups.get(kind) ?? { kind, steps: [], ms: 0 };
    groups.set(kind, group);
    group.steps.push(step);
    group.ms += step.selfMs;
  }
  let slowest: StepGroup | undefined;
  for (const group of groups.values()) if (!slowest || group.ms > slowest.ms) slowest = group;
  return slowest;
}

function addSlowest(facts: TraceObserver, { kind, steps, ms }: StepGroup, total: number): void {
  steps.sort((a, b) => b.selfMs - a.selfMs);
  const slowest = steps[0]!;
  const large = steps.filter((s) => s.selfMs >= ms * 0.15);
  const labels = [...new Set(large.map(stepLabel))].slice(0, 3);
  const event = facts.trace.event(slowest.firstEvent);
  facts.add('slow.step', labels.join(' + '), event);
  facts.add('slow.kind', kind, event);
  facts.add('slow.ms', ms, event, 'TimeCreated', `${ms} ms${extentOf(large, slowest)}`);
  facts.add('slow.share', Math.round((ms / total) * 100) / 100, event);
  const place = placeOf(facts, slowest, event, kind);
  if (place) facts.add('slow.where', place, event);
}

function extentOf(large: readonly TimelineStep[], { firstEvent, lastEvent }: TimelineStep): string {
  if (large.length > 1) return ` in ${large.length} steps`;
  return lastEvent > firstEvent ? ` to event ${lastEvent}` : '';
}

/** Returns file, line, statement, host or module of a slow step. */
function placeOf(facts: TraceObserver, step: TimelineStep, event: FrebEvent, kind: SlowKind): string | undefined {
  const file = event.get('FilePath') ?? event.get('FileName');
  if (file) {
    const line = event.get('LineNumber');
    const statement = event.get('CurrentStatement');
    return [file, line ? ` line ${line}` : '', statement ? `: ${statement}` : ''].join('');
  }
  const dll = event.get('DllName');
  if (dll) return dll;
  if (step.module) return [step.module, step.notification].filter(Boolean).join(' at ');
  if (kind === 'backend') {
    const host = facts.gather.observations.find((o) => o.name === 'backend.host')?.value;
    return typeof host === 'string' ? host : undefined;
  }
  if (kind !== 'page-code') return undefined;
  const url = facts.trace.root.attributes.get('url');
  return url?.replace(/^[a-z]+:\/\/[^/]*/i, '').split('?')[0];
}
