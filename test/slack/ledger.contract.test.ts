import { afterEach, expect, it } from 'vitest';
import { fullManifest, stepId } from '../../adapters/slack/manifest.js';
import { scopes } from '../../adapters/slack/scopes.js';
import type { PostedMessage } from '../../src/desk/ports/message.js';
import { methods, needs } from '../fakes/slack/api.js';
import { clientId, clientSecret, installedScopes, permalinkTo, team } from '../fakes/slack/index.js';
import { scenarios } from '../scenarios/flagship.js';
import { frebLog } from '../scenarios/logs.js';
import { longAnswer } from './doubles.js';
import { mention, play, pressNotIt, SlackRun } from './driver.js';

let run: SlackRun;
afterEach(() => run.stop());

/** Every method of the Web API the door calls, with where it is proven beside the session below. */
const ledger: Record<string, string> = {
  'apps.connections.open': 'door.contract.test.ts',
  'assistant.threads.setStatus': 'mentions.contract.test.ts',
  'assistant.threads.setSuggestedPrompts': 'home.contract.test.ts',
  'auth.test': 'door.contract.test.ts',
  'chat.delete': 'mentions.contract.test.ts',
  'chat.postEphemeral': 'access.contract.test.ts',
  'chat.postMessage': 'posting.contract.test.ts',
  'chat.update': 'posting.contract.test.ts',
  'conversations.history': '../watch/repeats.test.ts',
  'conversations.members': 'pointing.contract.test.ts',
  'conversations.replies': 'posting.contract.test.ts',
  'files.completeUploadExternal': 'report.test.ts',
  'files.getUploadURLExternal': 'report.test.ts',
  'files.info': 'files.contract.test.ts',
  'functions.completeError': 'step.contract.test.ts',
  'functions.completeSuccess': 'step.contract.test.ts',
  'reactions.add': 'files.contract.test.ts',
  'reactions.remove': 'buttons.contract.test.ts',
  'usergroups.users.list': 'access.contract.test.ts',
  'users.conversations': '../watch/repeats.test.ts',
  'views.open': 'ways-in.contract.test.ts',
  'views.publish': 'home.contract.test.ts',
};
/** Called by the installer of a workspace, which is not part of this session; proven in oauth.contract.test.ts. */
const installing = ['oauth.v2.access'];

/** Every event of the manifests, with where it is proven. */
const events: Record<string, string> = {
  app_home_opened: 'home.contract.test.ts',
  app_mention: 'door.contract.test.ts',
  app_uninstalled: 'oauth.contract.test.ts',
  file_shared: 'base.contract.test.ts',
  function_executed: 'step.contract.test.ts',
  member_joined_channel: 'details.contract.test.ts',
  message: 'door.contract.test.ts',
  tokens_revoked: 'oauth.contract.test.ts',
};

it('every scope is used, every call is covered by one, and the lists of calls and events are complete', async () => {
  run = await SlackRun.start({
    report: () => '<!doctype html><p>the whole answer</p>',
    settings: { access: { users: ['U0ANNA', 'U0FREBOT'], admins: ['S0ADMINS'], adminCommands: ['forget'] } },
  });
  const { slack } = run;
  for (const scenario of scenarios) await play(scenario, run);
  await slack.command('defaults');
  await slack.command('forget');
  for (const channel of ['C0OPS', 'G0SECRET', 'G0MANY']) {
    slack.state.files.set('F0STUB', { id: 'F0STUB', name: 'a.xml', bytes: frebLog() });
    const files = [{ name: 'a.xml', bytes: frebLog(), shown: { id: 'F0STUB', file_access: 'check_file_info' } }];
    const ts = await slack.say(channel, mention(), { files });
    const answer = await slack.answer(channel, ts);
    await slack.press(answer, 'Default values');
    await slack.press(answer, 'This fixed it');
    await pressNotIt(answer, run);
  }
  for (const channel of ['C0ELSE', 'G0SECRET']) {
    const linked = { channel, ts: '1700000000.000001', text: '', reactions: [] };
    const ts = await slack.say('C0OPS', mention(`<${permalinkTo(linked)}>`));
    await slack.answer('C0OPS', ts);
  }
  await slack.say('C0OPS', mention('help'), { user: 'U0STRANGER' });
  await slack.invite('C0OPS');
  await slack.openHome();
  await slack.openMessagesTab();
  await slack.runStep(stepId, { file: slack.keep({ name: 'a.xml', bytes: frebLog() }) });
  await slack.runStep(stepId, {});
  const ts = await slack.say('C0OPS', mention('help'));
  await slack.answer('C0OPS', ts);
  const where = { team, channel: 'C0OPS', thread: ts };
  const found = await run.slackDoor.door.find(where, `slack:${team}:C0OPS:${ts}`);
  expect(found).toMatchObject({ posted: { channel: 'C0OPS' }, state: 'whole' });
  const inChannel = await run.slackDoor.door.find({ team, channel: '#iis-prod' }, 'k', new Date());
  expect(inChannel).toEqual({ state: 'none' });
  const { posted } = found as { posted: PostedMessage };
  await run.slackDoor.door.say(where, run.desk.trouble('internal'), 'k', posted);
  await run.slackDoor.door.showStatus?.(where, 'is still reading');
  await run.slackDoor.door.remove(where, posted);
  await run.slackDoor.door.say(where, longAnswer(), 'long');
  await slack.deliverEvent({ type: 'tokens_revoked', tokens: { oauth: ['U0ANNA'], bot: [] } });
  await slack.deliverEvent({ type: 'app_uninstalled' });

  slack.verify();
  const called = new Set(slack.state.calls.map(({ method }) => method));
  expect([...called].sort()).toEqual(Object.keys(ledger).sort());
  // Every method the fake has is one the door uses: a fake that can more than is needed would hide a new call.
  expect(Object.keys(methods).sort()).toEqual([...Object.keys(ledger), ...installing].sort());
  expect([clientId, clientSecret].every(Boolean)).toBe(true);
  const received = new Set(slack.deliveries.map(({ event }) => event));
  const subscribed = fullManifest.settings?.event_subscriptions?.bot_events ?? [];
  expect([...received].sort()).toEqual(Object.keys(events).sort());
  expect([...received].sort()).toEqual([...new Set(subscribed.map((event) => event.replace(/\..*/, '')))].sort());
  const byCalls = slack.state.calls.flatMap(({ method, args }) => needs(method, args, slack.state));
  const used = new Set([...byCalls, ...slack.state.eventScopes, 'commands']);
  expect([...used].sort()).toEqual(scopes.map(({ scope }) => scope as string).sort());
});

it('with the base manifest nothing is called that its scopes do not cover', async () => {
  run = await SlackRun.start({ scopes: installedScopes });
  const ts = await run.slack.say('C0OPS', mention(), { files: [{ name: 'a.xml', bytes: frebLog() }] });
  await run.slack.answer('C0OPS', ts);
  await run.slack.openHome();
  await run.slack.openMessagesTab();
  const { state } = run.slack;
  const uncovered = state.calls.filter(({ method, args }) => {
    const needed = needs(method, args, state);
    return needed.length > 0 && !needed.some((scope) => state.scopes.includes(scope));
  });
  expect(uncovered).toEqual([]);
});
