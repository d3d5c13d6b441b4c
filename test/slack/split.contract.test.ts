import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { render, renderPlain } from '../../adapters/slack/render/index.js';
import type { FoundPost } from '../../src/desk/ports/door.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import type { PostedMessage } from '../../src/desk/ports/message.js';
import { type FakeMessage, installedScopes, readable, team } from '../fakes/slack/index.js';
import { longAnswer, notingDesk } from './doubles.js';
import { mention, SlackRun } from './driver.js';

// Posting an answer of several messages is interrupted. Another process, or another attempt, posts what is missing.

let run: SlackRun;
let ts: string;
const begin = async (options: Parameters<typeof SlackRun.start>[0] = {}) => {
  run = await SlackRun.start({ desk: notingDesk(), ...options });
  ts = await run.slack.say('C0OPS', mention('why?'));
};
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});

/** Returns an answer of five messages. */
function fiveMessageAnswer() {
  const { parts, ...rest } = longAnswer();
  const [part] = parts as [(typeof parts)[0]];
  const five = ['one', 'two', 'three', 'four', 'five'];
  return { ...rest, parts: five.map((id) => ({ ...part, id, text: `${id} is kept. `.repeat(700) })) };
}
const expected = () => render(fiveMessageAnswer()).map(({ blocks }) => readable(blocks));
const where = () => ({ team, channel: 'C0OPS', thread: ts, ts });
const say = (posted?: PostedMessage) => run.slackDoor.door.say(where(), fiveMessageAnswer(), 'key-1', posted);
const find = () => run.slackDoor.door.find(where(), 'key-1');
const readAnswer = () => run.slack.answers('C0OPS', ts).map(({ blocks }) => readable(blocks));
const partialPost = (found: FoundPost): PostedMessage => {
  expect(found).toMatchObject({ state: 'partial' });
  return (found as { posted: PostedMessage }).posted;
};

/** Starts another Frebot for the same Slack. It does not know what the first has posted. */
async function startAnotherProcess(): Promise<void> {
  const { slack } = run;
  run = await run.successor();
  expect(run.slack).toBe(slack);
}

describe('an answer interrupted between its second and third message', () => {
  it.each(['cut', 'lost'] as const)(
    'is found by a new process, which posts the rest in order (the request is %s)',
    async (fault) => {
      await begin();
      run.slack.disturb('chat.postMessage', 'none', 'none', fault);
      await expect(say()).rejects.toThrow(CatalogueError);
      expect(readAnswer()).toHaveLength(fault === 'lost' ? 3 : 2);
      await startAnotherProcess();
      await say(partialPost(await find()));
      expect(readAnswer()).toEqual(expected());
      expect(await find()).toMatchObject({ state: 'whole' });
    },
  );

  it('gets a message that is missing in the middle, and nothing else', async () => {
    await begin();
    await say();
    const [, second] = run.slack.answers('C0OPS', ts);
    run.slack.state.messages.splice(run.slack.state.messages.indexOf(second as never), 1);
    await startAnotherProcess();
    await say(partialPost(await find()));
    expect([...readAnswer()].sort()).toEqual([...expected()].sort());
  });

  it('is completed by the same process where Slack does not let it search', async () => {
    await begin({ scopes: installedScopes });
    run.slack.disturb('chat.postMessage', 'none', 'none', 'cut');
    await expect(say()).rejects.toThrow(CatalogueError);
    expect(await find()).toEqual({ state: 'cannot-tell' });
    await say();
    expect(readAnswer()).toEqual(expected());
  });
});

it('carries its number and their count in each message; a progress message has a key of its own', async () => {
  await begin();
  const { door } = run.slackDoor;
  await door.say(where(), run.desk.trouble('internal'), 'key-1:progress');
  await say();
  const { slack } = run;
  const payloads = (messages: FakeMessage[]) => messages.map(({ metadata }) => metadata?.event_payload);
  const of = expected().length;
  expect(payloads(slack.answers('C0OPS', ts))).toEqual(
    expected().map((_, index) => ({ key: 'key-1', part: index + 1, of })),
  );
  expect(payloads(slack.progressMessages('C0OPS', ts))).toEqual([{ key: 'key-1:progress', part: 1, of: 1 }]);
  expect(await find()).toMatchObject({ state: 'whole' });
  expect(await door.find(where(), 'key-1:progress')).toMatchObject({ state: 'whole' });
});

it('counts as whole when its messages carry no numbers, as in an earlier version', async () => {
  await begin();
  await say();
  for (const message of run.slack.answers('C0OPS', ts)) {
    const payload = message.metadata?.event_payload;
    if (payload) payload.key = payload.part === 1 ? 'key-1' : `key-1+${payload.part}`;
    delete payload?.part;
    delete payload?.of;
  }
  expect(await find()).toMatchObject({ state: 'whole' });
});

it('follows as text, once, when Slack refuses the blocks in the middle', async () => {
  await begin();
  run.slack.disturb('chat.postMessage', 'none', 'cut');
  await expect(say()).rejects.toThrow(CatalogueError);
  const acceptBlocks = run.slack.refuseBlocks('invalid_blocks');
  run.slack.disturb('chat.postMessage', 'none', 'none', 'cut');
  await expect(say(partialPost(await find()))).rejects.toThrow(CatalogueError);
  await startAnotherProcess();
  await say(partialPost(await find()));
  acceptBlocks();
  const plain = run.slack.answers('C0OPS', ts).filter(({ text }) => text.startsWith('```'));
  expect(plain.map(({ text }) => text)).toEqual(renderPlain(fiveMessageAnswer()));
  expect(await find()).toMatchObject({ state: 'whole' });
});

describe('an answer with a report', () => {
  const report = () => '<!doctype html><p>the whole answer</p>';
  const files = () => run.slack.state.thread('C0OPS', ts).flatMap((message) => message.files ?? []);
  beforeEach(() => begin({ report }));

  it.each(['cut', 'lost'] as const)(
    'has its file once when attaching it was interrupted (the request is %s)',
    async (fault) => {
      run.slack.disturb('files.completeUploadExternal', fault);
      await expect(say()).rejects.toThrow(CatalogueError);
      await startAnotherProcess();
      const found = await find();
      if (fault === 'cut') await say(partialPost(found));
      else expect(found).toMatchObject({ state: 'whole' });
      expect(readAnswer()).toHaveLength(1);
      expect(files()).toHaveLength(1);
      expect(await find()).toMatchObject({ state: 'whole' });
    },
  );

  it('is not confused with another answer in the thread that has a report', async () => {
    await run.slackDoor.door.say(where(), fiveMessageAnswer(), 'key-0');
    run.slack.disturb('files.completeUploadExternal', 'cut');
    await expect(say()).rejects.toThrow(CatalogueError);
    await startAnotherProcess();
    await say(partialPost(await find()));
    expect(readAnswer()).toHaveLength(2);
    expect(new Set(files().map(({ name }) => name)).size).toBe(2);
  });

  it('is posted in messages when Slack gives no address for the upload', async () => {
    run.slack.disturb('files.getUploadURLExternal', 'cut', 'cut', 'cut', 'cut', 'cut');
    await say();
    expect(readAnswer()).toEqual(expected());
    expect(await find()).toMatchObject({ state: 'whole' });
  });
});
