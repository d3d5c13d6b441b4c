import type { App } from '@slack/bolt';
import { actionPrefix } from '../render/buttons.js';
import { formId, openFormId, reasonFormId } from '../render/forms.js';
import { switchPrefix } from '../render/home.js';

const text =
  'That button or form belongs to another version of me, so I don’t know it. Please ask me again, and use the buttons below my new answer.';

/** Tells only the person who pressed. A view has no response URL; there the acknowledgement must do. */
export async function sayUnknown(respond: ((message: object) => Promise<unknown>) | undefined): Promise<void> {
  await respond?.({ response_type: 'ephemeral', replace_original: false, text }).catch(() => undefined);
}

const otherThan = (...known: string[]) => new RegExp(`^(?!${known.join('|')})`);

/**
 * Acknowledges buttons, shortcuts and forms that no listener knows, such as those of a version before or after this one, and
 * says so. Without an acknowledgement Slack would show a warning that explains nothing.
 */
export function listenToUnknown(app: App): void {
  const action_id = otherThan(actionPrefix, switchPrefix, `${openFormId}$`);
  app.action({ action_id, type: 'block_actions' }, async ({ ack, respond }) => {
    await ack();
    await sayUnknown(respond);
  });
  app.shortcut(otherThan('frebot_diagnose$', 'frebot_ask$'), async (args) => {
    await args.ack();
    if ('respond' in args) await sayUnknown(args.respond);
  });
  app.view({ callback_id: otherThan(`${formId}$`, `${reasonFormId}$`), type: 'view_submission' }, ({ ack }) => ack());
}
