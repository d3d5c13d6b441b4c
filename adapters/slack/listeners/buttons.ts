import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Button, Message } from '../../../src/desk/ports/message.js';
import { channelKey, pressKey, threadKey } from '../keys.js';
import { type SlackPlace, toSlackWhere } from '../message.js';
import { actionPrefix, type Block, type ButtonPayload, renderModal } from '../render/index.js';
import { type ListenerContext, teamOf } from './context.js';

/** Actions that tell how it went, rather than open something. */
const told = new Set(['fixed', 'not-it']);

/** Slack waits 3 seconds, and as long lives the trigger of a modal: so much for the work, so much for opening it. */
const workMs = 1500;
const openMs = 800;

/**
 * Buttons of our answers. They carry the stored answer's id, so they work after a restart. What a button opens is on the
 * presser's screen before Slack is told yes; what takes longer, and what others read, is claimed like a message.
 */
export function listenToButtons(app: App, context: ListenerContext): void {
  app.action({ action_id: new RegExp(`^${actionPrefix}`), type: 'block_actions' }, async ({ ack, body, action }) => {
    const pressed = body as BlockAction;
    const carried = readCarried((action as ButtonAction).value);
    const button = carried && { ...carried, action: actionOf(action as ButtonAction) };
    if (button && !(await shown(pressed, button, context))) {
      await context.desk.receive(await messageOf(pressed, button, context));
    }
    await ack();
  });
}

/** `frebot:evidence:2` -> `evidence` */
function actionOf(button: ButtonAction): string {
  return button.action_id.slice(actionPrefix.length).replace(/:\d+$/, '');
}

function readCarried(value: string | undefined): ButtonPayload | undefined {
  try {
    const carried = JSON.parse(value ?? '') as Partial<ButtonPayload>;
    const parts = Array.isArray(carried.parts) ? carried.parts.filter((part) => typeof part === 'string') : [];
    return typeof carried.case === 'string' ? { case: carried.case, parts } : undefined;
  } catch {
    return undefined;
  }
}

/** The part a button opens, in a modal. @returns false when it is none, or Slack has not shown it in time */
async function shown(body: BlockAction, button: Button, context: ListenerContext): Promise<boolean> {
  if (told.has(button.action) || button.action === 'share') return false;
  const { desk, clock, log, workspace } = context;
  const tenant = teamOf(body);
  const answer = await Promise.race([
    desk.press({ ...button, tenant, who: body.user.id }),
    clock.sleep(workMs).then(() => undefined),
  ]);
  const blocks = answer && renderModal(answer);
  if (!blocks) return false;
  const opening = workspace(tenant).then(({ poster }) =>
    poster.views.open({ trigger_id: body.trigger_id, view: modal(blocks) }),
  );
  return Promise.race([
    opening.then(
      () => true,
      (error: Error) => {
        log.warn({ error: error.name }, 'Slack modal could not be opened');
        return false;
      },
    ),
    clock.sleep(openMs).then(() => false),
  ]);
}

function modal(blocks: Block[]) {
  return {
    type: 'modal' as const,
    title: { type: 'plain_text' as const, text: 'Frebot' },
    close: { type: 'plain_text' as const, text: 'Close' },
    blocks,
  };
}

/** The press as a message: one trigger is one press, however often Slack delivers it. */
async function messageOf(body: BlockAction, button: Button, context: ListenerContext): Promise<Message> {
  const place = placeOf(body);
  const { team, channel } = place;
  const key = pressKey(team, channel, body.trigger_id);
  return {
    key,
    door: 'slack',
    tenant: team,
    who: body.user.id,
    where: toSlackWhere({ ...place, ...(await aim(place, button, context)), asker: body.user.id }),
    thread: place.thread ? threadKey({ team, channel, thread: place.thread }) : key,
    place: channelKey(team, channel),
    text: '',
    files: [],
    addressed: true,
    press: button,
  };
}

/** What it tells the thread reads, where there is one; what it opens only the presser. */
async function aim(
  { team, thread }: SlackPlace,
  button: Button,
  { desk }: ListenerContext,
): Promise<Pick<SlackPlace, 'to'>> {
  if (told.has(button.action) && thread) return {};
  // That an answer is no longer kept is nothing to show to a channel.
  const shares = button.action === 'share' && (await desk.kept(button.case, team)) !== undefined;
  return { to: shares ? 'channel' : 'asker' };
}

/** Where the button stands: in a thread, or below what only one person saw, which has none. */
function placeOf(body: BlockAction): SlackPlace {
  const { container, response_url: respond } = body;
  const team = teamOf(body);
  const channel = body.channel?.id ?? (container.channel_id as string | undefined) ?? body.user.id;
  if (container.is_ephemeral) return { team, channel, ...(respond && { respond }) };
  const ts = body.message?.ts ?? (container.message_ts as string | undefined);
  const thread = (body.message?.thread_ts as string | undefined) ?? (container.thread_ts as string | undefined) ?? ts;
  return { team, channel, ...(thread && { thread }) };
}
