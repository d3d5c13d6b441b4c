import { type Action, type Answer, type Part, plainText, type Source } from '../../../src/answer/answer.js';
import { orderButtons } from '../../../src/answer/buttons.js';
import { foldParts } from '../../../src/answer/fold.js';
import { storedAnswerId } from '../../../src/desk/stored-answer.js';
import type { ButtonData, Card, CardAction, CardElement, Container, Inline } from './elements.js';
import { toHeading, toPartElements } from './parts.js';
import { splitParts } from './split.js';
import { shortSummary, toInlines, toTextBlock } from './text.js';

/**
 * Teams refuses messages over 100 KB counted as UTF-16, older clients over 28 KB. Frebot stays under 25 KB, and leaves
 * room in that for the activity around the card (addresses, summary).
 */
export const messageLimitBytes = 25 * 1024;
const envelope = 3 * 1024;
const cardLimit = messageLimitBytes - envelope;
/**
 * A script has more room, because in pieces it could not be copied. Microsoft advises to stay under 80 KB; a client that refuses
 * the card gets the answer as text.
 */
export const scriptLimitBytes = 76 * 1024;
const scriptCardLimit = scriptLimitBytes - envelope;

/** Returns the bytes as Teams counts them: two for each UTF-16 code unit of the JSON. */
export function wireSize(value: unknown): number {
  return JSON.stringify(value).length * 2;
}

/**
 * Returns an answer as cards, usually one. Folded parts are hidden in the card behind a button while there is room; a button
 * opens the others from the stored answer. More cards follow only when the parts that must stay exceed the limit. Nothing is
 * dropped.
 * @param report the *Report* button, where there is one
 */
export function renderCards(answer: Answer, report?: CardAction): Card[] {
  const stored = storedAnswerId(answer);
  // Without a stored answer no button could open a part, so all parts are shown, on several cards when necessary.
  const parts = stored ? answer.parts : answer.parts.map((part): Part => ({ ...part, keep: 'always' }));
  const layout = { case: stored, report };
  const size = (shown: Part[], folded: Part[]) => wireSize(card(answer, shown, { ...layout, openable: folded }));
  const fit = foldParts({ parts }, size, cardLimit);
  if (fit.over) return renderCardSeries(answer, fit.shown, { ...layout, openable: fit.folded });

  const hidden: Part[] = [];
  for (const part of fit.folded) {
    const here = [...hidden, part];
    const rest = fit.folded.filter((p) => !here.includes(p));
    if (wireSize(card(answer, fit.shown, { ...layout, hidden: here, openable: rest })) <= cardLimit) hidden.push(part);
  }
  const openable = fit.folded.filter((part) => !hidden.includes(part));
  return [card(answer, fit.shown, { ...layout, hidden, openable })];
}

function renderCardSeries(answer: Answer, shown: Part[], layout: Layout): Card[] {
  const out: Card[] = [];
  let page: Part[] = [];
  const first = () => out.length === 0;
  const make = (parts: Part[], last: boolean) =>
    card({ ...answer, title: first() ? answer.title : ['… ', plainText(answer.title)] }, parts, {
      ...layout,
      openable: last ? layout.openable : [],
      continues: !last,
    });
  const limitOf = (part: Part) => (part.kind === 'command' ? scriptCardLimit : cardLimit);
  for (const part of splitParts(shown, (piece) => wireSize(make([piece], true)) <= limitOf(piece))) {
    if (page.length > 0 && wireSize(make([...page, part], true)) > cardLimit) {
      out.push(make(page, false));
      page = [];
    }
    page.push(part);
  }
  out.push(make(page, true));
  return out;
}

interface Layout {
  /** Folded parts that the card holds hidden. */
  hidden?: Part[];
  /** Folded parts that a button opens from the stored answer. */
  openable: Part[];
  case?: string;
  report?: CardAction;
  /** Another card follows, so this one has neither buttons nor sources. */
  continues?: boolean;
}

function card(answer: Answer, shown: Part[], layout: Layout): Card {
  const hidden = layout.hidden ?? [];
  const summary = shortSummary(answer);
  const entries = layout.continues ? [] : buttons(answer.actions, hidden, layout.openable, layout.case);
  if (layout.report && !layout.continues) entries.push({ id: 'report', action: layout.report });
  const body: CardElement[] = [
    title(answer),
    ...shown.flatMap(toPartElements),
    ...hidden.map(
      (part): Container => ({ type: 'Container', id: partId(part), isVisible: false, items: toPartElements(part) }),
    ),
    ...(layout.continues ? [] : sources(answer.sources)),
    ...toActionSets(entries),
  ];
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: summary,
    speak: summary,
    msteams: { width: 'Full' },
    body,
  };
}

