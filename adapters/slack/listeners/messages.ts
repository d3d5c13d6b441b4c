import type { App } from '@slack/bolt';
import { messageOf, type SlackMessage } from '../message.js';
import type { Context } from './context.js';

/**
 * Mentions and messages. Both events may tell of the same message, in either order: the desk claims by its key. A
 * rejection is passed on: then nothing is acknowledged, and Slack delivers again.
 */
export function listenToMessages(app: App, { desk, us }: Context): void {
  const receive = async (event: unknown, body: { team_id?: string }) => {
    const { user, team } = await us();
    const message = messageOf(event as SlackMessage, body.team_id ?? team, user);
    if (message) await desk.receive(message);
  };
  app.event('app_mention', ({ event, body }) => receive(event, body));
  app.event('message', ({ event, body }) => receive(event, body));
}
