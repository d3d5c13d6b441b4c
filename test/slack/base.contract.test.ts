import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installedScopes, readable } from '../fakes/slack/index.js';
import { flagship } from '../scenarios/flagship.js';
import { frebLog } from '../scenarios/logs.js';
import { mention, play, SlackRun, transports } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});
const log = { name: 'fr000032.xml', bytes: frebLog() };
const settled = () => new Promise((done) => setTimeout(done, 300));

describe.each(transports)('with the base manifest, which cannot read channels, over %s', (transport) => {
  beforeEach(async () => {
    run = await SlackRun.start({ transport, scopes: installedScopes, pace: 0.4 });
  });

  it.each(['C0OPS', 'G0SECRET', 'G0MANY'])(
    'a log dropped without a mention into %s is answered in its thread',
    async (channel) => {
      const ts = await run.slack.say(channel, '', { files: [log] });
      expect(run.slack.deliveries.map(({ event }) => event)).toEqual(['file_shared']);
      const answer = await run.slack.answer(channel, ts);
      expect(readable(answer.blocks)).toContain('0x80070542');
      expect(answer.thread_ts).toBe(ts);
    },
  );

  it('a log dropped into a thread is answered in that thread', async () => {
    const root = await run.slack.say('C0OPS', 'the portal is down');
    await run.slack.say('C0OPS', '', { thread: root, files: [log] });
    expect((await run.slack.answer('C0OPS', root)).thread_ts).toBe(root);
  });

  it('several files of one message get one answer about all of them', async () => {
    const other = { name: 'fr000033.xml', bytes: frebLog({ url: 'http://web03:80/other' }) };
    const ts = await run.slack.say('C0OPS', '', { files: [log, other] });
    const text = readable((await run.slack.answer('C0OPS', ts)).blocks);
    expect(text).toContain('and 1 more log with the same fault');
    await settled();
    expect(run.slack.answers('C0OPS', ts)).toHaveLength(1);
  });

  it('a file that is no evidence gets no answer', async () => {
    const ts = await run.slack.say('C0OPS', 'minutes', { files: [{ name: 'minutes.xml', bytes: '<minutes/>' }] });
    await settled();
    expect(run.slack.answers('C0OPS', ts)).toEqual([]);
    expect(run.slack.deliveries.every(({ acknowledged, attempts }) => acknowledged && attempts === 1)).toBe(true);
  });

  it('a mention with a log and its file event get one answer', async () => {
    const ts = await run.slack.say('C0OPS', mention('what is this?'), { files: [log], times: 3 });
    await run.slack.answer('C0OPS', ts);
    await settled();
    expect(run.slack.answers('C0OPS', ts)).toHaveLength(1);
  });
});

it('a log is answered although Slack says late where it was shared', async () => {
  run = await SlackRun.start({ scopes: installedScopes, pace: 0.4 });
  run.slack.state.sharesLate = 2;
  const ts = await run.slack.say('C0OPS', '', { files: [log] });
  await run.slack.answer('C0OPS', ts);
  expect(run.slack.deliveries[0]).toMatchObject({ attempts: 1, acknowledged: true });
});

it('Slack delivers again when it says very late where a file was shared; Frebot drops the file when Slack never says it', async () => {
  run = await SlackRun.start({ scopes: installedScopes, ackMs: 700, pace: 0.2 });
  run.slack.state.sharesLate = 4;
  const ts = await run.slack.say('C0OPS', '', { files: [log] });
  await run.slack.answer('C0OPS', ts);
  run.slack.state.sharesLate = 99;
  await run.slack.say('C0OPS', '', { files: [log] });
  // A busy machine may let one more delivery pass.
  expect(run.slack.deliveries.map(({ acknowledged }) => acknowledged)).toEqual([true, true]);
  for (const { attempts } of run.slack.deliveries) expect(attempts).toBeGreaterThan(1);
  expect(run.log.some(({ message }) => message.includes('does not say where'))).toBe(true);
});

it('a file that arrives after its message was claimed is read too', async () => {
  run = await SlackRun.start({ scopes: installedScopes, pace: 0.4 });
  const ts = await run.slack.say('C0OPS', '', { files: [log] });
  await run.slack.answer('C0OPS', ts);
  const late = run.slack.keep({ name: 'fr000033.xml', bytes: frebLog({ url: 'http://web03:80/other' }) });
  const message = run.slack.state.messages.find((m) => m.ts === ts);
  message?.files?.push(run.slack.state.files.get(late) as never);
  await run.slack.deliverEvent({ type: 'file_shared', file_id: late, channel_id: 'C0OPS', user_id: 'U0ANNA' });
  await run.slack.answer('C0OPS', ts, 2);
});

it('the flagship scenario names the code when each message mentions Frebot', async () => {
  run = await SlackRun.start({ scopes: installedScopes });
  const answers = await play(flagship, run);
  expect(answers[0]).toContain('0x80070542');
});
