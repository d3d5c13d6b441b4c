import type { App } from '@slack/bolt';
import { channelsPrefix, parseChannelThread } from '../keys.js';
import { suggestedPrompts } from '../manifest.js';
import { type Switch, switches } from '../preferences.js';
import { homeView, switchPrefix } from '../render/home.js';
import { type ListenerContext, teamOf } from './context.js';

/** Open cases on the home tab at most. */
const maxCases = 10;

/**
 * The home tab: what Frebot can do, this workspace's open cases, what an administrator may switch. Published when
 * somebody opens it. On the Messages tab of an app with the agent view it offers questions to begin with.
 */
export function listenToHome(app: App, context: ListenerContext): void {
  app.event('app_home_opened', async ({ event, body }) => {
    const team = teamOf(body);
    try {
      if (event.tab === 'messages') await suggest(team, event.channel, context);
      else if (event.tab === 'home') await publish(team, event.user, context);
    } catch (error) {
      // A tab that stays empty is no reason to let Slack deliver the event again.
      context.log.warn({ error: (error as Error).name, tab: event.tab }, 'Slack tab could not be filled');
    }
  });
  app.action({ action_id: new RegExp(`^${switchPrefix}`), type: 'block_actions' }, async ({ ack, body, action }) => {
    const team = teamOf(body);
    const { action_id, value } = action as { action_id: string; value?: string };
    const id = switches.find((known) => action_id === switchPrefix + known.id)?.id;
    // The button is only shown to administrators; who presses it is checked all the same.
    if (id && (await context.admins.has(body.user.id, () => context.workspace(team)))) {
      await context.preferences.set(team, id satisfies Switch, value === 'on');
      context.log.info({ team, user: body.user.id, setting: id, on: value === 'on' }, 'Slack: a setting was changed');
    }
    await publish(team, body.user.id, context);
    await ack();
  });
}

async function publish(team: string, user: string, context: ListenerContext): Promise<void> {
  const { desk, admins, preferences, access } = context;
  const workspace = await context.workspace(team);
  const [{ url }, help, privacy, open] = await Promise.all([
    workspace.us(),
    desk.help(),
    desk.command('privacy'),
    desk.openCases(channelsPrefix(team), 5 * maxCases),
  ]);
  const cases = open.flatMap(({ thread, at, answer }) => {
    const found = parseChannelThread(thread);
    return found
      ? [{ title: answer.title, at, channel: found.channel, link: linkTo(url, found.channel, found.ts) }]
      : [];
  });
  const view = homeView({
    help,
    privacy: privacy.answer,
    cases: cases
      .filter(({ channel }) => !access?.channels?.length || access.channels.includes(channel))
      .slice(0, maxCases),
    preference: await preferences.of(team),
    admin: await admins.has(user, async () => workspace),
    adminsNamed: (access?.admins?.length ?? 0) > 0,
  });
  await workspace.client.views.publish({ user_id: user, view });
}

function linkTo(url: string, channel: string, ts: string): string | undefined {
  return url.startsWith('https://') ? `${url}archives/${channel}/p${ts.replace('.', '')}` : undefined;
}

async function suggest(team: string, channel: string, { workspace }: ListenerContext): Promise<void> {
  const { client, us } = await workspace(team);
  // Only where the full manifest was installed.
  if (!(await us()).scopes.includes('assistant:write')) return;
  await client.assistant.threads.setSuggestedPrompts({ channel_id: channel, prompts: [...suggestedPrompts] });
}
