import { afterEach, expect, it } from 'vitest';
import { manifest } from '../../adapters/slack/manifest.js';
import { whereOf } from '../../adapters/slack/message.js';
import { scopes } from '../../adapters/slack/scopes.js';
import { methods, needs } from '../fakes/slack/api.js';
import { team } from '../fakes/slack/index.js';
import { scenarios } from '../scenarios/flagship.js';
import { frebLog } from '../scenarios/logs.js';
import { mention, play, SlackRun } from './driver.js';

let run: SlackRun;
afterEach(() => run.stop());

/** What a session of every kind of use takes of Slack. A method or event that is new to the door is new to this list. */
const ledger = {
  methods: [
    'apps.connections.open',
    'auth.test',
    'chat.postMessage',
    'chat.update',
    'conversations.replies',
    'files.info',
    'reactions.add',
    'views.open',
    'views.publish',
  ],
  /** Only when a modal could not be opened in time; proven in door.test.ts. */
  rarely: ['chat.postEphemeral'],
};

it('every scope is used, every call is covered by one, and the list of calls is complete', async () => {
  run = await SlackRun.start();
  const { slack } = run;
  for (const scenario of scenarios) await play(scenario, run);
  await slack.command('defaults');
  for (const channel of ['C0OPS', 'G0SECRET', 'G0MANY']) {
    slack.state.files.set('F0STUB', { id: 'F0STUB', name: 'a.xml', bytes: frebLog() });
    const files = [{ name: 'a.xml', bytes: frebLog(), shown: { id: 'F0STUB', file_access: 'check_file_info' } }];
    const ts = await slack.say(channel, '', { files });
    const answer = await slack.answer(channel, ts);
    await slack.press(answer, 'Default values');
    await slack.press(answer, 'This fixed it');
  }
  await slack.openHome();
  const ts = await slack.say('C0OPS', mention('help'));
  await slack.answer('C0OPS', ts);
  const where = whereOf({ team, channel: 'C0OPS', thread: ts });
  const posted = await run.slackDoor.door.find(where, `slack:${team}:C0OPS:${ts}`);
  expect(posted).toMatchObject({ channel: 'C0OPS' });
  await run.slackDoor.door.say(where, run.desk.trouble('internal'), 'k', posted as { ts: string });

  slack.verify();
  const called = new Set(slack.state.calls.map(({ method }) => method));
  expect([...called].sort()).toEqual(ledger.methods);
  // Every method the fake has is one the door uses: a fake that can more than is needed would hide a new call.
  expect(Object.keys(methods).sort()).toEqual([...ledger.methods, ...ledger.rarely].sort());
  const heard = new Set(slack.deliveries.map(({ event }) => event));
  const subscribed = manifest.settings?.event_subscriptions?.bot_events ?? [];
  expect([...heard].sort()).toEqual([...new Set(subscribed.map((event) => event.replace(/\..*/, '')))].sort());
  const byCalls = slack.state.calls.flatMap(({ method, args }) => needs(method, args, slack.state));
  const used = new Set([...byCalls, ...slack.state.eventScopes, 'commands']);
  expect([...used].sort()).toEqual(scopes.map(({ scope }) => scope as string).sort());
});
