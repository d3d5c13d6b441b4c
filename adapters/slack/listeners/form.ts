import type { App } from '@slack/bolt';
import type { Message } from '../../../src/desk/ports/message.js';
import { type SlackFile, sortFiles } from '../files.js';
import { formKey, threadKey } from '../keys.js';
import { type SlackThread, toSlackWhere } from '../message.js';
import { slackCode } from '../refusals.js';
import { diagnoseForm, fields, formId, openFormId } from '../render/forms.js';
import { escapeMrkdwn } from '../text.js';
import { type ListenerContext, teamOf } from './context.js';

/** What was entered, as far as the form asks for it. */
type Entered = Record<string, Record<string, { files?: unknown[] | null; value?: string | null }> | undefined>;

/**
 * The form with a file input: opened from the global shortcut, from the home tab, or by `/freb diagnose` without text.
 * Its answer goes into a direct message, in the thread of a line that says what was asked.
 */
export function listenToForm(app: App, context: ListenerContext): void {
  app.shortcut({ callback_id: 'frebot_ask', type: 'shortcut' }, async ({ ack, body }) => {
    await openOrFail(context, teamOf(body), body.trigger_id);
    await ack();
  });
  app.action({ action_id: openFormId, type: 'block_actions' }, async ({ ack, body }) => {
    if ('trigger_id' in body) await openOrFail(context, teamOf(body), body.trigger_id as string);
    await ack();
  });
  app.view({ callback_id: formId, type: 'view_submission' }, async ({ ack, body, view }) => {
    const entered = view.state.values as unknown as Entered;
    const files = (entered[fields.files]?.[fields.files]?.files ?? []) as SlackFile[];
    const text = (entered[fields.question]?.[fields.question]?.value ?? '').trim();
    if (files.length === 0 && text === '') {
      await ack({
        response_action: 'errors',
        errors: { [fields.files]: 'Add a file here, or write a question below.' },
      });
      return;
    }
    await submit(context, { team: teamOf(body), user: body.user.id, view: view.id, files, text });
    await ack();
  });
}

/** Fails when the form does not open, so that the delivery is not acknowledged and Slack shows an error to the user. */
async function openOrFail(context: ListenerContext, team: string, trigger: string): Promise<void> {
  if (!(await openForm(context, team, trigger))) throw new Error('the form could not be opened');
}

/** A trigger lives 3 seconds, and as long Slack waits for an acknowledgement. */
const openFormMs = 2200;
export const formTooLate = 'I was too slow, and Slack no longer lets me open the form. Please try again.';

/** @returns false when Slack did not let it be opened, or not in time */
export async function openForm(
  { workspace, clock, log }: ListenerContext,
  team: string,
  trigger: string,
): Promise<boolean> {
  const opening = workspace(team).then(({ poster }) =>
    poster.views.open({ trigger_id: trigger, view: diagnoseForm() }),
  );
  return Promise.race([
    opening.then(
      () => true,
      (error: unknown) => {
        log.warn({ code: slackCode(error) ?? (error as Error).name }, 'Slack form could not be opened');
        return false;
      },
    ),
    clock.sleep(openFormMs).then(() => false),
  ]);
}

interface Submission {
  team: string;
  user: string;
  view: string;
  files: SlackFile[];
  text: string;
}

async function submit(
  { desk, workspace }: ListenerContext,
  { team, user, view, files, text }: Submission,
): Promise<void> {
  const names = files.map(({ name, title, id }) => name ?? title ?? id);
  // Never the question itself: people write names and passwords into it, and this message would keep them.
  const asked = [...names, ...(text === '' ? [] : ['your question'])].join(' · ');
  const line = `You asked me about ${escapeMrkdwn(asked)}`;
  const { client } = await workspace(team);
  const root = await client.chat.postMessage({ channel: user, text: line, unfurl_links: false, unfurl_media: false });
  const place: SlackThread = { team, channel: root.channel ?? user, thread: root.ts ?? '' };
  const sorted = sortFiles(files, team);
  const message: Message = {
    key: formKey(team, view),
    door: 'slack',
    tenant: team,
    who: user,
    where: toSlackWhere({ ...place, ts: place.thread }),
    thread: threadKey(place),
    text,
    files: sorted.files,
    addressed: true,
    ...(sorted.unreachable.length > 0 && { unreachable: sorted.unreachable }),
  };
  await desk.receive(message);
}
