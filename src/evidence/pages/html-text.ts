import { matchNear } from '../bounded.js';

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function reference(whole: string, ref: string): string {
  if (ref[0] !== '#') return entities[ref] ?? whole;
  const code = ref[1] === 'x' ? Number.parseInt(ref.slice(2), 16) : Number.parseInt(ref.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** Elements that pages are made of. */
const htmlTag =
  /<\/?(?:a|abbr|b|big|blockquote|body|button|center|code|col|em|fieldset|font|form|h[1-6]|head|hr|html|i|img|input|kbd|label|legend|link|meta|nobr|ol|option|pre|q|s|samp|script|select|small|span|strike|strong|style|sub|sup|table|tbody|textarea|tfoot|thead|title|tr|tt|u|ul|var)(?=[\s/>])[^<>]*>|<![^<>]*>/gi;
const breakingTag = /<\/?(?:br|dd|div|dl|dt|li|p|td|th)(?=[\s/>])[^<>]*>/gi;

/**
 * Text of a piece of HTML: tags of HTML dropped, references resolved, white space joined. Other tags stay: in
 * `<password>x</password>` the tag says what x is, and the scrubber has to see it.
 */
export function htmlText(html: string): string {
  return html
    .replace(breakingTag, ' ')
    .replace(htmlTag, '')
    .replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[a-z]{2,6});/g, reference)
    .replace(/\s+/g, ' ')
    .trim();
}

/** Returns what is in the first element of a name that is not longer than `most`; null when there is none. */
export function elementText(html: string, name: 'title' | 'h1' | 'h2' | 'h3' | 'h4', most: number): string | null {
  const start = new RegExp(`<${name}>`, 'gi');
  const whole = new RegExp(`^<${name}>([\\s\\S]{0,${most}}?)</${name}>`, 'i');
  return matchNear(html, start, whole, most + 20)?.[1] ?? null;
}

const lineTag = /<\/?(?:br|dd|div|dl|dt|fieldset|h[1-6]|hr|li|ol|p|pre|table|title|tr|ul)(?=[\s/>])[^<>]{0,400}>/gi;

/** Text of a page with its lines kept; text that is no HTML comes back as it is. */
export function htmlLines(html: string): string {
  if (!/<(?:html|body|h[1-4]|div|p|br|pre|table)\b/i.test(html)) return html;
  return html
    .replace(lineTag, '\n')
    .replace(htmlTag, '')
    .replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[a-z]{2,6});/g, reference);
}
