import { afterEach, expect, it } from 'vitest';
import { fullScopes, readable, team } from '../fakes/slack/index.js';
import { longAnswer, notingDesk } from './doubles.js';
import { mention, SlackRun } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});
const report = () => '<!doctype html><p>the whole answer</p>';

async function postLongAnswer(options: Parameters<typeof SlackRun.start>[0]) {
  run = await SlackRun.start({ desk: notingDesk(), ...options });
  const ts = await run.slack.say('C0OPS', mention('why?'));
  await run.slackDoor.door.say({ team, channel: 'C0OPS', thread: ts, ts }, longAnswer(), 'key-1');
  const thread = run.slack.state.thread('C0OPS', ts).slice(1);
  return { posts: thread.filter(({ files }) => !files), files: thread.flatMap(({ files }) => files ?? []) };
}

it('an answer that does not fit has the whole in an attached report, and says so', async () => {
  const { posts, files } = await postLongAnswer({ report });
  expect(posts).toHaveLength(1);
  expect(readable(posts[0]?.blocks)).toContain('attached frebot-report.html');
  expect(readable(posts[0]?.blocks)).toContain('one is kept');
  expect(readable(posts[0]?.blocks)).toContain('This fixed it');
  expect(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
    [expect.stringMatching(/^frebot-report-[0-9a-f]{8}\.html$/), expect.stringContaining('the whole answer')],
  ]);
  // Slack reports Frebot's own file too, and Frebot does not read it.
  await new Promise((done) => setTimeout(done, 100));
  const { received } = run.desk as ReturnType<typeof notingDesk>;
  expect(new Set(received.map(({ key }) => key)).size).toBe(1);
});

it.each([
  ['without files:write', { report, scopes: fullScopes.filter((scope) => scope !== 'files:write') }],
  ['without a renderer of reports', {}],
])('%s the whole answer comes in several messages', async (_name, options) => {
  const { posts, files } = await postLongAnswer(options);
  expect(files).toEqual([]);
  const all = posts.map(({ blocks }) => readable(blocks)).join('\n');
  for (const word of ['one', 'two', 'three']) expect(all.match(new RegExp(`${word} is kept`, 'g'))).toHaveLength(400);
  expect(all).not.toContain('attached');
});

it('the whole answer comes in messages when Slack refuses the report', async () => {
  run = await SlackRun.start({ desk: notingDesk(), report });
  const ts = await run.slack.say('C0OPS', mention('why?'));
  run.slack.state.scopes = run.slack.state.scopes.filter((scope) => scope !== 'files:write');
  await run.slackDoor.door.say({ team, channel: 'C0OPS', thread: ts, ts }, longAnswer(), 'key-1');
  const all = run.slack
    .answers('C0OPS', ts)
    .map(({ blocks }) => readable(blocks))
    .join('\n');
  expect(all).toContain('three is kept');
  expect(all).not.toContain('attached');
  expect(run.log.some(({ message }) => message.includes('refused a file'))).toBe(true);
});

it('a script longer than a block is attached whole, and the answer names its file', async () => {
  run = await SlackRun.start();
  const ts = await run.slack.say('C0OPS', mention('collect'));
  const answer = await run.slack.answer('C0OPS', ts);
  expect(readable(answer.blocks)).toContain('The whole script is in the attached script.ps1');
  const post = await run.slack.until('the script', () =>
    run.slack.state.messages.find((m) => m.thread_ts === ts && m.files?.length && m.user !== 'U0ANNA'),
  );
  const [file] = post.files ?? [];
  const { command } = (await run.desk.command('collect')).answer.parts.find((part) => part.kind === 'command') as {
    command: string;
  };
  expect(file?.name).toMatch(/^script-[0-9a-f]+\.ps1$/);
  expect(Buffer.from(file?.bytes ?? []).toString()).toBe(command);
  expect(command.split('\n').length).toBeGreaterThan(150);
});
