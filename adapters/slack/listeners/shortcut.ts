import type { App } from '@slack/bolt';
import { shortcutKey } from '../keys.js';
import { readSlackMessage, type SlackDeskMessage } from '../message.js';
import type { SlackMessage } from '../message-event.js';
import { readWords } from '../referenced-messages.js';
import { type ListenerContext, teamOf } from './context.js';

/**
 * Listens to "Diagnose this log" in the menu of a message. It serves logs that were dropped before Frebot was invited, or where
 * Frebot reads no messages, because Slack sends the message along. Only the person who chose it sees the answer, and may share
 * it: colleagues have not asked.
 */
export function listenToShortcut(app: App, { desk, workspace }: ListenerContext): void {
  app.shortcut({ callback_id: 'frebot_diagnose', type: 'message_action' }, async ({ ack, body, shortcut, respond }) => {
    if (shortcut.type !== 'message_action') return ack();
    const tenant = teamOf(body);
    const { user } = await (await workspace(tenant)).us();
    // Anyone may have written the message, even a bot. The person who chose the shortcut asks.
    const { id: channel } = shortcut.channel;
    const chosen: SlackMessage = { ...shortcut.message, channel };
    const event: SlackMessage = { ...chosen, user: shortcut.user.id, bot_id: undefined, subtype: undefined, text: '' };
    const message = readSlackMessage(event, tenant, user);
    if (!message) return ack();
    const { thread: root, ts, ...place } = message.where;
    // The words are the writer's, so no command in them is obeyed.
    const words = chosen.user === user ? '' : readWords(chosen, user);
    const { pointsAt: _, quoted: __, ...rest } = message;
    const request: SlackDeskMessage = {
      ...rest,
      key: shortcutKey(message.key, shortcut.action_ts),
      where: {
        ...place,
        ...(root && { thread: root }),
        to: 'asker',
        share: true,
        respond: shortcut.response_url,
        asker: shortcut.user.id,
      },
      ...(words !== '' && { quoted: words }),
      private: true,
      addressed: true,
    };
    await desk.receive(request);
    await ack();
    const text = 'I’m reading it. Only you will see my answer, and you can share it.';
    // The answer does not depend on this receipt.
    await respond({ response_type: 'ephemeral', replace_original: false, text }).catch(() => undefined);
  });
}
