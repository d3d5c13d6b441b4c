import type { App } from '@slack/bolt';
import type { Message } from '../../../src/desk/ports/message.js';
import { shortcutKey } from '../keys.js';
import { readSlackMessage, type SlackMessage } from '../message.js';
import { type ListenerContext, teamOf } from './context.js';

/**
 * "Diagnose this log" in the menu of a message: for logs dropped before Frebot was here, or where it overhears nothing.
 * Slack hands the message over. Where Frebot is no member the answer goes to the asker alone, through the response URL.
 */
export function listenToShortcut(app: App, { desk, workspace }: ListenerContext): void {
  app.shortcut({ callback_id: 'frebot_diagnose', type: 'message_action' }, async ({ ack, body, shortcut, respond }) => {
    if (shortcut.type !== 'message_action') return ack();
    const tenant = teamOf(body);
    const { user } = await (await workspace(tenant)).us();
    // The message may be by anyone, a bot too: the person who chose the shortcut asks.
    const pointedAt = {
      ...shortcut.message,
      channel: shortcut.channel.id,
      user: shortcut.user.id,
      bot_id: undefined,
      subtype: undefined,
    };
    const message = readSlackMessage(pointedAt as unknown as SlackMessage, tenant, user);
    if (!message) return ack();
    const asked: Message = {
      ...message,
      key: shortcutKey(message.key, shortcut.action_ts),
      where: { ...message.where, respond: shortcut.response_url, asker: shortcut.user.id },
      addressed: true,
    };
    await desk.receive(asked);
    await ack();
    const text = 'I’m reading it. My answer follows in its thread.';
    // A courtesy: the answer does not depend on it.
    await respond({ response_type: 'ephemeral', replace_original: false, text }).catch(() => undefined);
  });
}
