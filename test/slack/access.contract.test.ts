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

const denial = /^My administrator hasn't enabled me for/;
const onlyFor = (user: string) => run.slack.state.messages.filter((m) => m.onlyFor === user || m.channel === 'D0ANNA');
const postedTexts = () => run.slack.state.messages.filter(({ bot_id }) => bot_id).map(({ text }) => text);
const log = { name: 'fr000032.xml', bytes: '<failedRequest/>' };

describe.each(transports)('allow-lists over %s', (transport) => {
  it('a person who is not on the list and mentions Frebot reads one sentence, alone, however often Slack delivers', async () => {
    await begin({ users: ['U0FRIEND'] }, transport);
    await run.slack.say('C0OPS', mention('help'), { files: [log], times: 3 });
    expect(desk.received).toEqual([]);
    const posts = run.slack.state.messages.filter(({ bot_id }) => bot_id);
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({ onlyFor: 'U0ANNA', text: expect.stringMatching(denial) });
  });

  it('what such a person says to others, or drops, gets no answer', async () => {
    await begin({ users: ['U0FRIEND'] }, transport);
    await run.slack.say('C0OPS', 'hello', { files: [log] });
    expect([desk.received, postedTexts()]).toEqual([[], []]);
  });

  it('each other way in denies them in its own form', async () => {
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
    expect([desk.received, desk.lines, run.slack.state.views]).toEqual([[], [], []]);
  });

  it('a person on the list is answered', async () => {
    await begin({ users: ['U0ANNA'], channels: ['C0OPS'], workspaces: ['T0FREBOT'] }, transport);
    await run.slack.say('C0OPS', mention('help'));
    expect(new Set(desk.received.map(({ who }) => who))).toEqual(new Set(['U0ANNA']));
    expect((await run.slack.command('help'))?.text).not.toMatch(denial);
    // A direct message is not a channel.
    await run.slack.say('D0ANNA', 'help');
    expect(desk.received.at(-1)?.where.channel).toBe('D0ANNA');
  });
});

it.each([
  [{ channels: ['C0OTHER'] }, 'this channel'],
  [{ workspaces: ['T0OTHER'] }, 'this workspace'],
])('%o: the denial names the list that is not met', async (access, words) => {
  await begin(access);
  await run.slack.say('C0OPS', mention('help'));
  expect(postedTexts()).toEqual([expect.stringContaining(words)]);
});

it('a workflow of a workspace that is not on the list ends with the denial', async () => {
  await begin({ workspaces: ['T0OTHER'] });
  expect((await run.slack.runStep(stepId, {})).error).toMatch(denial);
});

describe('commands for administrators', () => {
  const access = { admins: ['U0BOSS', 'S0ADMINS'], adminCommands: ['forget', 'defaults'] };
  const denied = 'the command forget: it is for administrators';
  const done = /Forgotten|nothing kept/i;
  /** With the desk itself: it decides, on the text it acts on. */
  const beginWhole = async (transport: 'socket' | 'http' = 'socket') => {
    run = await SlackRun.start({ transport, settings: { access }, pace: 0.1 });
  };
  /** What is answered to a text in the thread of an answer, of which something is kept. */
  const inThread = async (text: string, user = 'U0ANNA') => {
    const root = await run.slack.say('C0OPS', mention('explain 500.19'));
    await run.slack.answer('C0OPS', root);
    await run.slack.say('C0OPS', text, { thread: root, user });
    return readable((await run.slack.answer('C0OPS', root, 2)).blocks);
  };
  const us = mention();

  it.each([
    ['in front', `${us} forget`],
    ['behind', `forget ${us}`],
    ['twice', `${us} ${us} forget`],
    ['around', `${us} forget ${us}`],
    ['in the middle of the word', `for${us}get`],
    ['with a slash', `${us} /forget`],
    ['in capitals, with a full stop of Slack’s', `${us} FORGET`],
    ['by another name', `delete ${us}`],
  ])('are denied to others, with the mention %s', async (_name, text) => {
    await beginWhole();
    expect(await inThread(text)).toContain(denied);
  });

  it.each(transports)('are denied to others in each other way in, over %s', async (transport) => {
    await beginWhole(transport);
    expect(readable((await run.slack.command('forget'))?.blocks ?? [])).toContain(denied);
    const direct = await run.slack.say('D0ANNA', 'forget');
    expect(readable((await run.slack.answer('D0ANNA', direct)).blocks)).toContain(denied);
    await run.slack.globalShortcut();
    const view = await run.slack.until('a form', () => run.slack.state.views[0]);
    await run.slack.submit(view, { question: 'forget' });
    await run.slack.until('a denial below the form', () =>
      run.slack.state.messages.find(
        ({ channel, thread_ts, blocks }) =>
          channel.startsWith('D') && thread_ts !== direct && readable(blocks).includes(denied),
      ),
    );
    const shown = (await run.slack.command('help')) as FakeMessage;
    await run.slack.press(shown, 'Default values');
    const modal = await run.slack.until('a modal', () => run.slack.state.views[1]);
    expect(readable(modal.blocks)).toContain('the command defaults: it is for administrators');
  });

  it.each(['U0BOSS', 'U0ADMIN'])('are open to %s', async (user) => {
    await beginWhole();
    expect(await inThread(`forget ${us}`, user)).toMatch(done);
    await run.slack.command('forget', user);
    const asked = run.slack.state.calls.filter(({ method }) => method === 'usergroups.users.list');
    expect(asked).toHaveLength(user === 'U0ADMIN' ? 1 : 0);
  });

  it('a user group that cannot be read counts as empty', async () => {
    await beginWhole();
    run.slack.state.groups.clear();
    expect(readable((await run.slack.command('forget', 'U0ADMIN'))?.blocks ?? [])).toContain(denied);
  });

  it('other commands, and questions that begin with the same word, are open to everyone', async () => {
    await beginWhole();
    expect(readable((await run.slack.command('explain 0x80070542'))?.blocks ?? [])).not.toContain('administrators');
    expect(await inThread(`${us} forget about the potato: what is 500.19?`)).not.toContain('it is for administrators');
  });
});
