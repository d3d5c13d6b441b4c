import { plainText, type Text } from '../../../src/answer/answer.js';
import { neutralize, neutralLines } from '../../../src/answer/text.js';
import type { Inline, RichTextBlock, TextRun } from './elements.js';

type Style = Omit<Partial<TextRun>, 'type' | 'text'>;

/**
 * A text as inlines of a RichTextBlock, which reads no Markdown, so every string stays literal.
 * The one thing a run interprets is `{{DATE(…)}}`; two runs with a brace each show the same and mean nothing.
 */
export function toInlines(text: Text, style: Style = {}): Inline[] {
  const spans = typeof text === 'string' ? [text] : text;
  return spans.flatMap((span) => {
    if (typeof span === 'string') return run(span, style);
    if ('code' in span) return run(span.code, { ...style, fontType: 'Monospace' });
    if ('strong' in span) return run(span.strong, { ...style, weight: 'Bolder' });
    if (!/^https:\/\//.test(span.href)) return run(span.link, style);
    return run(span.link, { ...style, selectAction: { type: 'Action.OpenUrl', url: span.href } });
  });
}

function run(text: string, style: Style): Inline[] {
  const pieces = neutralize(text)
    .split(/(?<=\{)(?=\{)/)
    .filter((piece) => piece !== '');
  if (Object.keys(style).length === 0) return pieces;
  return pieces.map((piece) => ({ type: 'TextRun', text: piece, ...style }));
}

/** One paragraph, or several when the text has line breaks: a run shows a line break as a space. */
export function toParagraphs(text: Text, style: Style = {}, spacing?: RichTextBlock['spacing']): RichTextBlock[] {
  const lines = splitLines(text);
  return lines.map((line, index) => toTextBlock(toInlines(line, style), index === 0 ? spacing : 'None'));
}

/** A block of inlines; an empty one holds a space, since a block without inlines is not valid. */
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
 * Whether a text says the same when it is read as Markdown. Only such text may stand in a FactSet, which reads
 * Markdown, links and dates where a RichTextBlock does not.
 */
export function isPlainInMarkdown(text: Text): boolean {
  if (typeof text !== 'string' && text.some((span) => typeof span !== 'string')) return false;
  const flat = plainText(text);
  return !/[\\`*_[\]<>#~|{}!@&]|:\/\/|www\.|^\s*([-+]|\d+[.)])\s/i.test(flat) && neutralize(flat) === flat;
}
