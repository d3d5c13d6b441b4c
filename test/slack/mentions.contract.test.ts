import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/desk/conversation/commands.js';
import { readable } from '../fakes/slack/index.js';
import { frebLog } from '../scenarios/logs.js';
import { asSent, mention, quickDesk, SlackRun } from './driver.js';

// Slash commands work neither in threads nor with files, so each command works as a mention.

let run: SlackRun;
beforeAll(async () => {
  run = await SlackRun.start();
});
afterAll(async () => {
  await run.stop();
  run.slack.verify();
});

/** For each command: the lines typed in a new thread, and what the answer to the last line says. */
const examples: Record<string, [lines: string[], words: RegExp]> = {
  help: [['help'], /Commands[\s\S]*explain/],
  explain: [['explain 500.19'], /500\.19/],
  defaults: [['defaults'], /Administrators/],
  fix: [['fix gpo'], /Group Policy|GPO/],
  diagnose: [[`diagnose\nHttpStatus: 500\nErrorCode: (0x80070542)`], /0x80070542/],
  collect: [['collect'], /One script collects what I need/],
  compare: [['compare'], /Two logs, please/],
  capture: [['capture'], /Failed Request Tracing|tracing/i],
  case: [['explain 500.19', 'case'], /no evidence in this thread yet/],
  privacy: [['privacy'], /What I read and what I keep/],
  forget: [['explain 500.19', 'forget'], /Gone from this thread: 1 stored answer/],
  mute: [['explain 500.19', 'mute'], /Quiet in this thread/],
};

describe('as a mention', () => {
  it('every command has an example here', () => {
    expect(Object.keys(examples).sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  it.each(Object.entries(examples))('%s is answered in the thread', async (_name, [lines, words]) => {
    const { slack } = run;
    let root: string | undefined;
    for (const [at, line] of lines.entries()) {
      const ts = await slack.say('C0OPS', mention(asSent(line)), root ? { thread: root } : {});
      root ??= ts;
      const answer = await slack.answer('C0OPS', root, at + 1);
      expect(answer).toMatchObject({ channel: 'C0OPS', thread_ts: root });
      if (at === lines.length - 1) expect(readable(answer.blocks)).toMatch(words);
    }
  });

  it('a plain question in a muted thread is not answered until Frebot is mentioned again', async () => {
    const { slack } = run;
    const root = await slack.say('C0OPS', mention('explain 500.19'));
    await slack.answer('C0OPS', root);
    await slack.say('C0OPS', mention('mute'), { thread: root });
    await slack.answer('C0OPS', root, 2);
    await slack.say('C0OPS', 'what is 0x80070542?', { thread: root });
    await slack.say('C0OPS', mention('mute off'), { thread: root });
    expect(readable((await slack.answer('C0OPS', root, 3)).blocks)).toContain('Listening again');
  });
});

/** Runs a mention with a log whose bytes wait until `during` is over. */
async function readSlowly(during: (run: SlackRun, ts: string) => Promise<void>, status = true): Promise<void> {
  const slow = await SlackRun.start({ desk: quickDesk(100) });
  try {
    const { slack, slackDoor } = slow;
    const { door } = slackDoor;
    if (!status) slack.disturb('assistant.threads.setStatus', { error: 'channel_not_found' });
    const fetch = door.fetch.bind(door);
    let openGate: () => void = () => undefined;
    const gate = new Promise<void>((open) => {
      openGate = open;
    });
    door.fetch = async (file) => {
      await gate;
      return fetch(file);
    };
    const ts = await slack.say('C0OPS', mention(), { files: [{ name: 'fr000032.xml', bytes: frebLog() }] });
    await during(slow, ts);
    openGate();
    expect(readable((await slack.answer('C0OPS', ts)).blocks)).toContain('0x80070542');
    await slack.until('no progress', () =>
      status ? slack.state.statuses.at(-1) === '' : slack.progressMessages('C0OPS', ts).length === 0,
    );
    expect(slack.answers('C0OPS', ts)).toHaveLength(1);
  } finally {
    await slow.stop();
  }
  slow.slack.verify();
}

it('shows how far a long reading is as the status of the thread, and posts nothing for it', async () => {
  await readSlowly(async ({ slack }, ts) => {
    await slack.until('a status', () => slack.state.statuses.includes('is still reading: 0 of 1 log'));
    expect(slack.progressMessages('C0OPS', ts)).toEqual([]);
  });
});

it('shows it in a message where Slack refuses the status, and deletes that message after the answer', async () => {
  await readSlowly(async ({ slack }, ts) => {
    const progress = await slack.until('a progress message', () => slack.progressMessages('C0OPS', ts)[0]);
    expect(readable(progress.blocks)).toContain('still reading: 0 of 1 log');
  }, false);
});
