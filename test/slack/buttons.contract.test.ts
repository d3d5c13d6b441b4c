import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, type FakeMessage, labelsOf, readable, team } from '../fakes/slack/index.js';
import { slowPage } from '../generator/index.js';
import { frebLog } from '../scenarios/logs.js';
import { type NotingDesk, notingDesk, shortAnswer } from './doubles.js';
import { mention, openedBy, pressNotIt, SlackRun, transports } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});
const whispered = (word: string) =>
  run.slack.until('a message only the presser sees', () =>
    run.slack.state.messages.find((m) => m.onlyFor === 'U0ANNA' && readable(m.blocks).includes(word)),
  );

describe.each(transports)('a press over %s', (transport) => {
  let desk: NotingDesk;
  let message: FakeMessage;
  beforeEach(async () => {
    desk = notingDesk();
    run = await SlackRun.start({ desk, transport, pace: 0.2 });
    const ts = await run.slack.say('C0OPS', mention('why?'));
    await run.slackDoor.door.say({ team, channel: 'C0OPS', thread: ts, ts }, shortAnswer('Answer'), 'key-1');
    message = await run.slack.answer('C0OPS', ts);
    desk.received.length = 0;
  });

  it('shows the modal before it is acknowledged', async () => {
    expect(await run.slack.press(message, 'Show evidence')).toBe(true);
    expect(run.slack.state.views).toHaveLength(1);
    expect(desk.received).toEqual([]);
  });

  it('is claimed, acknowledged in time and answered to the presser alone when it takes longer than the trigger is valid', async () => {
    desk.slowMs = 800;
    expect(await run.slack.press(message, 'Show evidence')).toBe(true);
    expect(desk.received).toHaveLength(1);
    expect(desk.received[0]).toMatchObject({
      press: { action: 'evidence', case: 'case-1', parts: ['proof'] },
      who: 'U0ANNA',
      text: '',
      addressed: true,
    });
    expect((await whispered('Noted text')).thread_ts).toBe(message.thread_ts);
    expect(run.slack.state.views).toEqual([]);
  });

  it('is claimed when Slack does not confirm the modal in time', async () => {
    run.slack.disturb('views.open', 'silent');
    expect(await run.slack.press(message, 'Show evidence')).toBe(true);
    expect(desk.received).toHaveLength(1);
    await whispered('Noted text');
  });

  it('that is answered in the thread is claimed under one key for three deliveries, and under another when it is pressed again', async () => {
    await run.slack.press(message, 'This fixed it', 'U0ANNA', 3);
    expect(desk.received).toHaveLength(3);
    expect(new Set(desk.received.map(({ key }) => key)).size).toBe(1);
    await run.slack.press(message, 'This fixed it');
    expect(new Set(desk.received.map(({ key }) => key)).size).toBe(2);
    expect(desk.presses).toEqual([]);
  });

  it('is not acknowledged when it cannot be claimed, so that Slack shows the presser an error', async () => {
    desk.down = true;
    run.slack.options.ackMs = 300;
    expect(await run.slack.press(message, 'This fixed it')).toBe(false);
    run.slack.state.trigger = () => 'gone';
    expect(await run.slack.press(message, 'Show evidence')).toBe(false);
  });

  it('of "Share in channel" below an expired answer is answered to the presser alone', async () => {
    const shown = (await run.slack.command('defaults')) as FakeMessage;
    desk.storedAnswer = async () => undefined;
    await run.slack.press(shown, 'Share in channel');
    await run.slack.until('a claim', () => desk.received.length > 0);
    expect(desk.received[0]?.where).toMatchObject({ to: 'asker', asker: 'U0ANNA' });
  });
});

describe('what a person sees', () => {
  beforeEach(async () => {
    run = await SlackRun.start();
  });
  const diagnosed = async (bytes = frebLog()) => {
    const ts = await run.slack.say('C0OPS', mention(), { files: [{ name: 'fr000032.xml', bytes }] });
    return run.slack.answer('C0OPS', ts);
  };

  it.each([
    ['Fix steps', /SeImpersonatePrivilege|Impersonate a client/],
    ['Show evidence', /0x80070542/],
    ['Default values', /Administrators/],
    ['Show more', /\w/],
  ])('"%s" opens its part', async (label, words) => {
    const answer = await diagnosed();
    expect(await openedBy(label, answer, run)).toMatch(words);
  });

  it('"Timeline" opens below the answer about a slow page', async () => {
    const opened = await openedBy('Timeline', await diagnosed(slowPage().bytes()), run);
    expect(opened).toContain('Took');
    expect(opened).toContain('AspNetPageLoad');
  });

  it('"This fixed it" is answered once in the thread when it is delivered three times', async () => {
    const answer = await diagnosed();
    await run.slack.press(answer, 'This fixed it', 'U0ANNA', 3);
    const thread = answer.thread_ts as string;
    await run.slack.answer('C0OPS', thread, 2);
    await new Promise((settled) => setTimeout(settled, 150));
    expect(run.slack.answers('C0OPS', thread)).toHaveLength(2);
  });
});

describe('an outcome', () => {
  const pressedBy = async (message: FakeMessage, label: string, ...people: string[]) => {
    for (const person of people) await run.slack.press(message, label, person);
    await new Promise((settled) => setTimeout(settled, 150));
  };
  const labels = (message: FakeMessage) => labelsOf(message.blocks ?? []);

  it('is shown to everyone on the answer, and three people who press get one reply', async () => {
    run = await SlackRun.start();
    const ts = await run.slack.say('C0OPS', mention(), { files: [{ name: 'fr000032.xml', bytes: frebLog() }] });
    const answer = await run.slack.answer('C0OPS', ts);
    expect(buttonsOf(answer.blocks ?? []).length).toBeLessThanOrEqual(3);
    expect(readable(answer.blocks)).not.toContain('✅');
    const stale = { ...answer };
    await pressedBy(stale, 'This fixed it', 'U0ANNA', 'U0BERT', 'U0CARL');
    await run.slack.answer('C0OPS', ts, 2);
    expect(run.slack.answers('C0OPS', ts)).toHaveLength(2);
    const root = run.slack.state.messages.find((m) => m.ts === ts);
    expect(readable(answer.blocks)).toMatch(/^✅ /);
    expect(labels(answer)).not.toContain('This fixed it');
    expect(root?.reactions).toEqual(['eyes', 'white_check_mark']);

    for (const person of ['U0ANNA', 'U0BERT']) await pressNotIt(answer, run, person);
    await run.slack.answer('C0OPS', ts, 3);
    expect(run.slack.answers('C0OPS', ts)).toHaveLength(3);
    expect(readable(answer.blocks)).not.toContain('✅');
    expect(labels(answer)).toContain('This fixed it');
    expect(root?.reactions).toEqual(['eyes']);
  });
});
