import { afterEach, describe, expect, it } from 'vitest';
import { type FakeMessage, type FakeView, readable } from '../fakes/slack/index.js';
import { frebLog } from '../scenarios/logs.js';
import { mention, SlackRun } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});
const log = { name: 'fr000032.xml', bytes: frebLog() };
const firstView = () => run.slack.until('a view', () => run.slack.state.views[0]);
const whispered = (words: string) =>
  run.slack.until('a sentence for the presser', () =>
    run.slack.state.messages.find(({ onlyFor, text }) => onlyFor === 'U0ANNA' && text.includes(words)),
  );

describe('a button of another version', () => {
  it.each(['frebot:fix:0', 'approve_request', 'old:menu'])('%s is acknowledged with a sentence', async (action_id) => {
    run = await SlackRun.start();
    const ts = await run.slack.say('C0OPS', mention('defaults'));
    const answer = await run.slack.answer('C0OPS', ts);
    const text = { type: 'plain_text', text: 'Old' };
    const blocks = [{ type: 'actions', elements: [{ type: 'button', action_id, value: 'v0', text }] }];
    expect(await run.slack.press({ ...answer, blocks } as FakeMessage, 'Old')).toBe(true);
    await whispered('another version of me');
  });

  it('and a form of another version closes', async () => {
    run = await SlackRun.start();
    await run.slack.globalShortcut();
    const view = { ...(await firstView()), callback_id: 'frebot_form_v0' };
    expect((await run.slack.submit(view, {})) ?? {}).not.toHaveProperty('response_action');
  });
});

it('a form that is delivered twice makes one line', async () => {
  run = await SlackRun.start();
  await run.slack.globalShortcut();
  await run.slack.submit(await firstView(), { files: [log] }, 3);
  const lines = () => run.slack.state.messages.filter(({ text }) => text.startsWith('You asked me about '));
  const [line] = lines();
  await run.slack.answer('D0ANNA', line?.ts as string, 2);
  expect(lines()).toHaveLength(1);
});

describe('"Not it"', () => {
  const pressed = async (): Promise<{ ts: string; view: FakeView }> => {
    run = await SlackRun.start();
    const ts = await run.slack.say('C0OPS', mention(), { files: [log] });
    await run.slack.press(await run.slack.answer('C0OPS', ts), 'Not it');
    return { ts, view: await firstView() };
  };

  it('asks in a form what it was, and what is entered is kept with the case', async () => {
    const { ts, view } = await pressed();
    expect(readable(view.blocks)).not.toContain('next message');
    expect(run.slack.answers('C0OPS', ts)).toHaveLength(1);
    await run.slack.submit(view, { reason: 'an expired password of the pool account' });
    expect(readable((await run.slack.answer('C0OPS', ts, 2)).blocks)).not.toContain('What was it?');
    const asked = await run.slack.say('C0OPS', mention('case'), { thread: ts });
    expect(asked).toBeTruthy();
    expect(readable((await run.slack.answer('C0OPS', ts, 3)).blocks)).toContain('expired password of the pool account');
  });

  it('counts without words too, and not before the form is sent', async () => {
    const { ts, view } = await pressed();
    await run.slack.submit(view, {}, 2);
    await run.slack.answer('C0OPS', ts, 2);
    await new Promise((settled) => setTimeout(settled, 150));
    expect(run.slack.answers('C0OPS', ts)).toHaveLength(2);
  });

  it('is taken without the form when Slack does not open it', async () => {
    run = await SlackRun.start();
    const ts = await run.slack.say('C0OPS', mention(), { files: [log] });
    const answer = await run.slack.answer('C0OPS', ts);
    run.slack.disturb('views.open', { error: 'expired_trigger_id' });
    await run.slack.press(answer, 'Not it');
    await run.slack.answer('C0OPS', ts, 2);
  });
});
