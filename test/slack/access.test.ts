import { afterEach, describe, expect, it } from 'vitest';
import { stepId } from '../../adapters/slack/manifest.js';
import type { Access } from '../../adapters/slack/settings.js';
import { type FakeMessage, readable } from '../fakes/slack/index.js';
import { type NotingDesk, notingDesk } from './doubles.js';
import { mention, SlackRun, transports } from './driver.js';

let run: SlackRun;
let desk: NotingDesk;
const begin = async (access: Access, transport: 'socket' | 'http' = 'socket') => {
  desk = notingDesk();
  run = await SlackRun.start({ desk, transport, settings: { access } });
};
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});

const denial = /^Whoever runs me has not opened me for/;
const onlyFor = (user: string) => run.slack.state.messages.filter((m) => m.onlyFor === user || m.channel === 'D0ANNA');
const said = () => run.slack.state.messages.filter(({ bot_id }) => bot_id).map(({ text }) => text);
const log = { name: 'fr000032.xml', bytes: '<failedRequest/>' };

describe.each(transports)('allow-lists over %s', (transport) => {
  it('a stranger who mentions Frebot reads one sentence that nobody else sees, whatever Slack repeats', async () => {
    await begin({ users: ['U0FRIEND'] }, transport);
    await run.slack.say('C0OPS', mention('help'), { files: [log], times: 3 });
    expect(desk.heard).toEqual([]);
    const told = run.slack.state.messages.filter(({ bot_id }) => bot_id);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ onlyFor: 'U0ANNA', text: expect.stringMatching(denial) });
  });

  it('what a stranger says to others, or drops, is left without a word', async () => {
    await begin({ users: ['U0FRIEND'] }, transport);
    await run.slack.say('C0OPS', 'hello', { files: [log] });
    expect([desk.heard, said()]).toEqual([[], []]);
  });

  it('every other way in has its own way to say no', async () => {
    await begin({ users: ['U0FRIEND'] }, transport);
    expect((await run.slack.command('help'))?.text).toMatch(denial);
    await run.slack.say('D0ANNA', 'help');
    await run.slack.globalShortcut();
    const { ts } = run.slack.post('C0OPS', 'old');
    await run.slack.messageShortcut(run.slack.state.messages.find((m) => m.ts === ts) as FakeMessage);
    await run.slack.until(
      'four sentences',
      () => onlyFor('U0ANNA').filter(({ text }) => denial.test(text)).length === 4,
    );
    expect(readable((await run.slack.openHome()).blocks)).toMatch(denial);
    expect([desk.heard, desk.lines, run.slack.state.views]).toEqual([[], [], []]);
  });

  it('who is on the list is served', async () => {
    await begin({ users: ['U0ANNA'], channels: ['C0OPS'], workspaces: ['T0FREBOT'] }, transport);
    await run.slack.say('C0OPS', mention('help'));
    expect(new Set(desk.heard.map(({ who }) => who))).toEqual(new Set(['U0ANNA']));
    expect((await run.slack.command('help'))?.text).not.toMatch(denial);
    // A direct message is no channel.
    await run.slack.say('D0ANNA', 'help');
    expect(desk.heard.at(-1)?.where.channel).toBe('D0ANNA');
  });
});

it.each([
  [{ channels: ['C0OTHER'] }, 'this channel'],
  [{ workspaces: ['T0OTHER'] }, 'this workspace'],
])('%o: the sentence names what is closed', async (access, words) => {
  await begin(access);
  await run.slack.say('C0OPS', mention('help'));
  expect(said()).toEqual([expect.stringContaining(words)]);
});

it('a workflow of a closed workspace ends with the sentence', async () => {
  await begin({ workspaces: ['T0OTHER'] });
  expect((await run.slack.runStep(stepId, {})).error).toMatch(denial);
});

describe('commands for administrators', () => {
  const access = { admins: ['U0BOSS', 'S0ADMINS'], adminCommands: ['forget', 'defaults'] };

  it('are denied to others as slash command, mention, direct message, button and form', async () => {
    await begin(access);
    expect((await run.slack.command('forget'))?.text).toContain('the command forget: it is for administrators');
    await run.slack.say('C0OPS', mention('forget'));
    await run.slack.say('D0ANNA', 'forget');
    expect(said().filter((text) => denial.test(text))).toHaveLength(3);
    const shown = (await run.slack.command('explain 500.19')) as FakeMessage;
    const button = {
      type: 'button',
      action_id: 'frebot:defaults:0',
      text: { type: 'plain_text', text: 'Default values' },
      value: '{}',
    };
    shown.blocks = [{ type: 'actions', elements: [button] }];
    await run.slack.press(shown, 'Default values');
    await run.slack.globalShortcut();
    const view = await run.slack.until('a form', () => run.slack.state.views[0]);
    expect(await run.slack.submit(view, { question: 'forget' })).toMatchObject({ response_action: 'errors' });
    expect(desk.lines).toEqual(['explain 500.19']);
    expect([...desk.heard, ...desk.presses]).toEqual([]);
  });

  it.each(['U0BOSS', 'U0ADMIN'])('are there for %s', async (user) => {
    await begin(access);
    await run.slack.command('forget', user);
    await run.slack.command('forget', user);
    expect(desk.lines).toEqual(['forget', 'forget']);
    const asked = run.slack.state.calls.filter(({ method }) => method === 'usergroups.users.list');
    expect(asked).toHaveLength(user === 'U0ADMIN' ? 1 : 0);
  });

  it('a group that cannot be read has no members', async () => {
    await begin(access);
    run.slack.state.groups.clear();
    expect((await run.slack.command('forget', 'U0ADMIN'))?.text).toMatch(denial);
  });

  it('other commands, and questions that begin alike, are for everybody', async () => {
    await begin(access);
    await run.slack.command('explain 0x80070542');
    await run.slack.say('D0ANNA', 'why would somebody forget IIS_IUSRS?');
    expect([desk.lines.length, desk.heard.length]).toEqual([1, 1]);
  });
});
