import { afterEach, expect, it } from 'vitest';
import { team } from '../fakes/slack/index.js';
import { shortAnswer } from './doubles.js';
import { mention, SlackRun } from './driver.js';

let run: SlackRun;
afterEach(() => run.stop());

async function posted(...faults: Parameters<SlackRun['slack']['disturb']>[1][]) {
  run = await SlackRun.start({ pace: 0.01 });
  const ts = await run.slack.say('C0OPS', mention('help'));
  await run.slack.answer('C0OPS', ts);
  run.slack.disturb('chat.postMessage', ...faults);
  return run.slackDoor.door.say({ team, channel: 'C0OPS', thread: ts }, shortAnswer('Answer'), 'k');
}

it.each([
  ['is_archived', 'slack-archived'],
  ['token_revoked', 'slack-token'],
  ['account_inactive', 'slack-token'],
  ['ekm_access_denied', 'slack-key-denied'],
  ['restricted_action', 'slack-refused'],
  ['internal_error', 'platform-unreachable'],
  ['service_unavailable', 'platform-unreachable'],
])('a post that Slack refuses with %s is refused as %s, with that code as its reason', async (error, code) => {
  await expect(posted({ error })).rejects.toMatchObject({ code, facts: { reason: error } });
  expect(run.slack.state.faults.get('chat.postMessage')).toEqual([]);
});

it('a post without an answer is no internal error', async () => {
  await expect(posted('lost')).rejects.toMatchObject({ code: 'platform-unreachable' });
});
