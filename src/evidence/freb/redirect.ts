import { type Header, headersOf } from './headers.js';
import type { TraceObserver } from './trace-observer.js';

/**
 * Notes an answer that leads to the very address the browser had asked for. Behind a proxy that ends TLS the browser's
 * scheme is what the proxy says. A redirect that sets a cookie, or answers a form, may well lead back once.
 */
export function observeRedirect(facts: TraceObserver, status: number | null): void {
  if (status === null || ![301, 302, 303, 307, 308].includes(status)) return;
  const root = facts.trace.root.attributes;
  const start = facts.eventsNamed('GENERAL_REQUEST_START').find((e) => e.depth === 0)?.event;
  const verb = root.get('verb') ?? start?.get('RequestVerb');
  const url = root.get('url') ?? start?.get('RequestURL');
  if (!url || !/^(?:GET|HEAD)$/.test(verb ?? '')) return;
  const sent = headersIn(facts, 'GENERAL_REQUEST_HEADERS');
  const answered = headersIn(facts, 'GENERAL_RESPONSE_HEADERS');
  if (answered.some(({ name }) => name === 'set-cookie')) return;
  const location = answered.find(({ name }) => name === 'location')?.value;
  const event = facts.last('GENERAL_RESPONSE_HEADERS');
  if (!location || !isSameAddress(url, location, cameByTls(sent))) return;
  facts.add('redirect.to-itself', true, event, 'Location', 'the address of the request');
}

function headersIn(facts: TraceObserver, name: string): Header[] {
  return facts
    .eventsNamed(name)
    .filter(({ depth }) => depth === 0)
    .flatMap(({ event }) => headersOf(event.get('Headers') ?? ''));
}

/** True when the headers of a proxy say that the browser came over TLS. */
function cameByTls(headers: readonly Header[]): boolean {
  return headers.some(
    ({ name, value }) =>
      ((name === 'x-forwarded-proto' || name === 'cloudfront-forwarded-proto') && /^https\b/i.test(value)) ||
      (name === 'front-end-https' && /^on\b/i.test(value)) ||
      (name === 'x-arr-ssl' && value !== ''),
  );
}

function isSameAddress(asked: string, location: string, tls: boolean): boolean {
  try {
    const from = new URL(asked);
    if (tls) {
      from.protocol = 'https:';
      from.port = '';
    }
    const to = new URL(location, from);
    // A rule that asks for https mostly leaves the query away.
    if (tls) from.search = to.search;
    return from.href === to.href;
  } catch {
    return false;
  }
}
