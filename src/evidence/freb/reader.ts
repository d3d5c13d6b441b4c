import type { Reading } from '../evidence.js';
import type { TextSource } from '../source.js';
import { observeException } from './exception.js';
import { observeOutcome } from './outcome.js';
import { observePipeline } from './pipeline.js';
import { observeRequest } from './request.js';
import { observeTime } from './slow.js';
import { timelineEntries } from './timeline.js';
import { openTrace } from './trace.js';
import { TraceObserver } from './trace-observer.js';

/**
 * Reads one FREB log into facts. Null when the bytes hold no `<failedRequest`.
 * Damaged logs are read as far as they go; `damage` says what is wrong with them.
 */
export function readFrebLog(file: string, source: TextSource, options: { timeline?: boolean } = {}): Reading | null {
  const trace = openTrace(source);
  if (!trace) return null;
  const facts = new TraceObserver(trace);
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
