import type { Answer } from './answer.js';

/** Buttons beside the menu. */
const mostButtons = 3;

/** How the presser says that a diagnosis ended. */
export type Outcome = 'fixed' | 'not-it';

/** Returns whether an action reports an outcome; the others open a part of the answer or run a command. */
export function isOutcome(action: string): action is Outcome {
  return action === 'fixed' || action === 'not-it';
}

/**
 * Returns at most three of the buttons, and the others for a menu. The buttons that report an outcome stay beside the menu
 * while there is room, behind the first of the others. A menu has at least two entries, because Slack may refuse a shorter one.
 */
export function orderButtons<B extends { id: string }>(all: readonly B[]): { buttons: B[]; menu: B[] } {
  if (all.length <= mostButtons) return { buttons: [...all], menu: [] };
  const outcomes = all.filter(({ id }) => isOutcome(id));
  const others = all.filter(({ id }) => !isOutcome(id));
  const first = others.slice(0, mostButtons - outcomes.length);
  const buttons = [...first, ...outcomes];
  const menu = others.slice(first.length);
  const entries = menu.length > 1 ? menu : [...buttons.slice(-1), ...menu];
  return { buttons: buttons.filter((one) => !entries.includes(one)), menu: entries };
}

/** Returns the answer as it stands after a button reported its outcome: the title says so, and that button is gone. */
export function withOutcome(answer: Answer, outcome: Outcome | undefined): Answer {
  if (!outcome) return answer;
  const actions = answer.actions.filter(({ id }) => id !== outcome);
  if (outcome === 'not-it') return { ...answer, actions };
  const title = typeof answer.title === 'string' ? [answer.title] : answer.title;
  return { ...answer, title: ['✅ ', ...title], actions };
}
