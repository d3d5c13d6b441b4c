import { boundField } from '../bounded.js';
import { decodeRange } from '../source.js';
import { headersOf } from './headers.js';
import type { FrebEvent } from './log/event.js';
import type { TraceObserver } from './trace-observer.js';

/** The response body as far as the trace holds it. Only the readers of exceptions see it; it is never shown. */
export interface ResponseBody {
  text: string;
  /** First event that holds a part of it. */
  event: FrebEvent;
  /** The body is compressed: there is nothing to read. */
  compressed: boolean;
}

/** A longer body is content, and its end is not read. */
const longest = 4 * 1024 * 1024;

/**
 * Returns the response body, put together: buffers in file order, chunk framing removed. IIS writes bytes that cannot be
 * printed as `%1F`; runs of them that are UTF-8 become their characters again.
 */
export function responseBody(facts: TraceObserver): ResponseBody | null {
  const buffers = facts.eventsNamed('GENERAL_RESPONSE_ENTITY_BUFFER');
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
  const text = boundField(whole);
  const compressed = isCompressed(facts) || /^(?:%1F%8B|\u001f[\u008b\u2039]|%28%B5%2F%FD)/i.test(text);
  return { text: compressed ? '' : printable(text), event: first, compressed };
}

function isCompressed(facts: TraceObserver): boolean {
  return facts
    .eventsNamed('GENERAL_RESPONSE_HEADERS')
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
