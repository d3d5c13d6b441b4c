import type { App } from '@slack/bolt';
import { channelKey, reasonKey, threadKey } from '../keys.js';
import type { SlackDeskMessage, SlackPlace } from '../message.js';
import { reasonField, reasonForm, reasonFormId } from '../render/forms.js';
import { type ListenerContext, teamOf } from './context.js';
import { openView } from './open-view.js';

/** Milliseconds for opening the form; Slack waits 3 seconds for the acknowledgement. */
const openMs = 1500;

/** The place of the pressed answer and its id, which the form carries until it is submitted. */
type ReasonPlace = SlackPlace & { case: string };

/** Opens the form that asks what it was instead. Returns false when Slack refused it, or did not open it in time. */
export function openReasonForm(
  { team, ...place }: ReasonPlace,
  trigger: string,
  context: ListenerContext,
): Promise<boolean> {
  return openView({ team, trigger, view: reasonForm(JSON.stringify(place)), name: 'form', withinMs: openMs }, context);
}

/** Listens to the submitted form: the press counts now, and what was entered is kept with the case. */
export function listenToReason(app: App, { desk }: ListenerContext): void {
  app.view({ callback_id: reasonFormId, type: 'view_submission' }, async ({ ack, body, view }) => {
    const { case: id, ...at } = JSON.parse(view.private_metadata) as ReasonPlace;
    const place: SlackPlace = { ...at, team: teamOf(body), asker: body.user.id, ...(!at.thread && { to: 'asker' }) };
    const { team, channel, thread } = place;
    const key = reasonKey(team, channel, view.id);
    const message: SlackDeskMessage = {
      key,
      door: 'slack',
      tenant: team,
      who: body.user.id,
      where: place,
      thread: thread ? threadKey({ team, channel, thread }) : key,
      place: channelKey(team, channel),
      text: (view.state.values[reasonField]?.[reasonField]?.value ?? '').trim(),
      files: [],
      addressed: true,
      press: { action: 'not-it', case: id },
    };
    await desk.receive(message);
    await ack();
  });
}
