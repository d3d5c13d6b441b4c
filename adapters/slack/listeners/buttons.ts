import type { App, BlockAction, ButtonAction, RespondFn } from '@slack/bolt';
import type { Answer } from '../../../src/answer/answer.js';
import type { Press } from '../../../src/desk/desk.js';
import { type Place, whereOf } from '../message.js';
import { actionPrefix, type Carried, renderModal, renderPrivate } from '../render/index.js';
import { type Context, teamOf } from './context.js';

/** Buttons of our answers. They carry the stored answer's id, so they work after a restart. */
export function listenToButtons(app: App, context: Context): void {
  app.action(
    { action_id: new RegExp(`^${actionPrefix}`), type: 'block_actions' },
    async ({ ack, body, action, respond }) => {
      await ack();
      const pressed = body as BlockAction;
      const button = action as ButtonAction;
      const carried = readCarried(button.value);
      if (!carried) return;
      try {
        if (actionOf(button) === 'share') return await share(context, pressed, carried, respond);
        const answer = await answers(context, pressed, button, carried);
        await show(context, pressed, respond, { answer, public: told.has(actionOf(button)) });
      } catch (error) {
        context.log.error({ error: (error as Error).name }, 'Slack button failed');
        await whisper(context, pressed, respond, context.desk.trouble('internal'));
      }
    },
  );
}

/** An answer only the asker saw, shown to the channel. Slack posts it, so Frebot need not be a member. */
async function share({ desk }: Context, body: BlockAction, { case: id }: Carried, respond: RespondFn): Promise<void> {
  const record = await desk.kept(id, teamOf(body));
  const messages = renderPrivate(record?.answer ?? desk.trouble('answer-expired'), 5);
  for (const message of messages) {
    await respond({ response_type: record ? 'in_channel' : 'ephemeral', replace_original: false, ...message });
  }
}

/** Actions that tell how it went, rather than open something. */
const told = new Set(['fixed', 'not-it']);

/** `frebot:evidence:2` -> `evidence` */
function actionOf(button: ButtonAction): string {
  return button.action_id.slice(actionPrefix.length).replace(/:\d+$/, '');
}

async function answers(context: Context, body: BlockAction, button: ButtonAction, carried: Carried): Promise<Answer> {
  const press: Press = {
    action: actionOf(button),
    case: carried.case,
    tenant: teamOf(body),
    who: body.user.id,
  };
  return context.desk.press({ ...press, parts: carried.parts });
}

/** What a button opens only the presser reads, in a modal; what it tells ("This fixed it") the thread reads. */
async function show(
  context: Context,
  body: BlockAction,
  respond: RespondFn,
  said: { answer: Answer; public: boolean },
): Promise<void> {
  const place = placeOf(body);
  if (said.public && place) {
    const key = `slack:${place.team}:${place.channel}:press:${body.trigger_id}`;
    await context.sender.say(whereOf(place), said.answer, key);
    return;
  }
  const blocks = renderModal(said.answer);
  if (blocks && (await opened(context, body, blocks))) return;
  await whisper(context, body, respond, said.answer);
}

/** Only the presser sees it: in the thread, or where the pressed answer itself was seen by one person only. */
async function whisper({ sender }: Context, body: BlockAction, respond: RespondFn, answer: Answer): Promise<void> {
  const place = placeOf(body);
  if (place) return sender.whisper(place, body.user.id, answer);
  for (const message of renderPrivate(answer, 5)) {
    await respond({ response_type: 'ephemeral', replace_original: false, ...message });
  }
}

/** A trigger lives 3 seconds; when it is gone the answer comes as a message instead. */
async function opened(
  { workspace, log }: Context,
  body: BlockAction,
  blocks: NonNullable<ReturnType<typeof renderModal>>,
): Promise<boolean> {
  const view = {
    type: 'modal' as const,
    title: { type: 'plain_text' as const, text: 'Frebot' },
    close: { type: 'plain_text' as const, text: 'Close' },
    private_metadata: JSON.stringify(placeOf(body) ?? {}),
    blocks,
  };
  try {
    const { client } = await workspace(teamOf(body));
    await client.views.open({ trigger_id: body.trigger_id, view });
    return true;
  } catch (error) {
    log.warn({ error: (error as Error).name }, 'Slack modal could not be opened');
    return false;
  }
}

/** The thread of the pressed message; none for an answer that only one person saw, which has no thread. */
function placeOf(body: BlockAction): Place | undefined {
  if (body.container.is_ephemeral) return undefined;
  const team = teamOf(body);
  const channel = body.channel?.id ?? body.container.channel_id;
  const ts = body.message?.ts ?? body.container.message_ts;
  if (!team || !channel || !ts) return undefined;
  return { team, channel, thread: body.message?.thread_ts ?? body.container.thread_ts ?? ts };
}

function readCarried(value: string | undefined): Carried | undefined {
  try {
    const carried = JSON.parse(value ?? '') as Partial<Carried>;
    const parts = Array.isArray(carried.parts) ? carried.parts.filter((part) => typeof part === 'string') : [];
    return typeof carried.case === 'string' ? { case: carried.case, parts } : undefined;
  } catch {
    return undefined;
  }
}
