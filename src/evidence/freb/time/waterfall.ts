import type { Waterfall, WaterfallBar } from '../../evidence.js';
import type { TimelineStep } from './open-steps.js';
import type { Timeline } from './timeline.js';
import { stepLabel } from './timeline-entries.js';

/** A chart of more bars cannot be read; the shortest are left out, and counted. */
const mostBars = 40;

/**
 * Returns where the time went, as a chart shows it: the steps that were the innermost one for a measurable time, in order.
 * @param decisive number of the event that decided the outcome, where one did
 */
export function buildWaterfall(timeline: Timeline, decisive?: number): Waterfall {
  const { steps, spanMs, clockMs } = timeline;
  const measurable = steps.filter((step) => step.selfMs > 0 && step.spans.length > 0);
  const longest = new Set([...measurable].sort((a, b) => b.selfMs - a.selfMs).slice(0, mostBars));
  const bars = measurable.filter((step) => longest.has(step)).map(toBar);
  const at = decisive === undefined ? undefined : timeline.timeOf(decisive);
  return {
    spanMs,
    clockMs,
    bars,
    left: measurable.length - bars.length,
    ...(decisive !== undefined && at !== undefined && { decisive: { event: decisive, atMs: at } }),
  };
}

function toBar(step: TimelineStep): WaterfallBar {
  const { startMs, endMs, selfMs, spans, firstEvent, lastEvent, module, notification } = step;
  const [before, after] = step.opener.split(' to ');
  const label = after === undefined ? stepLabel(step) : `between ${before} and ${after}`;
  return {
    step: label,
    ...(module && module !== label ? { module } : {}),
    ...(notification ? { notification } : {}),
    startMs,
    endMs,
    selfMs,
    spans,
    firstEvent,
    lastEvent,
  };
}
