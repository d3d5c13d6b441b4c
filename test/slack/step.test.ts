import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stepId } from '../../adapters/slack/manifest.js';
import { frebLog } from '../scenarios/logs.js';
import { SlackRun, transports } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});

describe.each(transports)('the workflow step over %s', (transport) => {
  beforeEach(async () => {
    run = await SlackRun.start({ transport });
  });

  it('a log in; cause, confidence and summary out', async () => {
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

  it('no fault is no cause; no file and a file that is gone end the step with a sentence', async () => {
    const file = run.slack.keep({ name: 'minutes.xml', bytes: '<minutes/>' });
    expect((await run.slack.runStep(stepId, { file })).outputs).toMatchObject({ cause: 'none', confidence: 'none' });
    expect((await run.slack.runStep(stepId, {})).error).toMatch(/\w+ .*\./);
    expect((await run.slack.runStep(stepId, { file: 'F0GONE' })).error).toMatch(/\w+ .*\./);
  });
});
