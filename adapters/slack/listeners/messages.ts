import type { App } from '@slack/bolt';
import type { Message } from '../../../src/desk/ports/message.js';
import { deletedKey, readSlackMessage, type SlackMessage } from '../message.js';
import { type ListenerContext, teamOf } from './context.js';

/**
 * Mentions and messages. Both events may tell of the same message, in either order: the desk claims by its key. A
 * rejection is passed on: then nothing is acknowledged, and Slack delivers again.
 */
export function listenToMessages(app: App, context: ListenerContext): void {
  const receive = async (event: unknown, body: object) => {
    const team = teamOf(body);
    const deleted = deletedKey(event as SlackMessage, team);
    if (deleted) return context.desk.forgetMessage(deleted);
    const { user } = await (await context.workspace(team)).us();
    const message = readSlackMessage(event as SlackMessage, team, user);
    if (message && (await isWanted(message, context))) await context.desk.receive(message);
  };
  app.event('app_mention', ({ event, body }) => receive(event, body));
  app.event('message', ({ event, body }) => receive(event, body));
}

/** Returns false for messages that are not addressed to us where the workspace's administrator switched them off. */
export async function isWanted(message: Message, { preferences }: ListenerContext): Promise<boolean> {
  if (message.addressed) return true;
  const { overhear, followUps } = await preferences.of(message.tenant);
  return message.files.length + (message.unreachable?.length ?? 0) > 0 ? overhear : followUps;
}
