import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { render, renderPlain } from '../../adapters/slack/render/index.js';
import type { FoundPost } from '../../src/desk/ports/door.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import type { Posted } from '../../src/desk/ports/message.js';
import { installedScopes, readable, team } from '../fakes/slack/index.js';
import { longAnswer, notingDesk } from './doubles.js';
import { mention, SlackRun } from './driver.js';

// An answer in several posts, cut off in between: another process, or a further attempt, posts what is missing.

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

/** Five posts, so that there is a middle. */
function answer() {
  const { parts, ...rest } = longAnswer();
  const [part] = parts as [(typeof parts)[0]];
  const five = ['one', 'two', 'three', 'four', 'five'];
  return { ...rest, parts: five.map((id) => ({ ...part, id, text: `${id} is kept. `.repeat(700) })) };
}
const expected = () => render(answer()).map(({ blocks }) => readable(blocks));
const where = () => ({ team, channel: 'C0OPS', thread: ts, ts });
const say = (posted?: Posted) => run.slackDoor.door.say(where(), answer(), 'key-1', posted);
const find = () => run.slackDoor.door.find(where(), 'key-1');
const read = () => run.slack.answers('C0OPS', ts).map(({ blocks }) => readable(blocks));
const half = (found: FoundPost): Posted => {
  expect(found).toMatchObject({ state: 'partial' });
  return (found as { posted: Posted }).posted;
};

/** Another Frebot before the same Slack: it knows nothing of what this one has posted. */
async function anotherProcess(): Promise<void> {
  const { slack } = run;
  run = await run.successor();
  expect(run.slack).toBe(slack);
}

describe('cut off between its second and third post', () => {
  it.each(['cut', 'lost'] as const)(
    '%s: a new process finds half and adds what is missing, in order',
    async (fault) => {
      await begin();
      run.slack.disturb('chat.postMessage', 'none', 'none', fault);
      await expect(say()).rejects.toThrow(CatalogueError);
      expect(read()).toHaveLength(fault === 'lost' ? 3 : 2);
      await anotherProcess();
      await say(half(await find()));
      expect(read()).toEqual(expected());
      expect(await find()).toMatchObject({ state: 'whole' });
    },
  );

  it('a post missing in the middle is added, and nothing else', async () => {
    await begin();
    await say();
    const [, second] = run.slack.answers('C0OPS', ts);
    run.slack.state.messages.splice(run.slack.state.messages.indexOf(second as never), 1);
    await anotherProcess();
    await say(half(await find()));
    expect([...read()].sort()).toEqual([...expected()].sort());
  });

  it('where Slack does not let us look, the same process goes on all the same', async () => {
    await begin({ scopes: installedScopes });
    run.slack.disturb('chat.postMessage', 'none', 'none', 'cut');
    await expect(say()).rejects.toThrow(CatalogueError);
    expect(await find()).toEqual({ state: 'cannot-tell' });
    await say();
    expect(read()).toEqual(expected());
  });
});

it('each post says which of how many it is; the word in between has a key of its own', async () => {
  await begin();
  const { door } = run.slackDoor;
  await door.say(where(), run.desk.trouble('internal'), 'key-1:progress');
  await say();
  const marks = run.slack.answers('C0OPS', ts).map(({ metadata }) => metadata?.event_payload);
  const of = expected().length;
  expect(marks).toEqual([
    { key: 'key-1:progress', part: 1, of: 1 },
    ...expected().map((_, at) => ({ key: 'key-1', part: at + 1, of })),
  ]);
  expect(await find()).toMatchObject({ state: 'whole' });
  expect(await door.find(where(), 'key-1:progress')).toMatchObject({ state: 'whole' });
});

it('a post of a version that did not count is whole', async () => {
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

it('refused blocks in the middle: the words of all of it follow, once', async () => {
  await begin();
  run.slack.disturb('chat.postMessage', 'none', 'cut');
  await expect(say()).rejects.toThrow(CatalogueError);
  const judge = run.slack.refuseBlocks('invalid_blocks');
  run.slack.disturb('chat.postMessage', 'none', 'none', 'cut');
  await expect(say(half(await find()))).rejects.toThrow(CatalogueError);
  await anotherProcess();
  await say(half(await find()));
  judge();
  const plain = run.slack.answers('C0OPS', ts).filter(({ text }) => text.startsWith('```'));
  expect(plain.map(({ text }) => text)).toEqual(renderPlain(answer()));
  expect(await find()).toMatchObject({ state: 'whole' });
});

describe('with a report', () => {
  const report = () => '<!doctype html><p>the whole answer</p>';
  const files = () => run.slack.state.thread('C0OPS', ts).flatMap((message) => message.files ?? []);
  beforeEach(() => begin({ report }));

  it.each(['cut', 'lost'] as const)('%s while the file is attached: it is there once', async (fault) => {
    run.slack.disturb('files.completeUploadExternal', fault);
    await expect(say()).rejects.toThrow(CatalogueError);
    await anotherProcess();
    const found = await find();
    if (fault === 'cut') await say(half(found));
    else expect(found).toMatchObject({ state: 'whole' });
    expect(read()).toHaveLength(1);
    expect(files()).toHaveLength(1);
    expect(await find()).toMatchObject({ state: 'whole' });
  });

  it('the report of another answer in the thread is not taken for it', async () => {
    await run.slackDoor.door.say(where(), answer(), 'key-0');
    run.slack.disturb('files.completeUploadExternal', 'cut');
    await expect(say()).rejects.toThrow(CatalogueError);
    await anotherProcess();
    await say(half(await find()));
    expect(read()).toHaveLength(2);
    expect(new Set(files().map(({ name }) => name)).size).toBe(2);
  });

  it('a place to upload to that does not answer costs no word of it', async () => {
    run.slack.disturb('files.getUploadURLExternal', 'cut', 'cut', 'cut', 'cut', 'cut');
    await say();
    expect(read()).toEqual(expected());
    expect(await find()).toMatchObject({ state: 'whole' });
  });
});
