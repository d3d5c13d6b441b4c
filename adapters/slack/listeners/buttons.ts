import type { App, BlockAction, ButtonAction, OverflowAction } from '@slack/bolt';
import { isOutcome } from '../../../src/answer/buttons.js';
import type { Button } from '../../../src/desk/ports/message.js';
import { channelKey, parseThread, pressKey, threadKey } from '../keys.js';
import type { SlackDeskMessage, SlackPlace } from '../message.js';
import { actionPrefix, type Block, type ButtonPayload, renderModal } from '../render/index.js';
import { type ListenerContext, teamOf } from './context.js';
import { openView } from './open-view.js';
import { listenToReason, openReasonForm } from './reason-form.js';
import { sayUnknown } from './unknown-actions.js';

/** Milliseconds for the work and for opening the modal. Slack waits 3 seconds, and a modal's trigger is valid as long. */
const workMs = 1500;
const openMs = 800;

/**
 * Listens to the buttons of answers. A button carries the id of its stored answer, so it works after a restart. A part that a
 * button opens is on the person's screen before the press is acknowledged. A press that takes longer, or whose reply others
 * read, is claimed like a message.
 */
export function listenToButtons(app: App, context: ListenerContext): void {
  const pattern = { action_id: new RegExp(`^${actionPrefix}`), type: 'block_actions' } as const;
  app.action(pattern, async ({ ack, body, action, respond }) => {
    const press = body as BlockAction;
    const button = readButton(action as ButtonAction | OverflowAction);
    const opened = button && ((await showInModal(press, button, context)) || (await askReason(press, button, context)));
    if (button && !opened) await context.desk.receive(await toMessage(press, button, context));
    await ack();
    if (!button) await sayUnknown(respond);
  });
  listenToReason(app, context);
}

/** Opens the form of "Not it". Returns false for other buttons, or when Slack did not open it in time. */
function askReason(body: BlockAction, button: Button, context: ListenerContext): Promise<boolean> {
  if (button.action !== 'not-it') return Promise.resolve(false);
  const { respond: _, ...place } = readPlace(body);
  return openReasonForm({ ...place, case: button.case }, body.trigger_id, context);
}

/** Returns the pressed button, or the chosen entry of a menu; undefined when its value is none of ours. */
function readButton(pressed: ButtonAction | OverflowAction): Button | undefined {
  const isMenu = pressed.type === 'overflow';
  const payload = readPayload(isMenu ? pressed.selected_option.value : pressed.value);
  if (!payload) return undefined;
  const { action = '', ...button } = payload;
  return { ...button, action: isMenu ? action : readAction(pressed) };
}

/** Returns `evidence` for `frebot:evidence:2`. */
function readAction(button: ButtonAction): string {
  return button.action_id.slice(actionPrefix.length).replace(/:\d+$/, '');
}

function readPayload(value: string | undefined): ButtonPayload | undefined {
  try {
    const payload = JSON.parse(value ?? '') as Partial<ButtonPayload>;
    const parts = Array.isArray(payload.parts) ? payload.parts.filter((part) => typeof part === 'string') : [];
    const { case: id, action } = payload;
    return typeof id === 'string' ? { case: id, parts, ...(typeof action === 'string' && { action }) } : undefined;
  } catch {
    return undefined;
  }
}

/** Shows the part that a button opens in a modal. @returns false for other buttons, or when Slack did not show it in time */
async function showInModal(body: BlockAction, button: Button, context: ListenerContext): Promise<boolean> {
  if (isOutcome(button.action) || button.action === 'share') return false;
  const { desk, clock } = context;
  const tenant = teamOf(body);
  const answer = await Promise.race([
    desk.press({ ...button, door: 'slack', tenant, who: body.user.id }),
    clock.sleep(workMs).then(() => undefined),
  ]);
  const blocks = answer && renderModal(answer);
  if (!blocks) return false;
  return openView(
    { team: tenant, trigger: body.trigger_id, view: modal(blocks), name: 'modal', withinMs: openMs },
    context,
  );
}

function modal(blocks: Block[]) {
  return {
    type: 'modal' as const,
    title: { type: 'plain_text' as const, text: 'Frebot' },
    close: { type: 'plain_text' as const, text: 'Close' },
    blocks,
  };
}

/** Returns the press as a message. The trigger identifies it, however often Slack delivers it. */
async function toMessage(body: BlockAction, button: Button, context: ListenerContext): Promise<SlackDeskMessage> {
  const pressed = readPlace(body);
  const { team, channel } = pressed;
  const place = { ...pressed, ...(await chooseAudience(pressed, button, context)), asker: body.user.id };
  const key = pressKey(team, channel, body.trigger_id);
  return {
    key,
    door: 'slack',
    tenant: team,
    who: body.user.id,
    where: place,
    thread: place.thread ? threadKey({ team, channel, thread: place.thread }) : key,
    place: channelKey(team, channel),
    text: '',
    files: [],
    addressed: true,
    press: button,
  };
}

/** Returns who reads the reply: the thread for an outcome, the presser for an opened part, thread or channel for a share. */
async function chooseAudience(
  { team, channel, thread }: SlackPlace,
  button: Button,
  { desk }: ListenerContext,
): Promise<Pick<SlackPlace, 'to' | 'thread'>> {
  if (isOutcome(button.action) && thread) return {};
  const shared = button.action === 'share' ? await desk.storedAnswer(button.case, team) : undefined;
  // Only the presser reads that an answer is no longer stored.
  if (!shared) return { to: 'asker' };
  const about = parseThread(shared.thread);
  return { to: 'channel', ...(about?.channel === channel && { thread: about.ts }) };
}

/** Returns the place of the button. A message that only one person sees has no thread. */
function readPlace(body: BlockAction): SlackPlace {
  const { container, response_url: respond } = body;
  const team = teamOf(body);
  const channel = body.channel?.id ?? (container.channel_id as string | undefined) ?? body.user.id;
  if (container.is_ephemeral) return { team, channel, ...(respond && { respond }) };
  const ts = body.message?.ts ?? (container.message_ts as string | undefined);
  const thread = (body.message?.thread_ts as string | undefined) ?? (container.thread_ts as string | undefined) ?? ts;
  return { team, channel, ...(thread && { thread }), ...(ts && { pressed: ts }) };
}
