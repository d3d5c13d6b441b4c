import { type Answer, type Part, plainText } from '../../../src/answer/answer.js';
import { neutralize } from '../../../src/answer/text.js';
import type { InvokeResponse } from '../platform/activity.js';
import { type Card, type CardAction, renderCards } from '../render/index.js';

/**
 * Returns the response to a pressed button: the card with the reply added, so that opening a part does not hide the
 * diagnosis. When the card's answer is no longer stored, the card stays and the reply's summary is shown above it.
 * @param original the stored answer whose card was pressed
 * @returns the response, and the cards to post after it when the reply does not fit on one
 */
export function refreshCard(
  reply: Answer,
  original: Answer | undefined,
  report?: CardAction,
): { response: InvokeResponse; moreCards: Card[] } {
  if (!original) return { response: showSentence(reply.summary), moreCards: [] };
  const withReply = renderCards(addReply(original, reply), report);
  const replyOnly = { ...reply, case: original.case, actions: original.actions };
  const [card, ...moreCards] = withReply.length === 1 ? withReply : renderCards(replyOnly, report);
  const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
  return { response: { status: 200, body }, moreCards };
}

/** Returns the answer with the reply's parts in it. They replace parts with the same id or follow the others, and never fold. */
export function addReply(answer: Answer, reply: Answer): Answer {
  const opened = reply.parts.map((part, index): Part => {
    const heading = part.heading ?? (index === 0 ? plainText(reply.title) : undefined);
    return { ...part, keep: 'always', ...(heading && { heading }) };
  });
  const openedIds = new Set(opened.map((part) => part.id));
  const notice: Part[] =
    opened.length > 0 ? [] : [{ kind: 'notice', id: 'reply', keep: 'always', level: 'info', text: reply.title }];
  return { ...answer, parts: [...answer.parts.filter((part) => !openedIds.has(part.id)), ...opened, ...notice] };
}

/** Returns the response that shows one sentence above the card and leaves the card as it is. */
export function showSentence(text: string): InvokeResponse {
  return {
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: neutralize(text) },
  };
}
