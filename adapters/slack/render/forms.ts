import type { types } from '@slack/bolt';

/** Ids of the form's fields in a submission. */
export const fields = { files: 'files', question: 'question' } as const;
export const formId = 'frebot_form';
export const openFormId = 'frebot_open_form';
/** Ids of the form that "Not it" opens, and of its field. */
export const reasonFormId = 'frebot_reason';
export const reasonField = 'reason';

/** Returns the form for files, which a slash command cannot carry. One of its fields may be left empty, but not both. */
export function diagnoseForm(): types.ModalView {
  return {
    type: 'modal',
    callback_id: formId,
    title: plain('Diagnose a log'),
    submit: plain('Diagnose'),
    close: plain('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: fields.files,
        optional: true,
        label: plain('FREB logs, a zip of them, a rights export, a gpresult report'),
        element: { type: 'file_input', action_id: fields.files, max_files: 10 },
        hint: plain(
          'Up to 10 files of 10 MB each: that is Slack’s limit for forms. Please send me larger ones in a message.',
        ),
      },
      {
        type: 'input',
        block_id: fields.question,
        optional: true,
        label: plain('A question, or the text of a log'),
        element: { type: 'plain_text_input', action_id: fields.question, multiline: true, max_length: 3000 },
      },
      {
        type: 'context',
        elements: [plain('The answer comes as a direct message, so only you see it.')],
      },
    ],
  };
}

/**
 * Returns the form that "Not it" opens.
 * @param metadata comes back with what the person enters
 */
export function reasonForm(metadata: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: reasonFormId,
    private_metadata: metadata,
    title: plain('Not it'),
    submit: plain('Send'),
    close: plain('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: reasonField,
        optional: true,
        label: plain('What was it, if you know?'),
        element: { type: 'plain_text_input', action_id: reasonField, multiline: true, max_length: 500 },
        hint: plain('I keep it with the case for those who review my knowledge, without names, addresses and secrets.'),
      },
    ],
  };
}

/** Returns the button that opens the form, for the home tab. */
export function formButton(): types.ActionsBlock {
  return { type: 'actions', elements: [{ ...openFormButton('Diagnose a log'), style: 'primary' }] };
}

/** Returns a button that opens the form. */
export function openFormButton(label: string): types.Button {
  return { type: 'button', action_id: openFormId, text: plain(label) };
}

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false });
