import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Events } from '../desk/ports/environment.js';
import { countEvent, createInstruments } from './instruments.js';
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
  const instruments = createInstruments(registry);
  const tally = new Tally((kind, count) => {
    const [door, status, reason] = JSON.parse(kind) as unknown[];
    log.warn({ door, status, reason, count }, 'request-refused');
  });

  return {
    watch: (queue) => watchQueue([registry], queue),
    refused(door, status, reason) {
      instruments.refusals.inc({ door, status, reason });
      tally.note(JSON.stringify([door, status, reason]));
    },
    emit(event) {
      const { name, ...facts } = event;
      countEvent(event, instruments);
      log.info(facts, name);
    },
    async text() {
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

/** Creates the gauges of the queue, which each scrape reads. */
function watchQueue(registers: Registry[], queue: () => Promise<QueueState>): void {
  let state: Promise<QueueState | undefined> | undefined;
  // One query fills both gauges of a scrape.
  const readQueue = () => {
    state ??= queue().catch(() => undefined);
    setImmediate(() => {
      state = undefined;
    });
    return state;
  };
  const addGauge = (name: string, help: string, read: (state: QueueState) => number) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const found = await readQueue();
        this.set(found ? read(found) : Number.NaN);
      },
    });
  addGauge('frebot_queue_depth', 'Claimed messages without an outcome', ({ waiting }) => waiting);
  addGauge('frebot_queue_age_seconds', 'Age of the oldest of these messages', ({ oldestSeconds }) => oldestSeconds);
}
