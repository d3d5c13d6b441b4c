import { boundedField } from '../bounded.js';
import { decodeRange } from '../source.js';
import type { FrebEvent } from './event.js';
import { headersOf } from './headers.js';
import type { TraceObserver } from './trace-observer.js';

/** The response body as far as the trace holds it. Seen by the exception readers only; never shown. */
export interface ResponseBody {
  text: string;
  /** First event that holds a part of it. */
  event: FrebEvent;
  /** The body is compressed: there is nothing to read. */
  compressed: boolean;
}

/** Bodies of more than this are content, and their end is not waited for. */
const longest = 4 * 1024 * 1024;

/**
 * Puts the response body together: buffers in file order, chunk framing removed. IIS writes bytes that cannot be
 * printed as `%1F`; runs of them that are UTF-8 become their characters again.
 */
export function responseBody(facts: TraceObserver): ResponseBody | null {
  const buffers = facts.named('GENERAL_RESPONSE_ENTITY_BUFFER');
  const first = buffers[0]?.event;
  if (!first) return null;
  const parts: string[] = [];
  let length = 0;
  for (const { event } of buffers) {
    const part = withoutFraming(event.get('Buffer') ?? '');
    parts.push(part);
    length += part.length;
    if (length > longest) break;
  }
  const whole = parts.join('');
  // An error page carries its exception within its first part, and again at its very end; the middle is left out.
  const text = boundedField(whole);
  const compressed = isCompressed(facts) || /^(?:%1F%8B|\u001f[\u008b\u2039]|%28%B5%2F%FD)/i.test(text);
  return { text: compressed ? '' : printable(text), event: first, compressed };
}

function isCompressed(facts: TraceObserver): boolean {
  return facts
    .named('GENERAL_RESPONSE_HEADERS')
    .some(({ event }) =>
      headersOf(event.get('Headers') ?? '').some(
        (h) => h.name === 'content-encoding' && /\b(?:gzip|deflate|br|zstd|x-gzip)\b/i.test(h.value),
      ),
    );
}

/** `14fb\r\n` alone or before its data, and the `\r\n` behind it. */
function withoutFraming(buffer: string): string {
  if (/^\s*[0-9a-fA-F]{1,8}\n$/.test(buffer) || buffer === '\n') return '';
  return buffer.replace(/^[0-9a-f]{1,8}\n(?=\S)/, '');
}

function printable(text: string): string {
  return text.replace(/(?:%[89A-F][0-9A-F])+/g, (run) => {
    const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
    const decoded = decodeRange(bytes, 0, bytes.length);
    return decoded;
  });
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

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
    .replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[a-z]{2,6});/g, (all, ref: string) => {
      if (ref[0] !== '#') return entities[ref] ?? all;
      const code = ref[1] === 'x' ? Number.parseInt(ref.slice(2), 16) : Number.parseInt(ref.slice(1), 10);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    })
    .replace(/\s+/g, ' ')
    .trim();
}
