import type { types } from '@slack/bolt';
import {
  type Answer,
  type Part,
  plainText,
  type Source,
  type TablePart,
  type Text,
} from '../../../src/answer/answer.js';
import { narrowestWidth, phoneColumns } from '../../../src/answer/table.js';
import { neutralize } from '../../../src/answer/text.js';
import { escapeMrkdwn } from '../text.js';
import { partStretches } from './parts.js';
import { longestText, paragraph, richElements, type Stretch, splitText, webAddress } from './rich.js';
import { countCharacters } from './size.js';

export type Block = types.KnownBlock;

/** Returns the title as a header. A header takes at most 150 characters, so a longer title is a bold line. */
export function titleBlocks(title: Text): Block[] {
  const text = neutralize(plainText(title));
  if (text === '') return [];
  if (text.length > 150) return richBlocks(paragraph(richElements(title, { bold: true })));
  return [{ type: 'header', text: { type: 'plain_text', text, emoji: false } }];
}

/**
 * Returns a part of an answer as blocks.
 * @param native whether the part may be Slack's own table: a message takes one, a modal none
 */
export function partBlocks(part: Part, native = false): Block[] {
  if (native && part.kind === 'table' && fitsNativeTable(part)) {
    const heading = part.heading ? richBlocks(paragraph(richElements(part.heading, { bold: true }))) : [];
    return [...heading, tableBlock(part)];
  }
  return richBlocks(partStretches(part));
}

/**
 * Whether a table fits into Slack's own, which takes 100 rows of 20 columns and 10,000 characters. One that is wider than a
 * phone would reach beyond its message.
 */
export function fitsNativeTable(part: TablePart): boolean {
  const cells = [part.columns, ...part.rows].flat().map((cell) => plainText(cell).length);
  return (
    part.rows.length > 0 &&
    part.rows.length < 100 &&
    part.columns.length <= 6 &&
    sum(cells) <= 5000 &&
    narrowestWidth(part) <= phoneColumns
  );
}

function tableBlock(part: TablePart): types.TableBlock {
  const cell = (text: Text) => ({ type: 'raw_text' as const, text: neutralize(plainText(text)) || '–' });
  return {
    type: 'table',
    column_settings: part.columns.map(() => ({ is_wrapped: true })),
    rows: [part.columns, ...part.rows].map((row) => part.columns.map((_, at) => cell(row[at] ?? ''))),
  };
}

/** Returns rich text in blocks of a size that Slack certainly accepts. */
function richBlocks(stretches: Stretch[]): Block[] {
  const blocks: types.RichTextBlock[] = [];
  let used = 0;
  for (const stretch of stretches) {
    const cost = countCharacters(stretch);
    const last = blocks.at(-1);
    if (last && used + cost <= longestText) {
      last.elements.push(stretch);
      used += cost;
    } else {
      blocks.push({ type: 'rich_text', elements: [stretch] });
      used = cost;
    }
  }
  return blocks;
}

/** Returns the sources in small print. The block is mrkdwn, so titles are escaped, and an address cannot leave its brackets. */
export function sourceBlocks(sources: Source[]): Block[] {
  if (sources.length === 0) return [];
  const links = sources.map(({ title, url, date }) => {
    const label = escapeMrkdwn(`${title}${date ? ` (${date})` : ''}`).replaceAll('|', '¦');
    const address = url === undefined ? undefined : webAddress(url);
    return address ? `<${escapeMrkdwn(address).replaceAll('|', '%7C')}|${label}>` : label;
  });
  const lines: string[] = [];
  for (const link of links.flatMap((link) => (link.length > longestText ? splitText(link, longestText) : [link]))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + link.length + 3 <= longestText - 9)
      lines[lines.length - 1] = `${last} · ${link}`;
    else lines.push(link);
  }
  return lines.map((line, at) => ({
    type: 'context',
    elements: [{ type: 'mrkdwn', text: at === 0 ? `Sources: ${line}` : line, verbatim: true }],
  }));
}

/** The value of a button: the stored answer and the parts that the button opens. */
export interface ButtonPayload {
  case: string;
  parts: string[];
}

export const actionPrefix = 'frebot:';

/** Returns the id of the stored answer that the buttons belong to; undefined when the answer is not stored. */
export function storedAnswerId({ case: id, actions }: Answer): string | undefined {
  return id ?? actions.find((action) => action.case !== undefined)?.case;
}

/** Returns buttons for the actions, and one for the folded parts; none when the answer is not stored. */
export function actionBlocks(answer: Answer, folded: Part[]): Block[] {
  const stored = storedAnswerId(answer);
  if (stored === undefined) return [];
  const buttons = answer.actions.map((action, at) =>
    button(`${action.id}:${at}`, action.label, {
      case: action.case ?? stored,
      parts: action.part ? [action.part] : [],
    }),
  );
  // A part that an action opens needs no second button.
  const named = new Set(answer.actions.map((action) => action.part));
  const more = folded.every((part) => named.has(part.id)) ? [] : [moreButton(stored, folded)];
  return splitIntoChunks([...buttons, ...more], 25).map((elements) => ({ type: 'actions', elements }));
}

/** Returns the button that shows the folded parts. It names them unless the answer itself marks all of them as folded. */
function moreButton(stored: string, folded: Part[]): types.Button {
  const label = `Show more (${folded.length})`;
  if (folded.every((part) => part.keep === 'fold')) return button('show-more', label, { case: stored, parts: [] });
  return button('more', label, { case: stored, parts: folded.map((part) => part.id) });
}

/** Returns the button that shows an answer, which only the asker sees, to the channel. */
export function shareButton(answer: Answer): Block[] {
  const stored = storedAnswerId(answer);
  if (stored === undefined) return [];
  return [{ type: 'actions', elements: [button('share', 'Share in channel', { case: stored, parts: [] })] }];
}

function button(id: string, label: string, payload: ButtonPayload): types.Button {
  return {
    type: 'button',
    action_id: `${actionPrefix}${id}`,
    text: { type: 'plain_text', text: neutralize(label).slice(0, 75), emoji: false },
    value: JSON.stringify(payload),
  };
}

function splitIntoChunks<T>(items: T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
