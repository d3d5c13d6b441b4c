/**
 * Tries an upgrade: an earlier version writes an embedded database behind the fake of Slack and is killed while messages wait;
 * this version opens the database and goes on, also with a copy of it, and the earlier version with a copy from before. Ends with
 * 1 when one does not read what it finds.
 * `npx tsx scripts/upgrade.ts <checkout of the earlier version, with node_modules>`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FakeSlack, fullScopes, readable } from '../test/fakes/slack/index.js';
import { frebLog } from '../test/scenarios/logs.js';
import { mention } from '../test/slack/driver.js';

const earlier = resolve(process.argv[2] ?? '');
const data = mkdtempSync(join(tmpdir(), 'frebot-upgrade-'));
const [backup, restored] = [`${data}-before`, `${data}-restored`];
const slack = await FakeSlack.start({ transport: 'http', scopes: fullScopes });
const patience = 30_000;

/** Starts a version over a database. */
async function start(checkout: string, folder = data): Promise<ChildProcess> {
  const child = fork(join(checkout, 'test/slack/crash-child.ts'), {
    cwd: checkout,
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, SLACK_API: slack.apiUrl, TRANSPORT: 'http', DATA: folder },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${checkout} does not start`)));
  ended.catch(() => undefined);
  const [{ ready }] = (await Promise.race([once(child, 'message'), ended])) as [{ ready: string }];
  slack.requestUrl = ready;
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function dropLog(channel: string) {
  const ts = await slack.say(channel, mention(), { files: [{ name: 'fr000032.xml', bytes: frebLog() }] });
  const diagnosis = () => slack.answers(channel, ts).find(({ blocks }) => readable(blocks).includes('This fixed it'));
  return { ts, answer: await slack.until('a diagnosis', diagnosis, patience) };
}

async function check(what: string, found: () => unknown): Promise<void> {
  const isFound = await slack.until(what, found, patience).then(
    () => true,
    () => false,
  );
  console.log(`${isFound ? 'ok     ' : 'MISSING'} ${what}`);
  if (!isFound) process.exitCode = 1;
}

/** Copies the database of a stopped process, without the socket that locks it. */
function copyDatabase(to: string): void {
  cpSync(data, to, { recursive: true, filter: (file) => !lstatSync(file).isSocket() });
}

/** Asks for the case of a thread. */
async function tellsCase(what: string, channel: string, thread: string, told: string): Promise<void> {
  const earlierAnswers = slack.answers(channel, thread).length;
  await slack.say(channel, mention('case'), { thread });
  await check(what, () =>
    slack
      .answers(channel, thread)
      .slice(earlierAnswers)
      .some(({ blocks }) => readable(blocks).includes(told)),
  );
}

const before = await start(earlier);
const open = await dropLog('C0OPS');
const pressed = await dropLog('G0SECRET');
const idle = once(before, 'message');
before.send('idle');
await idle;
const question = await slack.say('D0ANNA', 'Who holds SeImpersonatePrivilege by default?');
await slack.press(pressed.answer, 'This fixed it');
await kill(before);
copyDatabase(backup);

const after = await start(resolve(import.meta.dirname, '..'));
await check('a message that waited is answered', () => slack.answers('D0ANNA', question)[0]);
await check('a press that waited closes its case', () => slack.answers('G0SECRET', pressed.ts)[1]);
const views = slack.state.views.length;
await slack.press(open.answer, 'Show more');
await check('a button of a stored answer opens its part', () => slack.state.views[views]);
await slack.say('C0OPS', mention('how do I fix it?'), { thread: open.ts });
await check('a question in the thread is about its case', () =>
  readable(slack.answers('C0OPS', open.ts)[1]?.blocks ?? []).includes('IIS_IUSRS'),
);
await tellsCase('the open case is told', 'C0OPS', open.ts, 'Case 1: open');
await tellsCase('the closed case is told', 'G0SECRET', pressed.ts, 'Case 2: fixed');
await kill(after);

copyDatabase(restored);
const again = await start(resolve(import.meta.dirname, '..'), restored);
await tellsCase('a restored backup tells the closed case', 'G0SECRET', pressed.ts, 'Case 2: fixed');
await kill(again);
const back = await start(earlier, backup);
await tellsCase('the earlier version goes on with the backup from before', 'C0OPS', open.ts, 'Case 1: open');
await kill(back);
await slack.stop();
for (const folder of [data, backup, restored]) rmSync(folder, { recursive: true });
