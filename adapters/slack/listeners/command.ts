import type { App, RespondFn, SlashCommand } from '@slack/bolt';
import type { Answer } from '../../../src/answer/answer.js';
import { type Rendered, renderPrivate, shareButton } from '../render/index.js';
import { typed } from '../text.js';
import type { Context } from './context.js';
import { openForm, tooLate } from './form.js';

/** Slack waits 3 seconds for the acknowledgement; what is not ready by then follows through the response URL. */
const patienceMs = 2200;

/** `/freb …`: the answer stands in the acknowledgement and only the asker sees it. Any name of the command will do. */
export function listenToCommand(app: App, context: Context): void {
  app.command(/^\/[\w-]+$/, async ({ command, ack, respond }) => {
    if (command.text?.trim() === 'diagnose') {
      // A slash command carries no file: the form does.
      await ack();
      if (await openForm(context, command.team_id, command.trigger_id)) return;
      await respond({ response_type: 'ephemeral', text: tooLate });
      return;
    }
    const answer = answerTo(command, context);
    const inTime = await Promise.race([answer, context.clock.sleep(patienceMs).then(() => undefined)]);
    if (inTime) {
      const [first, ...more] = shareable(inTime);
      await ack({ response_type: 'ephemeral', ...first });
      await respondAll(respond, more);
      return;
    }
    await ack({ response_type: 'ephemeral', text: 'Reading…' });
    await respondAll(respond, shareable(await answer));
  });
}

/** The last message gets the button that shows the answer to everybody, unless it is full. */
function shareable(answer: Answer): Rendered[] {
  const messages = renderPrivate(answer, 5);
  const last = messages.at(-1);
  if (last && last.blocks.length < 50) last.blocks.push(...shareButton(answer));
  return messages;
}

async function answerTo(command: SlashCommand, { desk, workspace, log }: Context): Promise<Answer> {
  try {
    const { user } = await (await workspace(command.team_id)).us();
    const line = typed(command.text ?? '', user) || 'help';
    // A slash command stands in no thread: its answer gets one of its own, so that its buttons work.
    const thread = `slack:${command.team_id}:${command.channel_id}:command:${command.trigger_id}`;
    const replied = await desk.command(line, { tenant: command.team_id, who: command.user_id, thread });
    return replied.answer;
  } catch (error) {
    log.error({ error: (error as Error).name }, 'Slack command failed');
    return desk.trouble('internal');
  }
}

async function respondAll(respond: RespondFn, messages: Rendered[]): Promise<void> {
  for (const message of messages) {
    await respond({ response_type: 'ephemeral', replace_original: false, ...message });
  }
}
