import type { types } from '@slack/bolt';
import { type Part, plainText, type Source, type TablePart, type Text } from '../../../src/answer/answer.js';
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
  // Screen readers announce a header as a heading.
  const heading = part.heading ? titleBlocks(part.heading) : [];
  if (native && part.kind === 'table' && fitsNativeTable(part)) return [...heading, tableBlock(part)];
  return [...heading, ...richBlocks(partStretches(part))];
}

/**
 * True when a table fits into Slack's own, which takes 100 rows of 20 columns and 10,000 characters. One that is wider than a
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
export function richBlocks(stretches: Stretch[]): Block[] {
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

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
