import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeCrashDatabase } from '../crash-database.js';
import {
  FakeConnector,
  FakeIdentity,
  installActivities,
  personalActivity,
  personalChat,
  tenantId,
} from '../fakes/teams/index.js';
import { cardText } from './cards.js';
import { cardOf } from './driver.js';

let identity: FakeIdentity;
let connector: FakeConnector;
let database: Awaited<ReturnType<typeof makeCrashDatabase>>;
const children: ChildProcess[] = [];
beforeAll(async () => {
  database = await makeCrashDatabase();
});
afterAll(() => database.remove());
beforeEach(async () => {
  identity = await FakeIdentity.create();
  connector = await new FakeConnector(identity).start();
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  await connector.stop();
  expect(connector.unexpectedCalls).toEqual([]);
});

interface Frebot {
  child: ChildProcess;
  ready: string;
  /** Id of an earlier answer. */
  answer: string;
}

/**
 * Starts Frebot in another process. Resolves when Teams can reach it.
 * @param idle it claims messages and does not work on them
 */
async function startFrebot(idle = false): Promise<Frebot> {
  const child = fork(resolve(import.meta.dirname, 'crash-child.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, CONNECTOR: connector.url, DATA: database.folder, ...(idle && { IDLE: '1' }) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  children.push(child);
  const [state] = (await once(child, 'message')) as [Omit<Frebot, 'child'>];
  return { child, ...state };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/**
 * Delivers a button of an older client and an installation, which Teams announces twice. Each gets a 200.
 * @param chat id of a 1:1 chat in which Frebot was not installed before
 */
async function pressAndInstall({ ready, answer }: Frebot, chat: string): Promise<void> {
  const { serviceUrl } = connector;
  const conversation = { ...personalChat, tenantId, id: chat };
  const button = personalActivity(serviceUrl, { value: { verb: 'fixed', case: answer } });
  const authorization = `Bearer ${await identity.token(serviceUrl)}`;
  for (const activity of [button, ...installActivities(serviceUrl)]) {
    const response = await fetch(ready, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ ...activity, conversation }),
    });
    expect(response.status).toBe(200);
  }
}

const answerTexts = () => connector.messages.map((sent) => cardText(cardOf(sent)));
const isMarkedRepeated = (text: string) => text.includes('repeated after a restart');
const bothAnswers = [expect.stringContaining('marked it as fixed'), expect.stringContaining('SeImpersonatePrivilege')];

it('answers a button and greets once when it is killed between claim and answer', async () => {
  const first = await startFrebot(true);
  await pressAndInstall(first, 'a:1killed-before-post');
  expect(connector.activities).toEqual([]);
  await kill(first.child);

  await startFrebot();
  await connector.waitForMessages(2);
  await sleep(500);
  expect(answerTexts()).toHaveLength(2);
  expect(answerTexts()).toEqual(expect.arrayContaining(bothAnswers));
  expect(answerTexts().filter(isMarkedRepeated)).toEqual([]);
});

it('posts both answers once more and marks them when it is killed while posting', async () => {
  const first = await startFrebot();
  connector.neverAnswers = true;
  await pressAndInstall(first, 'a:1killed-while-posting');
  await connector.waitForMessages(2);
  await kill(first.child);

  connector.neverAnswers = false;
  await startFrebot();
  await connector.waitForMessages(4);
  await sleep(500);
  expect(answerTexts()).toHaveLength(4);
  expect(answerTexts().slice(2)).toEqual(expect.arrayContaining(bothAnswers));
  expect(answerTexts().map(isMarkedRepeated)).toEqual([false, false, true, true]);
});
