import type { App } from '@slack/bolt';
import { formButton } from '../render/forms.js';
import { renderModal } from '../render/index.js';
import type { Context } from './context.js';

/** The home tab: what Frebot can do, and the form. Published when somebody opens it. */
export function listenToHome(app: App, { desk, client, log }: Context): void {
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab !== 'home') return;
    try {
      const help = await desk.command('help');
      const privacy = await desk.command('privacy');
      const blocks = [help, privacy].flatMap(({ answer }) => renderModal({ ...answer, actions: [] }) ?? []);
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [formButton(), ...blocks] } });
    } catch (error) {
      // A home tab that stays empty is no reason to let Slack deliver the event again.
      log.warn({ error: (error as Error).name }, 'Slack home tab could not be published');
    }
  });
}
