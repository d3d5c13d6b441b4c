import type { App, SlashCommand } from '@slack/bolt';
import type { Answer } from '../../../src/answer/answer.js';
import { mayBeEvidence } from '../../../src/desk/conversation/text-forms.js';
import type { Message } from '../../../src/desk/ports/message.js';
import { channelKey, commandKey } from '../keys.js';
import { toSlackWhere } from '../message.js';
import { withShareButton } from '../private-posts.js';
import { renderPrivate } from '../render/index.js';
import { typed } from '../text.js';
import type { ListenerContext } from './context.js';
import { formTooLate, openForm } from './form.js';

/** Milliseconds for an answer in the acknowledgement, for which Slack waits 3 seconds; a later one is claimed as a message. */
const replyMs = 2000;

/**
 * `/freb …`: the answer stands in the acknowledgement and only the asker sees it. Pasted evidence, what takes longer and
 * what is larger than one message is claimed, and follows through the response URL. Any name of the command will do.
 */
export function listenToCommand(app: App, context: ListenerContext): void {
  app.command(/^\/[\w-]+$/, async ({ command, ack }) => {
    if (command.text?.trim() === 'diagnose') {
      // A slash command carries no file: the form does.
      const opened = await openForm(context, command.team_id, command.trigger_id);
      return opened ? ack() : ack({ response_type: 'ephemeral', text: formTooLate });
    }
    const message = await messageOf(command, context);
    // Pasted evidence is only claimed: reading it here too would count it twice in its case.
    const answer = mayBeEvidence(message.text) ? undefined : await replyInTime(message, context);
    const rendered = answer && renderPrivate(answer);
    const [only] = rendered ?? [];
    if (answer && rendered?.length === 1 && only) {
      withShareButton(rendered, answer);
      return ack({ response_type: 'ephemeral', ...only });
    }
    await context.desk.receive(message);
    await ack({ response_type: 'ephemeral', text: 'Reading…' });
  });
}

async function replyInTime(message: Message, { desk, clock }: ListenerContext): Promise<Answer | undefined> {
  const { text, door, tenant, who, thread, place } = message;
  return Promise.race([
    desk.command(text, { door, tenant, who, thread, ...(place && { place }) }).then(({ answer }) => answer),
    clock.sleep(replyMs).then(() => undefined),
  ]);
}

/** A slash command belongs to no thread. Its answer begins one, so that its buttons work. */
async function messageOf(command: SlashCommand, { workspace }: ListenerContext): Promise<Message> {
  const { team_id: team, channel_id: channel, user_id: asker, response_url: respond, trigger_id } = command;
  const { user } = await (await workspace(team)).us();
  const thread = commandKey(team, channel, trigger_id);
  return {
    key: thread,
    door: 'slack',
    tenant: team,
    who: asker,
    where: toSlackWhere({ team, channel, to: 'asker', asker, respond, share: true }),
    thread,
    place: channelKey(team, channel),
    text: typed(command.text ?? '', user) || 'help',
    files: [],
    addressed: true,
  };
}
