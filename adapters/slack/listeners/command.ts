import type { App, SlashCommand } from '@slack/bolt';
import type { Answer } from '../../../src/answer/answer.js';
import { mayBeEvidence } from '../../../src/desk/conversation/text-forms.js';
import { channelKey, commandKey } from '../keys.js';
import type { SlackDeskMessage } from '../message.js';
import { withShareButton } from '../private-posts.js';
import { type RenderedMessage, renderPrivate } from '../render/index.js';
import { readTypedText } from '../text.js';
import type { ListenerContext } from './context.js';
import { formTooLate, openForm } from './form.js';

/** Milliseconds for an answer in the acknowledgement, for which Slack waits 3 seconds. A command that takes longer is claimed. */
const replyMs = 2000;

/**
 * Listens to `/freb …`, whatever the app's command is called. The answer is in the acknowledgement, and only the asker sees it.
 * Pasted evidence, and an answer that takes longer or needs more than one message, is claimed; the answer then goes through
 * the response URL.
 */
export function listenToCommand(app: App, context: ListenerContext): void {
  app.command(/^\/[\w-]+$/, async ({ command, ack }) => {
    if (command.text?.trim() === 'diagnose') {
      // A slash command cannot carry a file, but the form can.
      const opened = await openForm(context, command.team_id, command.trigger_id);
      return opened ? ack() : ack({ response_type: 'ephemeral', text: formTooLate });
    }
    const message = await toMessage(command, context);
    // Pasted evidence is only claimed: reading it here too would count it twice in its case.
    const answer = mayBeEvidence(message.text) ? undefined : await replyInTime(message, context);
    const rendered = answer && withShareButton(renderPrivate(answer), answer);
    if (rendered?.length === 1) return ack({ response_type: 'ephemeral', ...(rendered[0] as RenderedMessage) });
    await context.desk.receive(message);
    await ack({ response_type: 'ephemeral', text: 'Reading…' });
  });
}

/** Returns the answer; undefined when it takes too long for the acknowledgement. */
async function replyInTime(message: SlackDeskMessage, { desk, clock }: ListenerContext): Promise<Answer | undefined> {
  const { text, door, tenant, who, thread, place, alone } = message;
  return Promise.race([
    desk
      .command(text, { door, tenant, who, thread, ...(place && { place }), ...(alone && { alone }) })
      .then(({ answer }) => answer),
    clock.sleep(replyMs).then(() => undefined),
  ]);
}

/** Returns the command as a message. It belongs to no thread, so its key begins one, which the answer's buttons need. */
async function toMessage(command: SlashCommand, { workspace }: ListenerContext): Promise<SlackDeskMessage> {
  const { team_id: team, channel_id: channel, user_id: asker, response_url: respond, trigger_id } = command;
  const { user } = await (await workspace(team)).us();
  const thread = commandKey(team, channel, trigger_id);
  return {
    key: thread,
    door: 'slack',
    tenant: team,
    who: asker,
    where: { team, channel, to: 'asker', asker, respond, share: true },
    thread,
    place: channelKey(team, channel),
    text: readTypedText(command.text ?? '', user) || 'help',
    files: [],
    alone: true,
    addressed: true,
  };
}
