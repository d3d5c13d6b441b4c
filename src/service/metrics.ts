import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Events } from '../desk/ports.js';
import type { Logger } from './log.js';

/** Numbers an operator watches, in Prometheus' text form. */
export interface Metrics extends Events {
  text(): Promise<{ type: string; text: string }>;
}

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

  return {
    emit(event) {
      const { name, ...facts } = event;
      events.inc({ event: name });
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
