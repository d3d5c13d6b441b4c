import type { Observation, Reading } from '../evidence.js';
import { readFrebLog } from '../freb/reader.js';
import { openSource } from '../source.js';
import type { ObservationName } from '../vocabulary/index.js';
import { compactEvents, toTraceXml } from './compact.js';

/** Reads events without their document: elements of a FREB log, or lines of freb.xsl's views. */
export function readTraceEvents(file: string, text: string): Reading | null {
  const at = text.search(/<Event[\s>]/);
  if (at >= 0) {
    const events = text.slice(at);
    const end = events.lastIndexOf('</Event>');
    const inner = end < 0 ? events : events.slice(0, end + 8);
    return asFragment(file, `<failedRequest>${inner}</failedRequest>`, 'freb-events');
  }
  const compact = compactEvents(text);
  if (compact.length === 0) return null;
  const reading = asFragment(
    file,
    toTraceXml(compact),
    'freb-compact',
    compact.map((e) => e.number),
  );
  const unnamed = compact.every((e) => e.unnamed);
  return reading && { ...reading, observations: reading.observations.map((o) => asWritten(o, text, unnamed)) };
}

/** The views write codes and stages in another way than the log: a proof shows what this text holds. */
function asWritten(observation: Observation, text: string, unnamed: boolean): Observation {
  const { eventName: _name, ...nameless } = observation;
  const shown = unnamed ? nameless : observation;
  if (shown.raw === undefined || text.includes(shown.raw)) return shown;
  const { raw: _raw, ...rest } = shown;
  return rest;
}

/** Facts that only a whole log can give. */
const ofWholeLogs: readonly ObservationName[] = [
  'request.time-taken',
  'trace.starts-in-the-middle',
  'trace.ends',
  'failure-reason',
  'auth.token-user',
];

/** Lets the reader of FREB logs decide what the events mean, then says that they are a piece. */
function asFragment(file: string, trace: string, form: string, numbers?: number[]): Reading | null {
  const reading = readFrebLog(file, openSource(Buffer.from(trace, 'utf8')), {});
  if (!reading) return null;
  const compact = numbers !== undefined;
  const observations = reading.observations
    .filter((o) => !ofWholeLogs.includes(o.name) && !(compact && o.name === 'request.time'))
    .map((o) => (numbers && o.event !== undefined ? { ...o, event: numbers[o.event - 1] ?? o.event } : o));
  if (!observations.some((o) => o.event !== undefined)) return null;
  return { ...reading, kind: 'fragment', form, damage: [], observations };
}
