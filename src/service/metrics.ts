import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Events } from '../desk/ports/environment.js';
import type { DeskEvent } from '../desk/ports/events.js';
import type { Logger } from './log.js';
import { Tally } from './tally.js';

/** Metrics for the operator, in the text format of Prometheus. */
export interface Metrics extends Events {
  text(): Promise<{ type: string; text: string }>;
  /** Sets the function that each scrape asks for the depth and age of the queue. */
  watch(queue: () => Promise<QueueState>): void;
  /** Counts refused requests, and logs them at a bounded rate, so that strangers cannot fill the log. `reason` is one of a few fixed texts. */
  refused(door: string, status: number, reason: string): void;
}

/** Number of claimed messages without an outcome, and the age of the oldest. */
interface QueueState {
  waiting: number;
  oldestSeconds: number;
}

/**
 * Creates a sink that logs and counts the desk's events. Facts of an event are codes, counts and milliseconds, never content.
 */
export function createMetrics(log: Logger): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const register = [registry];
  const events = new Counter({
    name: 'frebot_events_total',
    help: 'Desk events by name',
    labelNames: ['event'],
    registers: register,
  });
  const answers = new Counter({
    name: 'frebot_answers_total',
    help: 'Ended messages by door and outcome',
    labelNames: ['door', 'outcome'],
    registers: register,
  });
  const failures = new Counter({
    name: 'frebot_failures_total',
    help: 'Failures by catalogue code',
    labelNames: ['code'],
    registers: register,
  });
  const seconds = new Histogram({
    name: 'frebot_work_seconds',
    help: 'Duration of a piece of work by event',
    labelNames: ['event'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 2, 5, 15, 60],
    registers: register,
  });

  const acknowledged = new Histogram({
    name: 'frebot_ack_seconds',
    help: 'From delivery to the stored claim, after which the platform is acknowledged',
    labelNames: ['door'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 2.5],
    registers: register,
  });
  const diagnosis = new Histogram({
    name: 'frebot_diagnosis_seconds',
    help: 'From evidence that was read to the finished answer, by verdict',
    labelNames: ['verdict'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 2, 5, 15],
    registers: register,
  });
  const downloads = new Counter({
    name: 'frebot_download_failures_total',
    help: 'Files that could not be fetched, by door and catalogue code',
    labelNames: ['door', 'reason'],
    registers: register,
  });
  const files = new Counter({
    name: 'frebot_files_total',
    help: 'Files that were opened, and files left alone because of their name, type or size',
    labelNames: ['door', 'outcome'],
    registers: register,
  });
  const refusals = new Counter({
    name: 'frebot_refused_total',
    help: 'Refused requests, by door, status and reason',
    labelNames: ['door', 'status', 'reason'],
    registers: register,
  });
  const tally = new Tally((kind, count) => {
    const [door, status, reason] = JSON.parse(kind) as unknown[];
    log.warn({ door, status, reason, count }, 'request-refused');
  });
  function observe(event: DeskEvent): void {
    if (event.name === 'claimed') acknowledged.observe({ door: event.door }, event.ms / 1000);
    if (event.name === 'diagnosed') diagnosis.observe({ verdict: event.verdict }, event.ms / 1000);
    if (event.name === 'file-opened') files.inc({ door: event.door, outcome: 'opened' });
    if (event.name === 'file-left-alone') files.inc({ door: event.door, outcome: 'left-alone' });
    if (event.name === 'file-failed') downloads.inc({ door: event.door, reason: event.code });
    if (event.name === 'answered') answers.inc({ door: event.door, outcome: event.outcome });
    if ('code' in event && event.code !== undefined) failures.inc({ code: event.code });
    if ('ms' in event) seconds.observe({ event: event.name }, event.ms / 1000);
  }

  return {
    watch(queue) {
      let state: Promise<QueueState | undefined> | undefined;
      // One query fills both gauges of a scrape.
      const readQueue = () => {
        state ??= queue().catch(() => undefined);
        setImmediate(() => {
          state = undefined;
        });
        return state;
      };
      gauge('frebot_queue_depth', 'Claimed messages without an outcome', async () => (await readQueue())?.waiting);
      gauge(
        'frebot_queue_age_seconds',
        'Age of the oldest of these messages',
        async () => (await readQueue())?.oldestSeconds,
      );
      function gauge(name: string, help: string, read: () => Promise<number | undefined>): void {
        new Gauge({
          name,
          help,
          registers: register,
          async collect() {
            this.set((await read()) ?? Number.NaN);
          },
        });
      }
    },
    refused(door, status, reason) {
      refusals.inc({ door, status, reason });
      tally.note(JSON.stringify([door, status, reason]));
    },
    emit(event) {
      const { name, ...facts } = event;
      events.inc({ event: name });
      observe(event);
      log.info(facts, name);
    },
    async text() {
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
