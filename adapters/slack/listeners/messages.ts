import type { App } from '@slack/bolt';
import type { Message } from '../../../src/desk/ports/message.js';
import { readDeletedKey, readSlackMessage } from '../message.js';
import type { SlackMessage } from '../message-event.js';
import { type ListenerContext, teamOf } from './context.js';
import { guardSharedChannel } from './shared-channels.js';

/**
 * Listens to mentions and messages. Both events may report the same message, in either order; the desk claims it by its key.
 * A rejection is passed on, so that nothing is acknowledged and Slack delivers again.
 */
export function listenToMessages(app: App, context: ListenerContext): void {
  const receive = async (event: unknown, body: object) => {
    const team = teamOf(body);
    const deleted = readDeletedKey(event as SlackMessage, team);
    if (deleted) return context.desk.forgetMessage(deleted);
    const { user } = await (await context.workspace(team)).us();
    const message = readSlackMessage(event as SlackMessage, team, user);
    if (message && (await isWanted(message, context)))
      await context.desk.receive(guardSharedChannel(message, body, context));
  };
  app.event('app_mention', ({ event, body }) => receive(event, body));
  app.event('message', ({ event, body }) => receive(event, body));
}

/** True when the desk gets a message. An administrator of the workspace can switch off messages not addressed to Frebot. */
export async function isWanted(message: Message, { preferences }: ListenerContext): Promise<boolean> {
  if (message.addressed) return true;
  const { overhear, followUps } = await preferences.of(message.tenant);
  return message.files.length + (message.unreachable?.length ?? 0) > 0 ? overhear : followUps;
}
