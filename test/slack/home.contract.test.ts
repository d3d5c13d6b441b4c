import { afterEach, describe, expect, it } from 'vitest';
import { suggestedPrompts } from '../../adapters/slack/manifest.js';
import { type FakeView, fullScopes, readable } from '../fakes/slack/index.js';
import { frebLog } from '../scenarios/logs.js';
import { mention, pressNotIt, SlackRun } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});
const log = { name: 'fr000032.xml', bytes: frebLog() };
const quiet = () => new Promise((done) => setTimeout(done, 700));

describe('open cases', () => {
  const cases = async () => readable((await run.slack.openHome()).blocks).match(/^#.*/gm) ?? [];

  it('list a failure answered in a channel until a person marks it as fixed', async () => {
    run = await SlackRun.start();
    expect(readable((await run.slack.openHome()).blocks)).toContain('None: every failure');
    const ts = await run.slack.say('C0OPS', mention(), { files: [log] });
    const answer = await run.slack.answer('C0OPS', ts);
    const [open] = await cases();
    expect(open).toMatch(/^#C0OPS · just now · GET \/secure.* · WEB03 .*impersonat/);
    const link = JSON.stringify((await run.slack.openHome()).blocks).match(/https:[^"]*archives[^"]*/)?.[0];
    expect(link).toBe(`https://frebot-test.slack.com/archives/C0OPS/p${ts.replace('.', '')}`);
    await run.slack.press(answer, 'This fixed it');
    await run.slack.answer('C0OPS', ts, 2);
    expect(await cases()).toEqual([]);
    await pressNotIt(answer, run);
    await run.slack.answer('C0OPS', ts, 3);
    expect(await cases()).toHaveLength(1);
  });

  it('leave out direct messages, private answers and questions', async () => {
    run = await SlackRun.start();
    const ts = await run.slack.say('D0ANNA', '', { files: [log] });
    await run.slack.answer('D0ANNA', ts);
    await run.slack.command('explain 0x80070542');
    const asked = await run.slack.say('C0OPS', mention('defaults'));
    await run.slack.answer('C0OPS', asked);
    expect(await cases()).toEqual([]);
  });
});

describe('settings', () => {
  const access = { admins: ['U0ADMIN'] };
  const press = (home: FakeView, label: string, user: string) =>
    run.slack.press({ channel: 'D0ANNA', ts: '1.1', text: '', blocks: home.blocks, reactions: [] }, label, user);

  it('let an administrator switch off unasked answers for the workspace, also after a restart', async () => {
    run = await SlackRun.start({ settings: { access } });
    await press(await run.slack.openHome('U0ADMIN'), 'Stop answering logs', 'U0ADMIN');
    await run.slack.until('the new state', () =>
      readable(run.slack.state.homes.get('U0ADMIN')?.blocks).includes('off. I only read logs'),
    );
    const { vault, store } = run;
    await run.stop();
    run = await SlackRun.start({ settings: { access }, vault, store });
    const ts = await run.slack.say('C0OPS', '', { files: [log] });
    await quiet();
    expect(run.slack.answers('C0OPS', ts)).toEqual([]);
    // Frebot still answers when it is asked.
    const asked = await run.slack.say('C0OPS', mention(), { files: [log] });
    await run.slack.answer('C0OPS', asked);
    const home = await run.slack.openHome('U0ADMIN');
    expect(readable(home.blocks)).toMatch(/^Answer logs without a mention$/m);
  });

  it('show others the state without buttons, and ignore their presses', async () => {
    run = await SlackRun.start({ settings: { access } });
    const home = await run.slack.openHome('U0ANNA');
    expect(readable(home.blocks)).toContain('Administrators of Frebot can change this here');
    expect(readable(home.blocks)).not.toContain('Stop answering');
    const theirs = await run.slack.openHome('U0ADMIN');
    run.slack.state.homes.delete('U0ANNA');
    await press(theirs, 'Stop answering logs', 'U0ANNA');
    const after = await run.slack.until('the home tab', () => run.slack.state.homes.get('U0ANNA'));
    expect(readable(after.blocks)).toContain('Answer logs that are dropped without a mention: on');
  });

  it('name the variable that lists administrators when none is listed', async () => {
    run = await SlackRun.start();
    expect(readable((await run.slack.openHome()).blocks)).toContain('SLACK_ADMINS');
  });
});

describe('the Messages tab', () => {
  it('suggests questions that Frebot answers', async () => {
    run = await SlackRun.start();
    await run.slack.openMessagesTab();
    const prompts = await run.slack.until('prompts', () => run.slack.state.prompts.get('D0ANNA'));
    expect(prompts).toEqual(suggestedPrompts);
    for (const { message } of suggestedPrompts) {
      const ts = await run.slack.say('D0ANNA', message);
      expect(readable((await run.slack.answer('D0ANNA', ts)).blocks)).not.toContain('I only know');
    }
  });

  it('makes no call without the scope', async () => {
    run = await SlackRun.start({ scopes: fullScopes.filter((scope) => scope !== 'assistant:write') });
    await run.slack.openMessagesTab();
    await run.slack.openHome();
    expect(run.slack.state.calls.map(({ method }) => method)).not.toContain('assistant.threads.setSuggestedPrompts');
    expect(run.log).toEqual([]);
  });
});
