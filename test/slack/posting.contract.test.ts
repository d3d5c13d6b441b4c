import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import { readable, team } from '../fakes/slack/index.js';
import { notingDesk, shortAnswer } from './doubles.js';
import { mention, SlackRun } from './driver.js';

let run: SlackRun;
const begin = async (options: Parameters<typeof SlackRun.start>[0] = {}) => {
  run = await SlackRun.start({ desk: notingDesk(), ...options });
};
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});
const calls = (method: string) => run.slack.state.calls.filter((call) => call.method === method);

describe('posting', () => {
  beforeEach(() => begin());
  const place = (ts: string, channel = 'C0OPS') => ({ team, channel, thread: ts, ts });

  it('answers in the thread, without previews, with a sentence for notifications', async () => {
    const ts = await run.slack.say('C0OPS', mention('why?'));
    await run.slackDoor.door.say(place(ts), shortAnswer('Answer'), 'key-1');
    expect(calls('chat.postMessage')[0]?.args).toMatchObject({
      thread_ts: ts,
      text: 'Answer, in a sentence.',
      unfurl_links: 'false',
      unfurl_media: 'false',
      link_names: 'false',
      parse: 'none',
    });
  });

  it('edits the post it is given', async () => {
    const ts = await run.slack.say('C0OPS', mention('why?'));
    const posted = await run.slackDoor.door.say(place(ts), shortAnswer('First'), 'key-1');
    await run.slackDoor.door.say(place(ts), shortAnswer('Second'), 'key-1', posted);
    const answers = run.slack.answers('C0OPS', ts);
    expect(answers).toHaveLength(1);
    expect(readable(answers[0]?.blocks)).toContain('Second text');
    expect(answers[0]?.edited).toBe(true);
  });

  it('finds its own post by key, and reports when it cannot search', async () => {
    const ts = await run.slack.say('C0OPS', mention('why?'));
    const posted = await run.slackDoor.door.say(place(ts), shortAnswer('Answer'), 'key-1');
    expect(await run.slackDoor.door.find(place(ts), 'key-1')).toEqual({ posted, state: 'whole' });
    expect(await run.slackDoor.door.find(place(ts), 'key-2')).toEqual({ state: 'none' });
    run.slack.state.scopes = run.slack.state.scopes.filter((scope) => scope !== 'channels:history');
    expect(await run.slackDoor.door.find(place(ts), 'key-1')).toEqual({ state: 'cannot-tell' });
  });

  it('names the reason when it may not post', async () => {
    const refused = run.slackDoor.door.say(place('1.1', 'C0OTHER'), shortAnswer('Answer'), 'key-1');
    await expect(refused).rejects.toThrow(new CatalogueError('slack-not-in-channel'));
  });

  it('posts text when Slack refuses the blocks', async () => {
    const ts = await run.slack.say('C0OPS', mention('why?'));
    const judge = run.slack.refuseBlocks('invalid_blocks');
    await run.slackDoor.door.say(place(ts), shortAnswer('Answer'), 'key-1');
    judge();
    const [answer] = run.slack.answers('C0OPS', ts);
    expect(answer?.text).toContain('Answer text');
    expect(answer?.text).toMatch(/^```[\s\S]*```$/);
  });

  it('waits as long as Slack asks when there are too many requests', async () => {
    await run.stop();
    await begin({ pace: 0.2 });
    const ts = await run.slack.say('C0OPS', mention('why?'));
    run.slack.disturb('chat.postMessage', 'busy');
    const started = Date.now();
    await run.slackDoor.door.say(place(ts), shortAnswer('Answer'), 'key-1');
    expect(Date.now() - started).toBeGreaterThanOrEqual(200);
    expect(run.slack.answers('C0OPS', ts)).toHaveLength(1);
  });

  it("finds the post by its key, and does not repeat it, when Slack's response is lost", async () => {
    const ts = await run.slack.say('C0OPS', mention('why?'));
    run.slack.disturb('chat.postMessage', 'lost');
    await expect(run.slackDoor.door.say(place(ts), shortAnswer('Answer'), 'key-1')).rejects.toThrow(CatalogueError);
    expect(run.slack.answers('C0OPS', ts)).toHaveLength(1);
    expect(await run.slackDoor.door.find(place(ts), 'key-1')).toMatchObject({
      posted: { channel: 'C0OPS' },
      state: 'whole',
    });
  });

  it('adds a reaction to the message that asked, and ignores its failure', async () => {
    const ts = await run.slack.say('C0OPS', mention('why?'));
    await run.slackDoor.door.acknowledge(place(ts));
    await run.slackDoor.door.acknowledge(place(ts));
    await run.slackDoor.door.acknowledge(place('9.9', 'C0OTHER'));
    expect(run.slack.state.messages.find((m) => m.ts === ts)?.reactions).toEqual(['eyes']);
  });
});
