import type { Answer } from '../../../src/answer/answer.js';
import type { InvokeResponse } from '../platform/activity.js';
import { renderCards } from './card.js';
import type { CardAction, CardElement, DialogAction } from './elements.js';
import { toInlines, toTextBlock } from './text.js';

/** What a button of a dialog asks for: an answer that was still being read, or its post for everyone. */
type DialogButton = { verb: 'show'; key: string; root: string } | { verb: 'share'; case: string; root: string };

/** Returns the button of a dialog that was pressed; undefined for the first call, and for data that no dialog of ours sends. */
export function readDialogButton(data: unknown): DialogButton | undefined {
  const { verb, key, case: id, root } = (data ?? {}) as Record<string, unknown>;
  if (typeof root !== 'string' || !/^\d{1,20}$/.test(root)) return undefined;
  if (verb === 'show' && typeof key === 'string') return { verb, key, root };
  return verb === 'share' && typeof id === 'string' ? { verb, case: id, root } : undefined;
}

/** Returns a dialog with one sentence. */
export function sentenceDialog(text: string): InvokeResponse {
  return dialog([toTextBlock(toInlines(text))], 'small');
}

/** Returns a dialog that says that an answer is on its way, with the button that fetches it. */
export function waitingDialog(key: string, root: string): InvokeResponse {
  const text = "I'm still reading it. Press the button in a moment.";
  return dialog(
    [toTextBlock(toInlines(text)), buttons([submit('Show the answer', { verb: 'show', key, root })])],
    'small',
  );
}

/**
 * Returns a dialog with an answer and the button that shares it. Dialogs know no buttons that refresh a card, so those of the
 * answer are left to its post.
 */
export function answerDialog(answer: Answer, root: string): InvokeResponse {
  const [card] = renderCards(answer);
  const body = (card?.body ?? []).flatMap((element): CardElement[] => {
    if (element.type !== 'ActionSet') return [element];
    const kept = element.actions.filter((action) => action.type !== 'Action.Execute');
    return kept.length > 0 ? [{ ...element, actions: kept }] : [];
  });
  const share = answer.case ? [buttons([submit('Share here', { verb: 'share', case: answer.case, root })])] : [];
  return dialog([...body, ...share], 'large');
}

function submit(title: string, data: DialogButton): DialogAction {
  return { type: 'Action.Submit', title, data };
}

function buttons(actions: (CardAction | DialogAction)[]): CardElement {
  return { type: 'ActionSet', actions };
}

/** Teams accepts no other form as the answer to an action. */
function dialog(body: CardElement[], size: 'small' | 'large'): InvokeResponse {
  const content = { type: 'AdaptiveCard', version: '1.5', body };
  const card = { contentType: 'application/vnd.microsoft.card.adaptive', content };
  const value = { title: 'Frebot', height: size, width: size === 'small' ? size : 'medium', card };
  return { status: 200, body: { task: { type: 'continue', value } } };
}
