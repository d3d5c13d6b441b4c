import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { FakeSlack, readable } from '../fakes/slack/index.js';
import { transports } from './driver.js';

let slack: FakeSlack;
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await slack.stop();
  slack.verify();
});

/** Starts Frebot in a process of its own; resolves when Slack can reach it. */
async function frebot(transport: string, hang: boolean): Promise<ChildProcess> {
  const child = fork(resolve(import.meta.dirname, 'crash-child.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, SLACK_API: slack.apiUrl, TRANSPORT: transport, ...(hang && { HANG: '1' }) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  children.push(child);
  const [{ ready }] = (await once(child, 'message')) as [{ ready: string }];
  slack.requestUrl = ready;
  return child;
}

it.each(transports)(
  'killed between delivery and claim, over %s: Slack delivers again, one answer',
  async (transport) => {
    slack = await FakeSlack.start({ transport, ackMs: 1500, retryMs: [100, 1500, 3000] });
    const first = await frebot(transport, true);
    const heard = once(first, 'message');
    const { ts, done } = slack.post('D0ANNA', 'Who holds SeImpersonatePrivilege by default?');
    await heard;
    first.kill('SIGKILL');
    await once(first, 'exit');
    await frebot(transport, false);
    await done;

    expect(slack.deliveries[0]).toMatchObject({ event: 'message', acknowledged: true });
    expect(slack.deliveries[0]?.attempts).toBeGreaterThan(1);
    const answer = await slack.answer('D0ANNA', ts);
    expect(readable(answer.blocks)).toContain('Administrators');
    await new Promise((settled) => setTimeout(settled, 300));
    expect(slack.answers('D0ANNA', ts)).toHaveLength(1);
  },
  30_000,
);
