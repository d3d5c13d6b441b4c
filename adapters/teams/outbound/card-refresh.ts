import type { InvokeResponse } from 'botbuilder';
import { type Answer, type Part, plainText } from '../../../src/answer/answer.js';
import { neutralize } from '../../../src/answer/text.js';
import { type Card, type CardAction, renderCards } from '../render/index.js';

/**
 * The answer to a press, given in the call itself: the card it was pressed on comes back with the reply on it, so that
 * nobody loses the diagnosis by opening a part of it. A press on a card whose answer is gone leaves the card alone.
 * @returns also the cards that follow when the reply is longer than one
 */
export function refreshCard(
  reply: Answer,
  pressedOn: Answer | undefined,
  report?: CardAction,
): { response: InvokeResponse; more: Card[] } {
  if (!pressedOn) return { response: showSentence(reply.summary), more: [] };
  const both = renderCards(together(pressedOn, reply), report);
  const alone = { ...reply, case: pressedOn.case, actions: pressedOn.actions };
  const [card, ...more] = both.length === 1 ? both : renderCards(alone, report);
  const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
  return { response: { status: 200, body }, more };
}

/** The reply's parts take the place of the same parts, or follow; they stay whatever has to fold for them. */
function together(answer: Answer, reply: Answer): Answer {
  const opened = reply.parts.map((part, index): Part => {
    const heading = part.heading ?? (index === 0 ? plainText(reply.title) : undefined);
    return { ...part, keep: 'always', ...(heading && { heading }) };
  });
  const taken = new Set(opened.map((part) => part.id));
  const said: Part[] =
    opened.length > 0 ? [] : [{ kind: 'notice', id: 'reply', keep: 'always', level: 'info', text: reply.title }];
  return { ...answer, parts: [...answer.parts.filter((part) => !taken.has(part.id)), ...opened, ...said] };
}

/** One sentence above the card, which stays as it is. */
export function showSentence(text: string): InvokeResponse {
  return {
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: neutralize(text) },
  };
}
