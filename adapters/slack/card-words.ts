import { readTypedText } from './text.js';

/** Bounds on a card: people and monitoring tools write them. */
const mostCharacters = 100_000;
const deepest = 12;

/** An object of Slack's blocks, as far as its words are read. */
interface Node {
  type?: unknown;
  text?: unknown;
  url?: unknown;
  fields?: unknown;
  elements?: unknown;
  rows?: unknown;
  title?: unknown;
  subtitle?: unknown;
  body?: unknown;
}

/** Elements whose children are on one line. */
const inline = new Set(['rich_text_section', 'rich_text_preformatted', 'rich_text_quote']);

/** Returns the words of blocks, a line for each piece. Buttons and pictures have none. */
export function readBlockWords(blocks: unknown, us: string): string {
  return wordsOf(blocks, us, 0).slice(0, mostCharacters);
}

function wordsOf(node: unknown, us: string, depth: number): string {
  if (depth > deepest || node === null || typeof node !== 'object') return '';
  if (Array.isArray(node)) return joinLines(node.map((one) => wordsOf(one, us, depth + 1)));
  const { type, text, url, fields, elements, rows, title, subtitle, body } = node as Node;
  if (type === 'actions' || type === 'button') return '';
  if (typeof text === 'string') return type === 'mrkdwn' ? readTypedText(text, us) : text;
  if (type === 'link') return typeof url === 'string' ? url : '';
  if (inline.has(String(type)) && Array.isArray(elements)) {
    return elements.map((one) => wordsOf(one, us, depth + 1)).join('');
  }
  if (Array.isArray(rows)) return joinLines(rows.map((row) => rowWords(row, us, depth)));
  return joinLines([title, subtitle, text, body, fields, elements].map((one) => wordsOf(one, us, depth + 1)));
}

function rowWords(row: unknown, us: string, depth: number): string {
  return Array.isArray(row) ? row.map((cell) => wordsOf(cell, us, depth + 2)).join('\t') : '';
}

const joinLines = (lines: string[]) => lines.filter((line) => line.trim() !== '').join('\n');
