import type { types } from '@slack/bolt';

/** Where a submitted form puts what was entered. */
export const fields = { files: 'files', question: 'question' } as const;
export const formId = 'frebot_form';
export const openFormId = 'frebot_open_form';

/** The form for what a slash command cannot carry: files. Both fields may be left empty, but not both at once. */
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
        hint: plain('Up to 10 files of 10 MB: that is Slack’s limit for forms. Larger ones go into a message to me.'),
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

/** The button that opens the form. */
export function formButton(): types.ActionsBlock {
  return {
    type: 'actions',
    elements: [{ type: 'button', action_id: openFormId, text: plain('Diagnose a log'), style: 'primary' }],
  };
}

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false });
