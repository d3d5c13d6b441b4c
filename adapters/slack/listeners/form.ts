import type { App } from '@slack/bolt';
import { type SlackFile, sortFiles } from '../files.js';
import { formKey, threadKey } from '../keys.js';
import type { SlackDeskMessage, SlackThread } from '../message.js';
import { diagnoseForm, fields, formId, openFormId } from '../render/forms.js';
import { escapeMrkdwn } from '../text.js';
import { type ListenerContext, teamOf } from './context.js';
import { DeliveryRuns } from './delivery-runs.js';
import { openView } from './open-view.js';

/** Values of a submitted form, by block and action. */
type FormValues = Record<string, Record<string, { files?: unknown[] | null; value?: string | null }> | undefined>;

/**
 * Opens the form for files from the global shortcut and from the home tab, and takes what is submitted. `/freb diagnose`
 * without text opens the form too. The answer is a direct message, in the thread of a line that names the files.
 */
export function listenToForm(app: App, context: ListenerContext): void {
  const submissions = new DeliveryRuns();
  app.shortcut({ callback_id: 'frebot_ask', type: 'shortcut' }, async ({ ack, body }) => {
    await openFormOrThrow(context, teamOf(body), body.trigger_id);
    await ack();
  });
  app.action({ action_id: openFormId, type: 'block_actions' }, async ({ ack, body }) => {
    if ('trigger_id' in body) await openFormOrThrow(context, teamOf(body), body.trigger_id as string);
    await ack();
  });
  app.view({ callback_id: formId, type: 'view_submission' }, async ({ ack, body, view }) => {
    const values = view.state.values as FormValues;
    const files = (values[fields.files]?.[fields.files]?.files ?? []) as SlackFile[];
    const text = (values[fields.question]?.[fields.question]?.value ?? '').trim();
    if (files.length === 0 && text === '') {
      await ack({
        response_action: 'errors',
        errors: { [fields.files]: 'Add a file here, or write a question below.' },
      });
      return;
    }
    const submission = { team: teamOf(body), user: body.user.id, view: view.id, files, text };
    await submissions.run(view.id, () => receiveForm(context, submission));
    await ack();
  });
}

/** Throws when the form does not open, so that the delivery is not acknowledged and Slack shows an error to the person. */
async function openFormOrThrow(context: ListenerContext, team: string, trigger: string): Promise<void> {
  if (!(await openForm(context, team, trigger))) throw new Error('the form could not be opened');
}

/** Milliseconds for opening the form. A trigger is valid for 3 seconds, and Slack waits as long for the acknowledgement. */
const openFormMs = 2200;
export const formTooLate = 'I was too slow, and Slack no longer lets me open the form. Please try again.';

/** Opens the form. Returns false when Slack refused it, or did not open it in time. */
export function openForm(context: ListenerContext, team: string, trigger: string): Promise<boolean> {
  return openView({ team, trigger, view: diagnoseForm(), name: 'form', withinMs: openFormMs }, context);
}

interface Submission {
  team: string;
  user: string;
  view: string;
  files: SlackFile[];
  text: string;
}

/** Posts the line that the answer will follow, and hands the form to the desk as a message in its thread. */
async function receiveForm(
  { desk, workspace }: ListenerContext,
  { team, user, view, files, text }: Submission,
): Promise<void> {
  const names = files.map(({ name, title, id }) => name ?? title ?? id);
  // Leaves out the question: people write names and passwords into it, and Slack would keep this message.
  const subject = [...names, ...(text === '' ? [] : ['your question'])].join(' · ');
  const line = `You asked me about ${escapeMrkdwn(subject)}`;
  const { client } = await workspace(team);
  const root = await client.chat.postMessage({ channel: user, text: line, unfurl_links: false, unfurl_media: false });
  const place: SlackThread = { team, channel: root.channel ?? user, thread: root.ts ?? '' };
  const sorted = sortFiles(files, team);
  const message: SlackDeskMessage = {
    key: formKey(team, view),
    door: 'slack',
    tenant: team,
    who: user,
    where: { ...place, ts: place.thread },
    thread: threadKey(place),
    text,
    files: sorted.files,
    addressed: true,
    ...(sorted.unreachable.length > 0 && { unreachable: sorted.unreachable }),
  };
  await desk.receive(message);
}
