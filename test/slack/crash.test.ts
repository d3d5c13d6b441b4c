import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from 'vitest';
import { type FakeMessage, FakeSlack, fullScopes, HandClock, readable } from '../fakes/slack/index.js';
import { frebLog } from '../scenarios/logs.js';
import { mention, transports } from './driver.js';

let slack: FakeSlack;
// One database for all: its creation takes longer than any of these tests.
const folder = mkdtempSync(join(tmpdir(), 'frebot-crash-'));
const children: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  await slack.stop();
  slack.verify();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts Frebot in a process of its own, over the database or forgetful; resolves when Slack can reach it. */
async function frebot(transport: string, data = ''): Promise<ChildProcess> {
  const child = fork(resolve(import.meta.dirname, 'crash-child.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, SLACK_API: slack.apiUrl, TRANSPORT: transport, DATA: data },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  children.push(child);
  const [{ ready }] = (await once(child, 'message')) as [{ ready: string }];
  slack.requestUrl = ready;
  return child;
}

/** From now on it hears and does not claim, or claims and does not get on. */
async function become(mood: 'deaf' | 'idle', child: ChildProcess): Promise<void> {
  const heard = once(child, 'message');
  child.send(mood);
  await heard;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

it.each(transports)(
  'killed between delivery and claim, over %s: Slack delivers again, one answer',
  async (transport) => {
    // Slack's pauses pass when the next process is up, however long that takes here.
    const pauses = new HandClock();
    slack = await FakeSlack.start({ transport, ackMs: 20_000, clock: pauses });
    const first = await frebot(transport);
    await become('deaf', first);
    const heard = once(first, 'message');
    const { ts, done } = slack.post('D0ANNA', 'Who holds SeImpersonatePrivilege by default?');
    await heard;
    await kill(first);
    await frebot(transport);
    await slack.until('the next delivery to be due', () => pauses.next !== undefined);
    pauses.advance(pauses.next as number);
    await done;

    expect(slack.deliveries[0]).toMatchObject({ event: 'message', acknowledged: true, attempts: 2 });
    const answer = await slack.answer('D0ANNA', ts);
    expect(readable(answer.blocks)).toContain('Administrators');
    await sleep(300);
    expect(slack.answers('D0ANNA', ts)).toHaveLength(1);
  },
);

const pasted = ['ModuleName: ManagedPipelineHandler', 'HttpStatus: 500', 'ErrorCode: (0x80070542)'].join('\n');
const fixed = 'I mark it as fixed';
const repeated = '(repeated after a restart)';

/** A diagnosed log, with buttons below. Each Slack counts its messages from the same number, so no two tests share a channel. */
async function diagnosed(channel: string): Promise<FakeMessage> {
  const ts = await slack.say(channel, mention(), { files: [{ name: 'fr000032.xml', bytes: frebLog() }] });
  // On a busy machine a word in between may stand before it.
  const below = () => slack.answers(channel, ts).find(({ blocks }) => readable(blocks).includes('This fixed it'));
  return slack.until('the diagnosis', below);
}

/** Presses "This fixed it" and types a slash command that takes reading. Slack is told yes to both. */
async function pressAndAsk(answer: FakeMessage): Promise<void> {
  expect(await slack.press(answer, 'This fixed it')).toBe(true);
  expect((await slack.command(`diagnose ${pasted}`))?.text).toBe('Reading…');
}

const telling = (text: string) => slack.state.messages.filter(({ blocks }) => readable(blocks).includes(text));
const privately = (channel = 'C0OPS') =>
  telling('0x80070542').filter((message) => message.onlyFor === 'U0ANNA' && message.channel === channel);
const marked = (messages: FakeMessage[]) => messages.map(({ blocks }) => readable(blocks).includes(repeated));

it('killed between claim and answer: a button and a slash command are answered once', async () => {
  slack = await FakeSlack.start({ transport: 'socket', scopes: fullScopes });
  const first = await frebot('socket', folder);
  const answer = await diagnosed('C0OPS');
  await become('idle', first);
  await pressAndAsk(answer);
  expect([...telling(fixed), ...privately()]).toEqual([]);
  await kill(first);

  await frebot('socket', folder);
  await slack.until('both answers', () => telling(fixed).length > 0 && privately().length > 0);
  await sleep(500);
  expect(telling(fixed)).toMatchObject([{ channel: 'C0OPS', thread_ts: answer.thread_ts }]);
  expect(privately()).toHaveLength(1);
  expect(telling(repeated)).toEqual([]);
});

it('killed inside the post: what stands in a thread is found, what only one person sees is said again, and marked', async () => {
  slack = await FakeSlack.start({ transport: 'http', scopes: fullScopes });
  const first = await frebot('http', folder);
  const answer = await diagnosed('G0SECRET');
  slack.disturb('chat.postMessage', 'silent');
  slack.disturb('response_url', 'silent', 'silent', 'silent');
  await pressAndAsk(answer);
  await slack.until('both posts', () => telling(fixed).length > 0 && privately().length > 0);
  // Where Frebot is no member, a shortcut is answered to one person too.
  const { ts } = slack.post('C0OTHER', '', { files: [{ name: 'fr000032.xml', bytes: frebLog() }] });
  expect(await slack.messageShortcut(slack.state.messages.find((one) => one.ts === ts) as FakeMessage)).toBe(true);
  await slack.until('its answer', () => privately('C0OTHER').length > 0);
  await kill(first);

  await frebot('http', folder);
  const again = () => privately().length > 1 && privately('C0OTHER').length > 1;
  await slack.until('both once more', again);
  await sleep(500);
  expect(telling(fixed)).toHaveLength(1);
  for (const said of [privately(), privately('C0OTHER')]) expect(marked(said)).toEqual([false, true]);
});
