import { afterEach, describe, expect, it } from 'vitest';
import { type FakeMessage, type FakeView, installedScopes, readable } from '../fakes/slack/index.js';
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
    expect(readable((await run.slack.answer('C0OPS', ts, 3)).blocks)).toContain('expired password of the pool account');
    expect(run.slack.answers('C0OPS', asked)).toEqual([]);
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
    expect(readable((await run.slack.answer('C0OPS', ts, 2)).blocks)).toContain(
      'your next message in this thread is kept with the case',
    );
  });
});

describe('a channel shared with another organization', () => {
  const dropped = async (settings?: object) => {
    run = await SlackRun.start({ ...(settings && { settings }) });
    return run.slack.say('C0SHARED', mention('why?'), { files: [log] });
  };
  const private_ = () =>
    run.slack.until('a private answer', () =>
      run.slack.state.messages.find(({ onlyFor, blocks }) => onlyFor && readable(blocks).includes('0x80070542')),
    );

  it('is answered so that only the asker sees it, who may share it', async () => {
    const ts = await dropped();
    const answer = await private_();
    expect(answer).toMatchObject({ onlyFor: 'U0ANNA', thread_ts: ts });
    expect(run.slack.answers('C0SHARED', ts)).toEqual([]);
    await run.slack.press(answer, 'Share in channel');
    await run.slack.until('a shared answer', () =>
      run.slack.state.messages.find((m) => m.channel === 'C0SHARED' && m.bot_id && !m.onlyFor),
    );
  });

  it('does not show one person what another has dropped', async () => {
    run = await SlackRun.start();
    const ts = await run.slack.say('C0SHARED', 'the page is down');
    await run.slack.say('C0SHARED', mention('why?'), { thread: ts, files: [log] });
    await private_();
    await run.slack.say('C0SHARED', mention('which server is it?'), { thread: ts, user: 'U0STRANGER' });
    const reply = await run.slack.until('a reply', () =>
      run.slack.state.messages.find(({ onlyFor }) => onlyFor === 'U0STRANGER'),
    );
    expect(readable(reply.blocks)).not.toContain('WEB03');
    expect(readable((await run.slack.openHome()).blocks)).not.toContain('WEB03');
  });

  it('a log dropped there without a mention is answered to who dropped it', async () => {
    run = await SlackRun.start({ scopes: installedScopes });
    const ts = await run.slack.say('C0SHARED', '', { files: [log] });
    expect(await private_()).toMatchObject({ onlyFor: 'U0ANNA' });
    expect(run.slack.answers('C0SHARED', ts)).toEqual([]);
  });

  it('is answered in the thread where the operator allows it', async () => {
    const ts = await dropped({ answersInSharedChannels: true });
    expect(readable((await run.slack.answer('C0SHARED', ts)).blocks)).toContain('0x80070542');
  });
});

it('says in two lines what it does when it is added to a channel, once', async () => {
  run = await SlackRun.start();
  await run.slack.invite('C0OPS', 'U0BERT');
  for (let times = 0; times < 3; times++) await run.slack.invite('C0OPS');
  const greetings = () => run.slack.state.messages.filter(({ bot_id }) => bot_id);
  await run.slack.until('a greeting', () => greetings()[0]);
  await new Promise((settled) => setTimeout(settled, 150));
  expect(greetings()).toHaveLength(1);
  const [greeting] = greetings();
  expect(readable(greeting?.blocks).trim().split('\n').filter(Boolean)).toHaveLength(2);
  expect(greeting).not.toHaveProperty('thread_ts');
});

it('asks Slack once who it is, at the start', async () => {
  run = await SlackRun.start();
  await run.slackDoor.door.check();
  const ts = await run.slack.say('C0OPS', mention('defaults'));
  await run.slack.answer('C0OPS', ts);
  expect(run.slack.state.calls.filter(({ method }) => method === 'auth.test')).toHaveLength(1);
});
