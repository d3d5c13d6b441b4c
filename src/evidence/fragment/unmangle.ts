import { decodeMarkup } from '../markup.js';
import { withoutQuotation } from './quotation.js';
import { unwrapConsole } from './unwrap.js';

/**
 * Takes back what chat clients and browsers do to text on the way: code fences, quote marks in front of lines, links,
 * typographic quotes and hyphens, no-break and zero-width spaces, and markup that arrives as `&lt;Event&gt;`.
 */
export function unmangle(text: string): string {
  let out = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u2010\u2011\u2212]/g, '-')
    .replace(/^[ \t]*`{3,}[\w-]*[ \t]*$/gm, '')
    .replace(/`{3,}/g, '\n');
  out = unwrapConsole(out);
  // A console or a mail client wraps a long list of SIDs.
  out = out.replace(/,[ \t]*\n[ \t]*(?=\*?S-1-\d)/g, ',').replace(/(S-1-[\d-]{1,80}-)\n[ \t]*(?=\d)/g, '$1');
  const lines = out.split('\n');
  const filled = lines.filter((l) => l.trim() !== '');
  if (filled.length > 0 && filled.every((l) => /^\s*(>|&gt;)/.test(l)))
    out = lines.map((l) => l.replace(/^\s*(>|&gt;) ?/, '')).join('\n');
  else out = withoutQuotation(out);
  if (filled.length <= 3) out = out.replace(/^[ \t]*`([^`\n]+)`[ \t]*$/gm, '$1');
  // Bold type of a forum: people mark the numbers that matter (`**503 0 1255**`).
  out = out.replace(/\*\*(?=\S)([^*\n]{1,200})(?<=\S)\*\*/g, '$1');
  // A forum takes the folding sign of XML copied from a browser for a link: `[-](https://…) <Event>`.
  out = out.replace(/^([ \t]{0,40})\[[-+\u2013]\]\(https?:[^)\s]{1,1000}\)[ \t]?(?=<)/gm, '$1');
  // Slack writes a link as <address|text> or <address>.
  out = out.replace(/<((?:https?|mailto|file):[^<|>\s]{1,2000})\|([^<>\n]{1,2000})>/g, '$2');
  if (/&lt;\/?[A-Za-z?!]/.test(out) && !/<(Event|failedRequest|configuration|Rsop|GPO|html)\b/i.test(out))
    out = decodeMarkup(out);
  return out;
}
