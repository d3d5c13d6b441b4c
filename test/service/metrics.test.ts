import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createLog } from '../../src/service/log.js';
import { createMetrics } from '../../src/service/metrics.js';

it('shows acknowledgement, answers, queue, downloads and diagnosis', async () => {
  const metrics = createMetrics(createLog('error', new Writable({ write: (_chunk, _encoding, done) => done() })));
  let looks = 0;
  metrics.watch(async () => {
    looks++;
    return { waiting: 7, oldestSeconds: 12.5 };
  });
  metrics.emit({ name: 'claimed', door: 'slack', why: 'addressed', fresh: true, request: 'r1', ms: 12 });
  metrics.emit({ name: 'answered', door: 'slack', outcome: 'answered', request: 'r1', ms: 300 });
  metrics.emit({ name: 'file-failed', door: 'teams', code: 'download-timeout', advice: 'Look.' });
  metrics.emit({ name: 'diagnosed', verdict: 'failure', files: 1, ms: 40 });
  const { text } = await metrics.text();
  for (const line of [
    'frebot_ack_seconds_count{door="slack"} 1',
    'frebot_answers_total{door="slack",outcome="answered"} 1',
    'frebot_download_failures_total{door="teams",reason="download-timeout"} 1',
    'frebot_diagnosis_seconds_count{verdict="failure"} 1',
    'frebot_queue_depth 7',
    'frebot_queue_age_seconds 12.5',
  ]) {
    expect(text).toContain(line);
  }
  expect(looks).toBe(1);
});

it('answers without a queue when the engine is away', async () => {
  const metrics = createMetrics(createLog('error', new Writable({ write: (_chunk, _encoding, done) => done() })));
  metrics.watch(() => Promise.reject(new Error('away')));
  expect((await metrics.text()).text).toMatch(/frebot_queue_depth NaN|frebot_queue_depth Nan/i);
});
