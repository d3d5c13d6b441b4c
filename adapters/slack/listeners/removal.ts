import type { App } from '@slack/bolt';
import type { Installer } from '../installations.js';
import { workspacePrefix } from '../keys.js';
import { slackCode } from '../refusals.js';
import { NotInstalledError } from '../workspaces.js';
import { type ListenerContext, teamOf } from './context.js';

/**
 * The app was removed from a workspace, or its token revoked: the token goes, and after a removal all that was kept of
 * the workspace. Slack may tell late, after the app was installed anew: then the token is a good one and stays.
 */
export function listenToRemoval(app: App, context: ListenerContext, installer: Installer | undefined): void {
  app.event('app_uninstalled', async ({ body }) => {
    const team = teamOf(body);
    if (await alive(team, context)) return;
    await installer?.forget(team);
    await context.preferences.forget(team);
    await context.desk.forgetAll(workspacePrefix(team));
    context.log.info({ team }, 'Slack: the app was removed from a workspace; what was kept of it is deleted');
  });
  app.event('tokens_revoked', async ({ event, body }) => {
    const team = teamOf(body);
    if (!event.tokens.bot?.length || (await alive(team, context))) return;
    await installer?.forget(team);
    context.log.warn({ team }, 'Slack: the token of a workspace was revoked; the app must be installed again');
  });
}

async function alive(team: string, { workspace }: ListenerContext): Promise<boolean> {
  try {
    await (await workspace(team)).client.auth.test();
    return true;
  } catch (error) {
    // Only Slack's own word counts: when it does not answer, it will tell again.
    if (error instanceof NotInstalledError || slackCode(error)) return false;
    throw error;
  }
}
