import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Events } from '../desk/ports/environment.js';
import type { Logger } from './log.js';
import { Tally } from './tally.js';

/** Numbers an operator watches, in Prometheus' text form. */
export interface Metrics extends Events {
  text(): Promise<{ type: string; text: string }>;
  /** Where depth and age of the queue are asked for at each reading. */
  watch(queue: () => Promise<QueueState>): void;
  /** Counts requests that a door turned away; strangers cannot fill the log with them. `reason` is one of a few words. */
  refused(door: string, status: number, reason: string): void;
}

/** Claimed messages without an outcome, and since when the oldest of them waits. */
interface QueueState {
  waiting: number;
  oldestSeconds: number;
}

type Facts = Record<string, string | number | boolean | undefined>;

/**
 * Listens to the desk's events: each is logged by name, and counted when its name is known here.
 * Event facts are codes, counts and milliseconds, never content.
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
    help: 'Judging what was read and putting it into words, by verdict',
    labelNames: ['verdict'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 2, 5, 15],
    registers: register,
  });
  const downloads = new Counter({
    name: 'frebot_download_failures_total',
    help: 'Files that could not be had, by door and catalogue code',
    labelNames: ['door', 'reason'],
    registers: register,
  });
  const refusals = new Counter({
    name: 'frebot_refused_total',
    help: 'Requests turned away, by door, status and reason',
    labelNames: ['door', 'status', 'reason'],
    registers: register,
  });
  const tally = new Tally((kind, count) => {
    const [door, status, reason] = JSON.parse(kind) as unknown[];
    log.warn({ door, status, reason, count }, 'request-refused');
  });
  const own: Record<string, (facts: Facts) => void> = {
    claimed: ({ door, ms }) => acknowledged.observe({ door: String(door) }, Number(ms) / 1000),
    diagnosed: ({ verdict, ms }) => diagnosis.observe({ verdict: String(verdict) }, Number(ms) / 1000),
    'file-failed': ({ door, code }) => downloads.inc({ door: String(door), reason: String(code) }),
  };

  return {
    watch(queue) {
      let state: Promise<QueueState | undefined> | undefined;
      // Both gauges are filled from one look.
      const look = () => {
        state ??= queue().catch(() => undefined);
        setImmediate(() => {
          state = undefined;
        });
        return state;
      };
      gauge('frebot_queue_depth', 'Claimed messages without an outcome', async () => (await look())?.waiting);
      gauge('frebot_queue_age_seconds', 'Age of the oldest of them', async () => (await look())?.oldestSeconds);
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
      own[name]?.(facts);
      if (facts.outcome !== undefined) answers.inc({ door: String(facts.door ?? ''), outcome: String(facts.outcome) });
      if (facts.code !== undefined) failures.inc({ code: String(facts.code) });
      if (typeof facts.ms === 'number') seconds.observe({ event: name }, facts.ms / 1000);
      log.info(facts, name);
    },
    async text() {
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
