import type { types } from '@slack/bolt';
import type { Span, Text } from '../../../src/answer/answer.js';
import { neutralize, neutralLines } from '../../../src/answer/text.js';

// Everything is rich text: Slack reads no markup into its elements, so a log's <!channel>, *, ` or link stays what it is.

export type RichElement = types.RichTextElement;
export type Stretch = types.RichTextBlockElement;
type Style = { bold?: true; italic?: true; code?: true };

/** Longest text Slack takes in one element; longer ones are split, never cut. */
export const longestText = 3000;

/** A text as rich-text elements, each with the style on top of its own. */
export function richElements(text: Text, style: Style = {}): RichElement[] {
  const spans: Span[] = typeof text === 'string' ? [text] : text;
  return merged(spans.flatMap((span) => element(span, style)));
}

/** Neighbours in the same style are one element. */
function merged(all: RichElement[]): RichElement[] {
  const found: RichElement[] = [];
  for (const next of all) {
    const last = found.at(-1);
    const alike =
      last?.type === 'text' &&
      next.type === 'text' &&
      JSON.stringify(last.style) === JSON.stringify(next.style) &&
      last.text.length + next.text.length <= longestText;
    if (alike) found[found.length - 1] = { ...last, text: last.text + next.text };
    else found.push(next);
  }
  return found;
}

function element(span: Span, style: Style): RichElement[] {
  if (typeof span === 'string') return run(neutralize(span), style);
  if ('code' in span) return run(neutralize(span.code), { ...style, code: true });
  if ('strong' in span) return run(neutralize(span.strong), { ...style, bold: true });
  const url = webAddress(span.href);
  const label = neutralize(span.link);
  if (!url) return run(label, style);
  return [{ type: 'link', url, text: label || url, ...styled(style) }];
}

/** Slack refuses empty elements, and a text too long for one. */
function run(text: string, style: Style): RichElement[] {
  return splitText(text, longestText).map((piece) => ({ type: 'text', text: piece, ...styled(style) }));
}

const styled = (style: Style) => (Object.keys(style).length > 0 ? { style } : {});

/** The address if it is one of the web; anything else is shown as text. */
export function webAddress(href: string): string | undefined {
  if (!/^https?:\/\//i.test(href) || href.length > longestText || !URL.canParse(href)) return undefined;
  return new URL(href).href;
}

/** A paragraph; none when there is nothing in it. */
export function paragraph(...content: RichElement[][]): Stretch[] {
  const all = content.flat();
  return all.length > 0 ? [{ type: 'rich_text_section', elements: all }] : [];
}

/** Monospace as it is: the way to show raw values, and to copy commands. Long ones continue in a further block. */
export function preformatted(text: string): Stretch[] {
  const lines = neutralLines(text.replace(/\s+$/, ''));
  return packLines(lines, longestText).map((piece) => ({
    type: 'rich_text_preformatted',
    elements: [{ type: 'text', text: piece }],
  }));
}

/** A list item with the number it has; Slack counts from 0. */
export function numbered(number: number, content: RichElement[]): Stretch {
  return {
    type: 'rich_text_list',
    style: 'ordered',
    ...(number > 0 && { offset: number }),
    elements: [{ type: 'rich_text_section', elements: content }],
  };
}

/** Lines of equal rank. */
export function bulleted(items: RichElement[][]): Stretch[] {
  const lines = items.map((content) => ({ type: 'rich_text_section' as const, elements: content }));
  return lines.length > 0 ? [{ type: 'rich_text_list', style: 'bullet', elements: lines }] : [];
}

/** The end of a line within a section. */
export const lineBreak = (): RichElement[] => [{ type: 'text', text: '\n' }];

/** Cuts at blanks where there are some, in pieces of at most `limit` characters; nothing is lost. */
export function splitText(text: string, limit: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const blank = rest.lastIndexOf(' ', limit - 1);
    const at = wholeCharacters(rest, blank > limit / 2 ? blank + 1 : limit);
    found.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return rest === '' ? found : [...found, rest];
}

/** Never between the halves of a surrogate pair. */
function wholeCharacters(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
}

function packLines(lines: string[], limit: number): string[] {
  const packed: string[] = [];
  for (const line of lines.flatMap((line) => (line === '' ? [''] : splitText(line, limit)))) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= limit) packed[packed.length - 1] = `${last}\n${line}`;
    else packed.push(line === '' ? ' ' : line);
  }
  return packed.filter((piece) => piece.trim() !== '');
}
