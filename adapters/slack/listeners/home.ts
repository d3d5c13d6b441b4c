import type { App } from '@slack/bolt';
import { channelsPrefix, parseChannelThread } from '../keys.js';
import { suggestedPrompts } from '../manifest.js';
import { type Switch, switches } from '../preferences.js';
import { homeView, type OpenCase, switchPrefix } from '../render/home.js';
import { type ListenerContext, teamOf } from './context.js';

/** How many open cases the home tab lists at most. */
const maxCases = 10;

/**
 * Publishes the home tab when a person opens it: what Frebot can do, the open cases of the workspace, and the switches of an
 * administrator. On the Messages tab of an app with the agent view it suggests first questions.
 */
export function listenToHome(app: App, context: ListenerContext): void {
  app.event('app_home_opened', async ({ event, body }) => {
    const team = teamOf(body);
    try {
      if (event.tab === 'messages') await suggestQuestions(team, event.channel, context);
      else if (event.tab === 'home') await publishHome(team, event.user, context);
    } catch (error) {
      // A new delivery would not fill the tab either, so the event is acknowledged.
      context.log.warn({ error: (error as Error).name, tab: event.tab }, 'Slack tab could not be filled');
    }
  });
  app.action({ action_id: new RegExp(`^${switchPrefix}`), type: 'block_actions' }, async ({ ack, body, action }) => {
    const team = teamOf(body);
    const { action_id, value } = action as { action_id: string; value?: string };
    const id = switches.find((known) => action_id === switchPrefix + known.id)?.id;
    // Only administrators see the button, but a request can be made without it.
    if (id && (await context.admins.has(body.user.id, () => context.workspace(team)))) {
      await context.preferences.set(team, id satisfies Switch, value === 'on');
      context.log.info({ team, user: body.user.id, setting: id, on: value === 'on' }, 'Slack: a setting was changed');
    }
    await publishHome(team, body.user.id, context);
    await ack();
  });
}

async function publishHome(team: string, user: string, context: ListenerContext): Promise<void> {
  const { desk, admins, preferences, access, clock } = context;
  const workspace = await context.workspace(team);
  const [{ url }, help, privacy, open] = await Promise.all([
    workspace.us(),
    desk.help(),
    desk.command('privacy'),
    desk.openCases(channelsPrefix(team), 5 * maxCases),
  ]);
  const now = clock.now().getTime();
  const cases = open.flatMap(({ thread, at, answer }): OpenCase[] => {
    const found = parseChannelThread(thread);
    if (!found) return [];
    const { channel, ts } = found;
    const request = answer.parts.find((part) => part.kind === 'text' && part.id === 'request');
    return [
      {
        title: answer.title,
        request: request?.kind === 'text' ? request.text : undefined,
        channel,
        ageMs: now - Date.parse(at),
        link: messageLink(url, channel, ts),
      },
    ];
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

function messageLink(url: string, channel: string, ts: string): string | undefined {
  return url.startsWith('https://') ? `${url}archives/${channel}/p${ts.replace('.', '')}` : undefined;
}

async function suggestQuestions(team: string, channel: string, { workspace }: ListenerContext): Promise<void> {
  const { client, us } = await workspace(team);
  // Only the full manifest asks for this scope.
  if (!(await us()).scopes.includes('assistant:write')) return;
  await client.assistant.threads.setSuggestedPrompts({ channel_id: channel, prompts: [...suggestedPrompts] });
}
