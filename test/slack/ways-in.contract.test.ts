import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeMessage, type FakeView, readable, team } from '../fakes/slack/index.js';
import { frebLog } from '../scenarios/logs.js';
import { mention, SlackRun, transports } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});
const log = { name: 'fr000032.xml', bytes: frebLog() };
const messageAt = (ts: string) => run.slack.state.messages.find((m) => m.ts === ts) as FakeMessage;
const firstView = () => run.slack.until('a form', () => run.slack.state.views[0]);

describe.each(transports)('the ways in over %s', (transport) => {
  beforeEach(async () => {
    run = await SlackRun.start({ transport });
  });

  const privateAnswers = () =>
    run.slack.state.messages.filter((m) => m.onlyFor === 'U0ANNA' && readable(m.blocks).includes('0x80070542'));

  it('the message shortcut diagnoses the log of a message, each time it is used, for the asker alone', async () => {
    const ts = await run.slack.say('C0OPS', 'what was that');
    messageAt(ts).files = [{ id: 'F0OLD', ...log }];
    run.slack.state.files.set('F0OLD', { id: 'F0OLD', ...log });
    for (const count of [1, 2]) {
      expect(await run.slack.messageShortcut(messageAt(ts))).toBe(true);
      await run.slack.until(`answer ${count}`, () => privateAnswers().length === count);
    }
    expect(run.slack.answers('C0OPS', ts)).toEqual([]);
  });

  it('a post can be searched for only where Frebot is a member', async () => {
    const { door } = run.slackDoor;
    run.slack.state.files.set('F0OLD', { id: 'F0OLD', ...log });
    for (const [channel, found] of [
      ['C0OTHER', 'cannot-tell'],
      ['C0OPS', 'none'],
    ] as const) {
      const { ts } = run.slack.post(channel, 'look');
      const where = { team, channel, thread: ts, ts, asker: 'U0ANNA', respond: `${run.slack.url}/response/none` };
      expect(await door.find(where, 'k')).toEqual({ state: found });
    }
  });

  it('the form takes a private upload and is answered in a direct message', async () => {
    await run.slack.globalShortcut();
    const view = await firstView();
    expect(view.title).toBe('Diagnose a log');
    const files = [log, { name: 'notes.txt', bytes: 'nothing here' }];
    expect((await run.slack.submit(view, { files, question: 'why?' })) ?? {}).not.toHaveProperty('response_action');
    const root = await run.slack.until('a line', () =>
      run.slack.state.messages.find((m) => m.text.startsWith('You asked me about ')),
    );
    expect(root).toMatchObject({
      channel: 'D0ANNA',
      text: 'You asked me about fr000032.xml · notes.txt · your question',
    });
    const answer = await run.slack.answer('D0ANNA', root.ts, 2);
    expect(readable(answer.blocks)).toContain('0x80070542');
    expect(run.slack.state.messages.every(({ channel }) => channel === 'D0ANNA')).toBe(true);
  });

  it('an empty form stays open and says what is missing', async () => {
    await run.slack.command('diagnose');
    expect(await run.slack.submit(await firstView(), {})).toMatchObject({
      response_action: 'errors',
      errors: { files: expect.any(String) },
    });
    expect(run.slack.state.messages.filter(({ text }) => text.startsWith('You asked me'))).toEqual([]);
  });

  it('the home tab says what Frebot can do, and its button opens the form', async () => {
    const home: FakeView = await run.slack.openHome();
    expect(readable(home.blocks)).toContain('FREB log');
    await run.slack.press(
      { channel: 'D0ANNA', ts: '1.1', text: '', blocks: home.blocks, reactions: [] },
      'Diagnose a log',
    );
    expect((await firstView()).callback_id).toBe('frebot_form');
  });

  it('an answer to /freb can be shared with the channel', async () => {
    const shown = (await run.slack.command('who holds SeImpersonatePrivilege by default?')) as FakeMessage;
    expect(shown.onlyFor).toBe('U0ANNA');
    await run.slack.press(shown, 'Share in channel');
    const shared = await run.slack.until('a shared answer', () =>
      run.slack.state.messages.find((m) => m.channel === 'C0OPS' && m.bot_id && !m.onlyFor),
    );
    expect(readable(shared.blocks)).toContain('Administrators');
    expect(readable(shared.blocks)).not.toContain('Share in channel');
  });
});

it('a button opens its part after a restart, because what it opens is stored', async () => {
  run = await SlackRun.start();
  const ts = await run.slack.say('C0OPS', mention(), { files: [log] });
  const answer = await run.slack.answer('C0OPS', ts);
  const store = run.store;
  await run.stop();
  run = await SlackRun.start({ store });
  run.slack.state.messages.push(answer);
  await run.slack.press(answer, 'Show more');
  expect(readable((await firstView()).blocks)).toContain('Fix, step by step');
});
