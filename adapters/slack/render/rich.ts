import type { types } from '@slack/bolt';
import type { Span, Text } from '../../../src/answer/answer.js';
import { personOf } from '../../../src/answer/person-span.js';
import { neutralize, neutralLines } from '../../../src/answer/text.js';

// Slack interprets no markup in rich text, so a log's <!channel>, *, ` or link stays text.

export type RichElement = types.RichTextElement;
export type Stretch = types.RichTextBlockElement;
type Style = { bold?: true; italic?: true; code?: true };

/** The longest text that Slack accepts in one element. Longer ones are split, never cut. */
export const longestText = 3000;

const userId = /^[UW][A-Z0-9]{1,30}$/;

/** Returns a text as rich-text elements, each with this style added to its own. */
export function richElements(text: Text, style: Style = {}): RichElement[] {
  const spans: Span[] = typeof text === 'string' ? [text] : text;
  return mergeNeighbours(spans.flatMap((span) => element(span, style)));
}

/** Merges neighbours of the same style into one element. */
function mergeNeighbours(all: RichElement[]): RichElement[] {
  const found: RichElement[] = [];
  for (const next of all) {
    const last = found.at(-1);
    const isSameStyle =
      last?.type === 'text' &&
      next.type === 'text' &&
      JSON.stringify(last.style) === JSON.stringify(next.style) &&
      last.text.length + next.text.length <= longestText;
    if (isSameStyle) found[found.length - 1] = { ...last, text: last.text + next.text };
    else found.push(next);
  }
  return found;
}

function element(span: Span, style: Style): RichElement[] {
  if (typeof span === 'string') return toTextElements(neutralize(span), style);
  if ('code' in span) return toTextElements(neutralize(span.code), { ...style, code: true });
  if ('strong' in span) return toTextElements(neutralize(span.strong), { ...style, bold: true });
  const person = personOf(span.href);
  if (person && userId.test(person)) return [{ type: 'user', user_id: person, ...styleField(style) }];
  const url = webAddress(span.href);
  const label = neutralize(span.link);
  if (!url) return toTextElements(label, style);
  return [{ type: 'link', url, text: label || url, ...styleField(style) }];
}

/** Returns a text as elements: none when it is empty, several when it is too long, because Slack refuses both. */
function toTextElements(text: string, style: Style): RichElement[] {
  return splitText(text, longestText).map((piece) => ({ type: 'text', text: piece, ...styleField(style) }));
}

const styleField = (style: Style) => (Object.keys(style).length > 0 ? { style } : {});

/** Returns an address of the web; undefined for any other, which is shown as text. */
export function webAddress(href: string): string | undefined {
  if (!/^https?:\/\//i.test(href) || href.length > longestText || !URL.canParse(href)) return undefined;
  return new URL(href).href;
}

/** Returns a paragraph; none when it is empty. */
export function paragraph(...content: RichElement[][]): Stretch[] {
  const all = content.flat();
  return all.length > 0 ? [{ type: 'rich_text_section', elements: all }] : [];
}

/** Returns monospace text, for raw values and for commands to copy. Long text continues in another block. */
export function preformattedText(text: string): Stretch[] {
  const lines = neutralLines(text.replace(/\s+$/, ''));
  return packLines(lines, longestText).map((piece) => ({
    type: 'rich_text_preformatted',
    elements: [{ type: 'text', text: piece }],
  }));
}

/** Returns a list item with its number; Slack counts from 0. */
export function numberedItem(number: number, content: RichElement[]): Stretch {
  return {
    type: 'rich_text_list',
    style: 'ordered',
    ...(number > 0 && { offset: number }),
    elements: [{ type: 'rich_text_section', elements: content }],
  };
}

/** Returns a bulleted list; none when it is empty. */
export function bulletList(items: RichElement[][]): Stretch[] {
  const lines = items.map((content) => ({ type: 'rich_text_section' as const, elements: content }));
  return lines.length > 0 ? [{ type: 'rich_text_list', style: 'bullet', elements: lines }] : [];
}

/** Returns a line break within a section. */
export const lineBreak = (): RichElement[] => [{ type: 'text', text: '\n' }];

/** Splits a text into pieces of at most `limit` characters, at blanks where there are some. Nothing is lost. */
export function splitText(text: string, limit: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const blank = rest.lastIndexOf(' ', limit - 1);
    const at = avoidSurrogateSplit(rest, blank > limit / 2 ? blank + 1 : limit);
    found.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return rest === '' ? found : [...found, rest];
}

/** Returns the position, moved so that it does not split a surrogate pair. */
function avoidSurrogateSplit(text: string, at: number): number {
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
