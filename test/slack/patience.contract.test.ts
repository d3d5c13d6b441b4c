import { afterEach, describe, expect, it } from 'vitest';
import { type FakeMessage, HandClock, readable, team } from '../fakes/slack/index.js';
import { frebLog } from '../scenarios/logs.js';
import { longAnswer, notingDesk, shortAnswer } from './doubles.js';
import { SlackRun, transports } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});
const minute = 60_000;

describe.each(transports)('Slack delivers again over %s', (transport) => {
  it('at once, after a minute and after five more, with the same event id, until the fourth is acknowledged', async () => {
    const clock = new HandClock();
    const desk = notingDesk();
    run = await SlackRun.start({ desk, transport, clock, ackMs: 1000, retryMs: [0, minute, 5 * minute] });
    desk.down = true;
    const started = clock.now();
    const { done } = run.slack.post('D0ANNA', 'hello');
    const [delivered] = run.slack.deliveries;
    for (const attempt of [1, 2, 3]) {
      await run.slack.until(
        `attempt ${attempt} to be over`,
        () => delivered?.attempts === attempt && clock.next !== undefined,
      );
      if (attempt === 3) desk.down = false;
      clock.advance(clock.next as number);
    }
    await done;
    expect(delivered).toMatchObject({ attempts: 4, acknowledged: true });
    expect(delivered?.at.map((at) => (at - started) / minute)).toEqual([0, 0, 1, 6]);
    expect(delivered?.ids.size).toBe(1);
    expect(new Set(desk.received.map(({ key }) => key)).size).toBe(1);
  });
});

describe('a trigger that expires after three seconds', () => {
  it('opens no form, and the asker reads why', async () => {
    const clock = new HandClock();
    run = await SlackRun.start({ desk: notingDesk(), clock });
    const trigger = run.slack.state.trigger.bind(run.slack.state);
    run.slack.state.trigger = (user) => {
      const id = trigger(user);
      clock.advance(3001);
      return id;
    };
    await run.slack.command('diagnose');
    const answer = await run.slack.until('a sentence', () =>
      run.slack.state.messages.find((m) => m.onlyFor && m.text !== ''),
    );
    expect(answer.text).toContain('Please try again');
    expect(run.slack.state.views).toEqual([]);
  });
});

describe('a response URL', () => {
  it('takes five answers, and the last one says where the rest is', async () => {
    const answer = longAnswer();
    const [part] = answer.parts;
    const parts = Array.from({ length: 15 }, (_, n) => ({ ...(part as (typeof answer.parts)[0]), id: `p${n}` }));
    run = await SlackRun.start({ desk: notingDesk({ ...answer, parts }) });
    await run.slack.command('explain everything');
    const last = await run.slack.until('the last', () =>
      run.slack.state.messages.find((m) => readable(m.blocks).includes('ask me in a direct message to see the rest')),
    );
    expect(last.onlyFor).toBe('U0ANNA');
    expect([...run.slack.state.responses.values()].every(({ uses }) => uses <= 5)).toBe(true);
    expect(run.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('expires after half an hour, so a later answer comes as a direct message', async () => {
    const clock = new HandClock();
    const desk = notingDesk();
    run = await SlackRun.start({ desk, clock });
    run.slack.state.files.set('F0OLD', { id: 'F0OLD', name: 'a.xml', bytes: frebLog() });
    const { ts } = run.slack.post('C0OTHER', 'look', { files: [{ name: 'a.xml', bytes: frebLog() }] });
    await run.slack.messageShortcut(run.slack.state.messages.find((m) => m.ts === ts) as FakeMessage);
    const where = desk.received[0]?.where;
    clock.advance(31 * minute);
    await run.slackDoor.door.say(where as never, shortAnswer('Late'), 'k');
    const answer = run.slack.state.messages.find((m) => readable(m.blocks).includes('Late text'));
    expect(answer).toMatchObject({ channel: 'D0ANNA' });
  });
});

describe('a download that is redirected', () => {
  const log = { name: 'fr000032.xml', bytes: frebLog() };
  const dropped = async (location: (file: string, url: string) => string) => {
    run = await SlackRun.start();
    const { ts, done } = run.slack.post('D0ANNA', '', { files: [log] });
    const id = run.slack.state.messages.find((m) => m.ts === ts)?.files?.[0]?.id as string;
    run.slack.state.redirects.set(id, location(id, run.slack.url));
    await done;
    return readable((await run.slack.answer('D0ANNA', ts)).blocks);
  };

  it.each([
    ['another host', () => 'https://files.evil.example/log'],
    ['a host with a similar ending', () => 'https://files.notslack.com/log'],
    ['this machine', () => 'http://127.0.0.1:9/log'],
    ['a cloud’s metadata', () => 'http://169.254.169.254/latest/meta-data'],
  ])('to %s is not followed', async (_name, location) => {
    const answer = await dropped(location);
    expect(answer).not.toContain('0x80070542');
    expect(answer).toContain('fr000032.xml');
  });

  it('to Slack’s own CDN is followed, without the token', async () => {
    const answer = await dropped((id, url) => `${url.replace('127.0.0.1', 'localhost')}/cdn/${id}`);
    expect(answer).toContain('0x80070542');
  });

  it('to Slack’s sign-in page gives no diagnosis', async () => {
    const answer = await dropped((_id, url) => `${url}/files-pri/${team}-F0NONE/sign-in`);
    expect(answer).not.toContain('0x80070542');
  });
});
