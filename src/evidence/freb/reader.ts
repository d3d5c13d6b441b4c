import type { Reading } from '../evidence.js';
import type { Source } from '../source.js';
import { observeException } from './exception.js';
import { Facts } from './trace-observer.js';
import { observeOutcome } from './outcome.js';
import { observePipeline } from './pipeline.js';
import { observeRequest } from './request.js';
import { observeTime } from './slow.js';
import { timelineEntries } from './timeline.js';
import { openTrace } from './trace.js';

/**
 * Reads one FREB log into facts. Null when the bytes hold no `<failedRequest`.
 * Damaged logs are read as far as they go; `damage` says what is wrong with them.
 */
export function readFrebLog(file: string, source: Source, options: { timeline?: boolean } = {}): Reading | null {
  const trace = openTrace(source);
  if (!trace) return null;
  const facts = new Facts(trace);
  observeRequest(facts);
  const outcome = observeOutcome(facts);
  observePipeline(facts);
  observeException(facts, outcome);
  const timeline = observeTime(facts, options.timeline === true);
  const shown = options.timeline && timeline ? facts.gather.timeline(timelineEntries(timeline)) : undefined;
  return {
    file,
    kind: 'freb-log',
    origin: null,
    damage: trace.damage,
    observations: facts.gather.observations,
    withheld: facts.withheld,
    ...(shown ? { timeline: shown } : {}),
  };
}