const partId = (part: Part) => `part-${part.id}`;

const verdictStyle: Record<NonNullable<Answer['verdict']>, Container['style']> = {
  failure: 'attention',
  challenge: 'good',
  slow: 'warning',
  aborted: 'warning',
  'no-fault': 'good',
  inconclusive: 'accent',
  unreadable: 'warning',
};

function title(answer: Answer): CardElement {
  const line = toHeading(answer.title, 'Medium');
  if (!answer.verdict) return line;
  return { type: 'Container', style: verdictStyle[answer.verdict], showBorder: true, items: [line] };
}

function sources(list: Source[]): CardElement[] {
  if (list.length === 0) return [];
  const line = list.flatMap((source, index): Inline[] => {
    const name = `${source.title}${source.date ? ` (${source.date})` : ''}`;
    const text = source.url ? [{ link: name, href: source.url }] : name;
    return [...(index === 0 ? [] : toInlines(' · ', small)), ...toInlines(text, small)];
  });
  return [toTextBlock([...toInlines('Sources: ', small), ...line], 'Medium')];
}
const small = { size: 'Small', isSubtle: true } as const;

/** A button before it is drawn, alone or in the menu. */
interface Entry {
  id: string;
  action: CardAction;
}

/** Returns the answer's buttons, then one that shows all other hidden parts, then one for each part that the card does not hold. */
function buttons(actions: Action[], hidden: Part[], openable: Part[], stored: string | undefined): Entry[] {
  const named = new Set(actions.map((action) => action.part));
  const toggle = (label: string, parts: Part[]): CardAction => ({
    type: 'Action.ToggleVisibility',
    title: label,
    targetElements: parts.map(partId),
  });
  const own = actions.map(({ id, label, case: of = stored, part: opens }) => {
    const here = hidden.filter((part) => part.id === opens);
    return { id, action: here.length > 0 ? toggle(label, here) : execute(label, id, of, opens) };
  });
  const more = hidden.filter((part) => !named.has(part.id));
  const further = openable.filter((part) => !named.has(part.id) && stored !== undefined);
  return [
    ...own,
    ...(more.length > 0 ? [{ id: 'show-more', action: toggle('Show more', more) }] : []),
    ...further.map((part) => ({ id: 'show', action: execute(buttonLabel(part), 'show', stored, part.id) })),
  ];
}

/** Returns the label of the button that opens a part: its heading without the note in parentheses. */
function buttonLabel({ heading, id }: Part): string {
  return heading?.replace(/ \([^)]*\)$/, '') ?? id;
}

/** Returns an `Action.Execute`, which refreshes the card in place. A client too old for it sends the same data as a message. */
function execute(label: string, verb: string, stored: string | undefined, part: string | undefined): CardAction {
  const data: ButtonData = { case: stored ?? '', ...(part && { part }) };
  return {
    type: 'Action.Execute',
    title: label,
    verb,
    data,
    fallback: { type: 'Action.Submit', title: label, data: { ...data, verb } },
  };
}

/** Characters in a row of buttons on a phone: the labels, and the padding of each button. */
const rowLimit = 44;
const buttonPadding = 4;

/** Returns at most three buttons in rows, and the others in the menu of the last row. */
function toActionSets(entries: Entry[]): CardElement[] {
  const { buttons, menu } = orderButtons(entries);
  const rows = toRows(buttons.map(({ action }) => action));
  rows.at(-1)?.push(...menu.map(({ action }): CardAction => ({ ...action, mode: 'secondary' })));
  return rows.map((actions) => ({ type: 'ActionSet', actions }));
}

/** Returns the buttons in rows that fit a phone. Hosts put a set into one row, shorten its labels and drop all beyond five or six. */
function toRows(actions: CardAction[]): CardAction[][] {
  const rows: CardAction[][] = [];
  let used = 0;
  for (const action of actions) {
    const width = action.title.length + buttonPadding;
    const last = rows.at(-1);
    if (last && used + width <= rowLimit) {
      last.push(action);
      used += width;
    } else {
      rows.push([action]);
      used = width;
    }
  }
  return rows;
}
