import { afterEach, describe, expect, it } from 'vitest';
import { type FakeMessage, HandClock, readable, team } from '../fakes/slack/index.js';
import { longAnswer, type NotingDesk, notingDesk, shortAnswer } from './doubles.js';
import { SlackRun, transports } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});
const messageWith = (word: string) =>
  run.slack.until(`"${word}"`, () => run.slack.state.messages.find((m) => readable(m.blocks).includes(word)));
const pasted = [
  'ModuleName: ManagedPipelineHandler',
  'Notification: EXECUTE_REQUEST_HANDLER',
  'HttpStatus: 500',
  'HttpReason: Internal Server Error',
  'ErrorCode: Either a required impersonation level was not provided, or the provided impersonation level is invalid. (0x80070542)',
].join('\n');

describe.each(transports)('/freb over %s', (transport) => {
  const begin = async (desk: NotingDesk) => {
    run = await SlackRun.start({ desk, transport });
    return desk;
  };

  it('with pasted evidence is claimed, acknowledged and read once', async () => {
    const desk = await begin(notingDesk());
    const shown = await run.slack.command(`diagnose ${pasted}`);
    expect(shown?.text).toBe('Reading…');
    expect(desk.lines).toEqual([]);
    expect(desk.received).toHaveLength(1);
    const [message] = desk.received;
    expect(message).toMatchObject({ tenant: team, who: 'U0ANNA', addressed: true, text: `diagnose ${pasted}` });
    expect(message?.key).toMatch(/^slack:T0FREBOT:C0OPS:command:/);
    expect(message?.thread).toBe(message?.key);
    const answer = await messageWith('Noted text');
    expect(answer.onlyFor).toBe('U0ANNA');
    expect(readable(answer.blocks)).toContain('Share in channel');
  });

  it('gets the whole answer after the acknowledgement when it is larger than a message', async () => {
    await begin(notingDesk(longAnswer()));
    expect((await run.slack.command('explain everything'))?.text).toBe('Reading…');
    for (const word of ['one', 'two', 'three']) expect((await messageWith(`${word} is kept`)).onlyFor).toBe('U0ANNA');
  });

  it('is not acknowledged when it cannot be claimed', async () => {
    const desk = await begin(notingDesk());
    desk.down = true;
    run.slack.options.ackMs = 300;
    expect(await run.slack.command(pasted)).toBeUndefined();
  });

  it('`diagnose` alone opens the form before it is acknowledged', async () => {
    await begin(notingDesk());
    await run.slack.command('diagnose');
    expect(run.slack.state.views).toHaveLength(1);
  });
});

it('pasted evidence is diagnosed for the asker alone, who can share the answer and mark it as fixed', async () => {
  run = await SlackRun.start();
  expect((await run.slack.command(pasted))?.text).toBe('Reading…');
  const answer = await messageWith('0x80070542');
  expect(answer.onlyFor).toBe('U0ANNA');
  await run.slack.press(answer, 'Share in channel');
  const shared = await run.slack.until('a shared answer', () =>
    run.slack.state.messages.find((m) => m.bot_id && !m.onlyFor && readable(m.blocks).includes('0x80070542')),
  );
  expect(shared.channel).toBe('C0OPS');
  await run.slack.press(answer, 'This fixed it');
  expect((await messageWith('marked it as fixed')).onlyFor).toBe('U0ANNA');
});

describe('when the response URL is used up or too old', () => {
  const later = async (channel: string) => {
    const clock = new HandClock();
    const desk = notingDesk(shortAnswer('Late'));
    run = await SlackRun.start({ desk, clock });
    const { door } = run.slackDoor;
    // What the inbox holds back until later.
    const say = door.say.bind(door);
    const delayedPosts: (() => Promise<unknown>)[] = [];
    door.say = async (...args) => {
      delayedPosts.push(() => say(...args));
      return {};
    };
    await run.slack.command(pasted, 'U0ANNA', channel);
    clock.advance(31 * 60_000);
    for (const tell of delayedPosts) await tell();
    return run.slack.state.messages.find((m) => readable(m.blocks).includes('Late text')) as FakeMessage;
  };

  it('the answer comes as an ephemeral message', async () => {
    expect(await later('C0OPS')).toMatchObject({ channel: 'C0OPS', onlyFor: 'U0ANNA' });
  });

  it('the answer comes as a direct message where Frebot is not a member', async () => {
    expect(await later('C0OTHER')).toMatchObject({ channel: 'D0ANNA' });
  });

  it('a shared answer is posted by Frebot where it is a member; elsewhere the presser reads why not', async () => {
    const clock = new HandClock();
    run = await SlackRun.start({ desk: notingDesk(), clock });
    const { door } = run.slackDoor;
    const shown = (await run.slack.command('defaults')) as FakeMessage;
    expect(shown.onlyFor).toBe('U0ANNA');
    const place = { team, asker: 'U0ANNA', to: 'channel', respond: `${run.slack.url}/response/none` };
    await door.say({ ...place, channel: 'C0OPS' }, shortAnswer('Shared'), 'k1');
    const shared = await messageWith('Shared text');
    expect([shared.channel, shared.onlyFor]).toEqual(['C0OPS', undefined]);
    await door.say({ ...place, channel: 'C0OTHER' }, shortAnswer('Secret'), 'k2');
    expect(await messageWith('invite')).toMatchObject({ channel: 'D0ANNA' });
  });

  it('the answer is posted once more after a crash, because a private post cannot be searched for', async () => {
    run = await SlackRun.start({ desk: notingDesk() });
    const place = { team, channel: 'C0OPS', asker: 'U0ANNA', to: 'asker' };
    await run.slackDoor.door.say(place, shortAnswer('Once'), 'k');
    expect(await run.slackDoor.door.find(place, 'k')).toEqual({ state: 'cannot-tell' });
  });

  it('a response URL of another host is never called', async () => {
    run = await SlackRun.start({ desk: notingDesk() });
    const place = { team, channel: 'C0OPS', asker: 'U0ANNA', to: 'asker', respond: 'https://evil.example/x' };
    await run.slackDoor.door.say(place, shortAnswer('Safe'), 'k');
    expect(await messageWith('Safe text')).toMatchObject({ channel: 'C0OPS', onlyFor: 'U0ANNA' });
  });
});
