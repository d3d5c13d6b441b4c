import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { makeCrashDatabase } from '../crash-database.js';
import { type FakeMessage, FakeSlack, fullScopes, HandClock, readable } from '../fakes/slack/index.js';
import { frebLog } from '../scenarios/logs.js';
import { mention, transports } from './driver.js';

let slack: FakeSlack;
let database: Awaited<ReturnType<typeof makeCrashDatabase>>;
const children: ChildProcess[] = [];
beforeAll(async () => {
  database = await makeCrashDatabase();
});
afterAll(() => database.remove());
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  await slack.stop();
  slack.verify();
});

/** Starts Frebot in another process, with the database in `data` or in memory. Resolves when Slack can reach it. */
async function startFrebot(transport: string, data = ''): Promise<ChildProcess> {
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

/** Sets what Frebot does from now on: receive messages and claim none, or claim them and not work on them. */
async function setMode(child: ChildProcess, mode: 'deaf' | 'idle'): Promise<void> {
  const confirmation = once(child, 'message');
  child.send(mode);
  await confirmation;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

it.each(transports)(
  'answers once when it is killed between delivery and claim, because Slack delivers again over %s',
  async (transport) => {
    // Slack's pauses pass when the next process is up, however long its start takes.
    const pauses = new HandClock();
    slack = await FakeSlack.start({ transport, ackMs: 20_000, clock: pauses });
    const first = await startFrebot(transport);
    await setMode(first, 'deaf');
    const received = once(first, 'message');
    const { ts, done } = slack.post('D0ANNA', 'Who holds SeImpersonatePrivilege by default?');
    await received;
    await kill(first);
    await startFrebot(transport);
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
const fixedSentence = 'marked it as fixed';
const repeatedNotice = '(repeated after a restart)';

/**
 * Drops a log and returns its diagnosis, with buttons below. Every fake Slack counts its messages from the same number, so no two
 * tests share a channel.
 */
async function dropLog(channel: string): Promise<FakeMessage> {
  const ts = await slack.say(channel, mention(), { files: [{ name: 'fr000032.xml', bytes: frebLog() }] });
  return slack.answer(channel, ts);
}

/** Presses "This fixed it" and types a slash command whose text has to be read. Both are acknowledged. */
async function pressAndAsk(answer: FakeMessage): Promise<void> {
  expect(await slack.press(answer, 'This fixed it')).toBe(true);
  expect((await slack.command(`diagnose ${pasted}`))?.text).toBe('Reading…');
}

const messagesWith = (text: string) => slack.state.messages.filter(({ blocks }) => readable(blocks).includes(text));
const privateAnswers = (channel = 'C0OPS') =>
  messagesWith('0x80070542').filter((message) => message.onlyFor === 'U0ANNA' && message.channel === channel);
const isMarkedRepeated = ({ blocks }: FakeMessage) => readable(blocks).includes(repeatedNotice);

it('answers a button and a slash command once when it is killed between claim and answer', async () => {
  slack = await FakeSlack.start({ transport: 'socket', scopes: fullScopes });
  const first = await startFrebot('socket', database.folder);
  const answer = await dropLog('C0OPS');
  await setMode(first, 'idle');
  await pressAndAsk(answer);
  expect([...messagesWith(fixedSentence), ...privateAnswers()]).toEqual([]);
  await kill(first);

  await startFrebot('socket', database.folder);
  await slack.until('both answers', () => messagesWith(fixedSentence).length > 0 && privateAnswers().length > 0);
  await sleep(500);
  expect(messagesWith(fixedSentence)).toMatchObject([{ channel: 'C0OPS', thread_ts: answer.thread_ts }]);
  expect(privateAnswers()).toHaveLength(1);
  expect(messagesWith(repeatedNotice)).toEqual([]);
});

it('finds an answer in a thread, and repeats and marks a private one, when it is killed while posting', async () => {
  slack = await FakeSlack.start({ transport: 'http', scopes: fullScopes });
  const first = await startFrebot('http', database.folder);
  const answer = await dropLog('G0SECRET');
  slack.disturb('chat.postMessage', 'silent');
  slack.disturb('response_url', 'silent', 'silent', 'silent');
  await pressAndAsk(answer);
  await slack.until('both posts', () => messagesWith(fixedSentence).length > 0 && privateAnswers().length > 0);
  // In a channel that Frebot is not a member of, only the person who used the shortcut sees the answer.
  const { ts } = slack.post('C0OTHER', pasted);
  expect(await slack.messageShortcut(slack.state.messages.find((one) => one.ts === ts) as FakeMessage)).toBe(true);
  await slack.until('its answer', () => privateAnswers('C0OTHER').length > 0);
  await kill(first);

  await startFrebot('http', database.folder);
  const areRepeated = () => privateAnswers().length > 1 && privateAnswers('C0OTHER').length > 1;
  await slack.until('both once more', areRepeated);
  await sleep(500);
  expect(messagesWith(fixedSentence)).toHaveLength(1);
  for (const answers of [privateAnswers(), privateAnswers('C0OTHER')]) {
    expect(answers.map(isMarkedRepeated)).toEqual([false, true]);
  }
});
