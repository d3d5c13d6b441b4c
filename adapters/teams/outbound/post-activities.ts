import type { Answer } from '../../../src/answer/answer.js';
import { renderText } from '../../../src/answer/text.js';
import type { TeamsPlace } from '../place.js';
import type { OutgoingActivity } from '../platform/platform.js';
import { type Card, shortSummary } from '../render/index.js';

/** Returns who is addressed: only this person sees a targeted message. */
export function addressRecipient({ reference: { user }, targeted }: TeamsPlace): OutgoingActivity['recipient'] {
  return user && targeted ? { ...user, isTargeted: true } : user;
}

/** Returns the activity of a card, with a sentence for the notification, which cannot show cards. */
export function cardActivity(card: Card, answer: Answer): OutgoingActivity {
  return {
    type: 'message',
    summary: shortSummary(answer),
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

/** Returns the activity of an answer as plain text. */
export function textActivity(answer: Answer): OutgoingActivity {
  return {
    type: 'message',
    textFormat: 'plain',
    text: shorten(renderText(answer, { columns: 100, folded: false })),
  };
}

/** Returns the text at half the size that Teams allows, and says so when it cuts. */
function shorten(text: string): string {
  const limit = 20_000;
  return text.length <= limit
    ? text
    : `${text.slice(0, limit)}\n… (This answer is too long for one message. Ask me for one part at a time.)`;
}
