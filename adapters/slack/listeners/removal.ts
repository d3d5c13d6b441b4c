import type { App } from '@slack/bolt';
import type { Installer } from '../installations.js';
import { workspacePrefix } from '../keys.js';
import { slackCode } from '../refusals.js';
import { NotInstalledError } from '../workspaces.js';
import { type ListenerContext, teamOf } from './context.js';

/**
 * Deletes the token when the app is removed or its token is revoked, and after a removal everything stored about the
 * workspace. The event may arrive after a new installation, whose token works and stays.
 */
export function listenToRemoval(app: App, context: ListenerContext, installer: Installer | undefined): void {
  app.event('app_uninstalled', async ({ body }) => {
    const team = teamOf(body);
    if (await isInstalled(team, context)) return;
    await installer?.forget(team);
    await context.preferences.forget(team);
    await context.desk.forgetAll(workspacePrefix(team));
    context.log.info({ team }, 'Slack: the app was removed from a workspace; everything stored about it is deleted');
  });
  app.event('tokens_revoked', async ({ event, body }) => {
    const team = teamOf(body);
    if (!event.tokens.bot?.length || (await isInstalled(team, context))) return;
    await installer?.forget(team);
    context.log.warn({ team }, 'Slack: the token of a workspace was revoked; the app must be installed again');
  });
}

async function isInstalled(team: string, { workspace }: ListenerContext): Promise<boolean> {
  try {
    await (await workspace(team)).client.auth.test();
    return true;
  } catch (error) {
    // Without an answer from Slack the event fails, and Slack delivers it again.
    if (error instanceof NotInstalledError || slackCode(error)) return false;
    throw error;
  }
}
