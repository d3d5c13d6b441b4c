import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeConnector, FakeIdentity, installActivities, personalActivity } from '../fakes/teams/index.js';
import { cardText } from './cards.js';
import { cardOf } from './driver.js';

let identity: FakeIdentity;
let connector: FakeConnector;
let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  identity = await FakeIdentity.create();
  connector = await new FakeConnector(identity).start();
  folder = mkdtempSync(join(tmpdir(), 'frebot-crash-'));
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  await connector.stop();
  rmSync(folder, { recursive: true });
  expect(connector.unexpectedCalls).toEqual([]);
});

interface Frebot {
  child: ChildProcess;
  ready: string;
  /** Id of an earlier answer. */
  answer: string;
}

/** Starts Frebot in another process. Resolves when Teams can reach it. */
async function frebot(idle = false): Promise<Frebot> {
  const child = fork(resolve(import.meta.dirname, 'crash-child.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, CONNECTOR: connector.url, DATA: folder, ...(idle && { IDLE: '1' }) },
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

/** Delivers a button of an older client and an installation, which Teams announces twice. Each gets a 200. */
async function pressAndInstall({ ready, answer }: Frebot): Promise<void> {
  const { serviceUrl } = connector;
  const pressed = personalActivity(serviceUrl, { value: { verb: 'fixed', case: answer } });
  const authorization = `Bearer ${await identity.token(serviceUrl)}`;
  for (const activity of [pressed, ...installActivities(serviceUrl)]) {
    const headers = { 'content-type': 'application/json', authorization };
    const response = await fetch(ready, { method: 'POST', headers, body: JSON.stringify(activity) });
    expect(response.status).toBe(200);
  }
}

const said = () => connector.messages.map((sent) => cardText(cardOf(sent)));
const repeated = (text: string) => text.includes('repeated after a restart');
const both = [expect.stringContaining('I mark it as fixed'), expect.stringContaining('SeImpersonatePrivilege')];

it('killed between claim and answer: a button and the greeting are answered once', async () => {
  const first = await frebot(true);
  await pressAndInstall(first);
  expect(connector.activities).toEqual([]);
  await kill(first.child);

  await frebot();
  await connector.waitForMessages(2);
  await sleep(500);
  expect(said()).toHaveLength(2);
  expect(said()).toEqual(expect.arrayContaining(both));
  expect(said().filter(repeated)).toEqual([]);
});

it('killed inside the post: both once more, and marked', async () => {
  const first = await frebot();
  connector.neverAnswers = true;
  await pressAndInstall(first);
  await connector.waitForMessages(2);
  await kill(first.child);

  connector.neverAnswers = false;
  await frebot();
  await connector.waitForMessages(4);
  await sleep(500);
  expect(said()).toHaveLength(4);
  expect(said().slice(2)).toEqual(expect.arrayContaining(both));
  expect(said().map(repeated)).toEqual([false, false, true, true]);
});
