import { type Answer, plainText, type Text } from '../../../src/answer/answer.js';
import { neutralize, neutralLines } from '../../../src/answer/text.js';
import type { Inline, RichTextBlock, TextRun } from './elements.js';

type Style = Omit<Partial<TextRun>, 'type' | 'text'>;

/**
 * Returns a text as inlines of a RichTextBlock, which reads no Markdown, so every string stays literal. A run interprets only
 * `{{DATE(…)}}`; splitting the braces between two runs prevents that and looks the same.
 */
export function toInlines(text: Text, style: Style = {}): Inline[] {
  const spans = typeof text === 'string' ? [text] : text;
  return spans.flatMap((span) => {
    if (typeof span === 'string') return toRuns(span, style);
    if ('code' in span) return toRuns(span.code, { ...style, fontType: 'Monospace' });
    if ('strong' in span) return toRuns(span.strong, { ...style, weight: 'Bolder' });
    if (!/^https:\/\//.test(span.href)) return toRuns(span.link, style);
    return toRuns(span.link, { ...style, selectAction: { type: 'Action.OpenUrl', url: span.href } });
  });
}

function toRuns(text: string, style: Style): Inline[] {
  const pieces = neutralize(text)
    .split(/(?<=\{)(?=\{)/)
    .filter((piece) => piece !== '');
  if (Object.keys(style).length === 0) return pieces;
  return pieces.map((piece) => ({ type: 'TextRun', text: piece, ...style }));
}

/** Returns an answer as a short text, for notifications and screen readers. */
export function shortSummary({ summary }: Pick<Answer, 'summary'>): string {
  return neutralize(summary).slice(0, 400);
}

/** Returns a block for each line of the text, because a run shows a line break as a space. */
export function toParagraphs(text: Text, style: Style = {}, spacing?: RichTextBlock['spacing']): RichTextBlock[] {
  const lines = splitLines(text);
  return lines.map((line, index) => toTextBlock(toInlines(line, style), index === 0 ? spacing : 'None'));
}

/** Returns a block of inlines. An empty one holds a space, because a block without inlines is invalid. */
export function toTextBlock(content: Inline[], spacing?: RichTextBlock['spacing']): RichTextBlock {
  return { type: 'RichTextBlock', inlines: content.length > 0 ? content : [' '], ...(spacing && { spacing }) };
}

function splitLines(text: Text): Text[] {
  if (typeof text === 'string') return neutralLines(text);
  const lines: Exclude<Text, string>[] = [[]];
  for (const span of text) {
    if (typeof span !== 'string') {
      lines.at(-1)?.push(span);
      continue;
    }
    const [first = '', ...more] = span.split(/\r?\n/);
    lines.at(-1)?.push(first);
    for (const line of more) lines.push([line]);
  }
  return lines;
}

/**
 * True when a text looks the same when it is read as Markdown. Only such text goes into a FactSet, which reads Markdown, links
 * and dates.
 */
export function isPlainInMarkdown(text: Text): boolean {
  if (typeof text !== 'string' && text.some((span) => typeof span !== 'string')) return false;
  const flat = plainText(text);
  return !/[\\`*_[\]<>#~|{}!@&]|:\/\/|www\.|^\s*([-+]|\d+[.)])\s/i.test(flat) && neutralize(flat) === flat;
}
