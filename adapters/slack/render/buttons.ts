import type { types } from '@slack/bolt';
import type { Answer, Part } from '../../../src/answer/answer.js';
import { orderButtons } from '../../../src/answer/buttons.js';
import { uploadAction } from '../../../src/answer/errors.js';
import { neutralize } from '../../../src/answer/text.js';
import { storedAnswerId } from '../../../src/desk/stored-answer.js';
import type { Block } from './blocks.js';
import { openFormButton } from './forms.js';

/** The value of a button: the stored answer, the parts that the button opens, and in a menu the action itself. */
export interface ButtonPayload {
  case: string;
  parts: string[];
  action?: string;
}

export const actionPrefix = 'frebot:';

/** Entries of one menu, and the characters of an entry's value. */
const menuEntries = 5;
const menuValue = 150;

/** Ids of the entry that shows what is folded. */
const moreIds = new Set(['show-more', 'more', 'whole']);

/** A button before it is drawn, alone or as an entry of the menu. */
interface Entry {
  id: string;
  label: string;
  payload: ButtonPayload;
}

/** Returns at most three buttons and a menu with the others and "Show more"; nothing when the answer is not stored. */
export function actionBlocks(answer: Answer, folded: Part[]): Block[] {
  const stored = storedAnswerId(answer);
  if (stored === undefined) return [];
  const entries = answer.actions.map(({ id, label, case: own = stored, part }): Entry => {
    return { id, label, payload: { case: own, parts: part ? [part] : [] } };
  });
  // A part that an action opens needs no second button.
  const named = new Set(answer.actions.map((action) => action.part));
  const hasMore = folded.some((part) => !named.has(part.id));
  const all = hasMore ? [...entries, showMore(stored, folded)] : entries;
  const { buttons, menu } = orderButtons(all);
  const elements = [...buttons.map(button), ...menus(menu, stored, folded)];
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

/**
 * Returns the entry that shows the folded parts. It names them unless the answer itself marks all of them as folded; where a
 * menu has no room for the names, it shows the whole answer.
 */
function showMore(stored: string, folded: Part[]): Entry {
  const label = `Show more (${folded.length})`;
  const payload = { case: stored, parts: [] };
  if (folded.every((part) => part.keep === 'fold')) return { id: 'show-more', label, payload };
  const named = { id: 'more', label, payload: { case: stored, parts: folded.map((part) => part.id) } };
  return menuEntryValue(named).length <= menuValue ? named : { id: 'whole', label: 'Show the whole answer', payload };
}

function menuEntryValue({ id, payload }: Entry): string {
  return JSON.stringify({ ...payload, action: id });
}

/** Returns the menu. Where it is too long, entries that "Show more" opens as well are left to it. */
function menus(entries: Entry[], stored: string, folded: Part[]): types.Overflow[] {
  const isOpened = ({ payload }: Entry) => folded.some(({ id }) => payload.parts.includes(id));
  const more = entries.find(({ id }) => moreIds.has(id)) ?? showMore(stored, folded);
  const others = entries.filter((entry) => entry !== more);
  while (entries.length > menuEntries && others.length >= menuEntries && others.some(isOpened)) {
    others.splice(others.findLastIndex(isOpened), 1);
  }
  const shown = others.length < entries.length ? [...others, more] : others;
  return splitIntoChunks(shown, menuEntries).map((options, index) => ({
    type: 'overflow',
    action_id: `${actionPrefix}menu:${index}`,
    options: options.map((entry) => ({ text: plain(entry.label), value: menuEntryValue(entry) })),
  }));
}

/** Returns the button that shows an answer, which only the asker sees, to the channel. */
export function shareButton(answer: Answer): Block[] {
  const stored = storedAnswerId(answer);
  if (stored === undefined) return [];
  const share = { id: 'share', label: 'Share in channel', payload: { case: stored, parts: [] } };
  return [{ type: 'actions', elements: [button(share)] }];
}

function button({ id, label, payload }: Entry, index?: number): types.Button {
  if (id === uploadAction) return openFormButton(label);
  return {
    type: 'button',
    action_id: `${actionPrefix}${id}${index === undefined ? '' : `:${index}`}`,
    text: plain(label),
    value: JSON.stringify(payload),
  };
}

function plain(label: string): types.PlainTextElement {
  return { type: 'plain_text', text: neutralize(label).slice(0, 75), emoji: false };
}

function splitIntoChunks<T>(items: T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  const each = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, index) => items.slice(index * each, (index + 1) * each));
}
