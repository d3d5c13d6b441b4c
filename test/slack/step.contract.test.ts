import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stepId } from '../../adapters/slack/manifest.js';
import type { Desk } from '../../src/desk/desk.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { frebLog } from '../scenarios/logs.js';
import { SlackRun, transports, wholeDesk } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});

describe.each(transports)('the workflow step over %s', (transport) => {
  beforeEach(async () => {
    run = await SlackRun.start({ transport });
  });

  it('takes a log and returns cause, confidence and summary', async () => {
    const file = run.slack.keep({ name: 'fr000032.xml', bytes: frebLog() });
    for (const input of [file, [file]]) {
      const { outputs } = await run.slack.runStep(stepId, { file: input });
      expect(outputs).toEqual({
        cause: 'impersonation-right-missing',
        confidence: 'likely',
        summary: expect.stringMatching(/impersonat/i),
      });
    }
    expect(run.slack.deliveries.every(({ acknowledged, attempts }) => acknowledged && attempts === 1)).toBe(true);
  });

  it('returns no cause for a log without a fault, and ends with a sentence for a missing or deleted file', async () => {
    const file = run.slack.keep({ name: 'minutes.xml', bytes: '<minutes/>' });
    expect((await run.slack.runStep(stepId, { file })).outputs).toMatchObject({ cause: 'none', confidence: 'none' });
    expect((await run.slack.runStep(stepId, {})).error).toMatch(/\w+ .*\./);
    expect((await run.slack.runStep(stepId, { file: 'F0GONE' })).error).toMatch(/\w+ .*\./);
  });
});

it('a workspace over its hourly quota reads so in the summary', async () => {
  const none = { questions: 0, bytes: 0, readingMs: 0 };
  const quotas = { user: none, channel: none, workspace: none };
  run = await SlackRun.start({ desk: wholeDesk(memoryStore(), quotas) });
  const file = run.slack.keep({ name: 'fr000032.xml', bytes: frebLog() });
  expect((await run.slack.runStep(stepId, { file })).outputs).toMatchObject({
    cause: 'none',
    summary: expect.stringMatching(/too many requests/),
  });
});

describe.each(transports)('the step is acknowledged after its result is sent, over %s', (transport) => {
  const hurry = { transport, ackMs: 300, retryMs: [20, 300, 300] as [number, number, number] };
  /** A desk that waits with its diagnosis until the test lets it. */
  const gated = () => {
    const whole = wholeDesk();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((go) => {
      open = go;
    });
    let asked = 0;
    const desk: Desk = {
      ...whole,
      async diagnoseFor(spender, files) {
        asked += 1;
        await gate;
        return whole.diagnoseFor(spender, files);
      },
    };
    return { desk, open: () => open(), asked: () => asked };
  };
  const completed = () => run.slack.state.calls.filter(({ method }) => method === 'functions.completeSuccess').length;

  it('works once on deliveries that come meanwhile, and acknowledges later ones at once', async () => {
    const { desk, open, asked } = gated();
    run = await SlackRun.start({ ...hurry, desk });
    const file = run.slack.keep({ name: 'fr000032.xml', bytes: frebLog() });
    const result = run.slack.runStep(stepId, { file });
    await run.slack.until('a second delivery', () => (run.slack.deliveries[0]?.attempts ?? 0) >= 2);
    expect(run.slack.deliveries[0]?.acknowledged).toBe(false);
    open();
    expect((await result).outputs).toMatchObject({ confidence: 'likely' });
    expect(run.slack.deliveries[0]).toMatchObject({ acknowledged: true });
    expect([asked(), completed()]).toEqual([1, 1]);
  });

  it('is delivered to the next process when the first one dies', async () => {
    const { desk } = gated();
    run = await SlackRun.start({ ...hurry, retryMs: [20, 1000, 1000], desk });
    const file = run.slack.keep({ name: 'fr000032.xml', bytes: frebLog() });
    const result = run.slack.runStep(stepId, { file });
    await run.slack.until('a first delivery', () => run.slack.deliveries[0]?.attempts === 1);
    run = await run.successor({ desk: wholeDesk() });
    expect((await result).outputs).toMatchObject({ confidence: 'likely' });
    expect(run.slack.deliveries[0]).toMatchObject({ acknowledged: true });
    expect(completed()).toBe(1);
  });

  it('sends a result again that did not reach Slack', async () => {
    run = await SlackRun.start(hurry);
    run.slack.disturb('functions.completeSuccess', 'cut', 'cut', 'cut', 'cut');
    const file = run.slack.keep({ name: 'fr000032.xml', bytes: frebLog() });
    run.slack.options.retryMs = [3000, 500, 500];
    expect((await run.slack.runStep(stepId, { file })).outputs).toMatchObject({ confidence: 'likely' });
    expect(run.slack.deliveries[0]).toMatchObject({ acknowledged: true });
  });
});
