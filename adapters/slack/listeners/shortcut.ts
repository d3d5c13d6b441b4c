import type { App } from '@slack/bolt';
import { shortcutKey } from '../keys.js';
import { readSlackMessage, type SlackDeskMessage, type SlackMessage } from '../message.js';
import { type ListenerContext, teamOf } from './context.js';

/**
 * Listens to "Diagnose this log" in the menu of a message. It serves logs that were dropped before Frebot was invited, or where
 * Frebot reads no messages, because Slack sends the message along. Where Frebot is not a member, the answer goes to the asker
 * alone through the response URL.
 */
export function listenToShortcut(app: App, { desk, workspace }: ListenerContext): void {
  app.shortcut({ callback_id: 'frebot_diagnose', type: 'message_action' }, async ({ ack, body, shortcut, respond }) => {
    if (shortcut.type !== 'message_action') return ack();
    const tenant = teamOf(body);
    const { user } = await (await workspace(tenant)).us();
    // Anyone may have written the message, even a bot. The person who chose the shortcut asks.
    const event = {
      ...shortcut.message,
      channel: shortcut.channel.id,
      user: shortcut.user.id,
      bot_id: undefined,
      subtype: undefined,
    } as SlackMessage;
    const message = readSlackMessage(event, tenant, user);
    if (!message) return ack();
    const request: SlackDeskMessage = {
      ...message,
      key: shortcutKey(message.key, shortcut.action_ts),
      where: { ...message.where, respond: shortcut.response_url, asker: shortcut.user.id },
      addressed: true,
    };
    await desk.receive(request);
    await ack();
    const text = 'I’m reading it. My answer follows in its thread.';
    // The answer does not depend on this receipt.
    await respond({ response_type: 'ephemeral', replace_original: false, text }).catch(() => undefined);
  });
}
