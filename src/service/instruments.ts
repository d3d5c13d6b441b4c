import { Counter, Histogram, type Registry } from 'prom-client';
import type { DeskEvent } from '../desk/ports/events.js';

/** The counters and histograms of events and refusals; `docs/operations.md` explains each. */
type Instruments = ReturnType<typeof createCounters> & ReturnType<typeof createHistograms>;

/** Creates all of them in the registry. */
export function createInstruments(registry: Registry): Instruments {
  return { ...createCounters([registry]), ...createHistograms([registry]) };
}

function createCounters(registers: Registry[]) {
  return {
    events: new Counter({
      name: 'frebot_events_total',
      help: 'Desk events by name',
      labelNames: ['event'],
      registers,
    }),
    answers: new Counter({
      name: 'frebot_answers_total',
      help: 'Ended messages by door and outcome',
      labelNames: ['door', 'outcome'],
      registers,
    }),
    failures: new Counter({
      name: 'frebot_failures_total',
      help: 'Failures by catalogue code',
      labelNames: ['code'],
      registers,
    }),
    downloads: new Counter({
      name: 'frebot_download_failures_total',
      help: 'Files that could not be fetched, by door and catalogue code',
      labelNames: ['door', 'reason'],
      registers,
    }),
    files: new Counter({
      name: 'frebot_files_total',
      help: 'Files that were opened, and files left alone because of their name, type or size',
      labelNames: ['door', 'outcome'],
      registers,
    }),
    refusals: new Counter({
      name: 'frebot_refused_total',
      help: 'Refused requests, by door, status and reason',
      labelNames: ['door', 'status', 'reason'],
      registers,
    }),
  };
}

function createHistograms(registers: Registry[]) {
  return {
    seconds: new Histogram({
      name: 'frebot_work_seconds',
      help: 'Duration of a piece of work by event',
      labelNames: ['event'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 2, 5, 15, 60],
      registers,
    }),
    acknowledged: new Histogram({
      name: 'frebot_ack_seconds',
      help: 'From delivery to the stored claim, after which the platform is acknowledged',
      labelNames: ['door'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 2.5],
      registers,
    }),
    diagnosis: new Histogram({
      name: 'frebot_diagnosis_seconds',
      help: 'From evidence that was read to the finished answer, by verdict',
      labelNames: ['verdict'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 2, 5, 15],
      registers,
    }),
  };
}

/** Counts an event, and what it reports. */
export function countEvent(event: DeskEvent, instruments: Instruments): void {
  const { events, answers, failures, seconds, acknowledged, diagnosis, downloads, files } = instruments;
  events.inc({ event: event.name });
  if (event.name === 'claimed') acknowledged.observe({ door: event.door }, event.ms / 1000);
  if (event.name === 'diagnosed') diagnosis.observe({ verdict: event.verdict }, event.ms / 1000);
  if (event.name === 'file-opened') files.inc({ door: event.door, outcome: 'opened' });
  if (event.name === 'file-left-alone') files.inc({ door: event.door, outcome: 'left-alone' });
  if (event.name === 'file-failed') downloads.inc({ door: event.door, reason: event.code });
  if (event.name === 'answered') answers.inc({ door: event.door, outcome: event.outcome });
  if ('code' in event && event.code !== undefined) failures.inc({ code: event.code });
  if ('ms' in event) seconds.observe({ event: event.name }, event.ms / 1000);
}
