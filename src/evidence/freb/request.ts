import { isBuiltInAccount } from '../scrub/accounts.js';
import { extensionOf, isStaticExtension } from './extension.js';
import { type Header, headersOf, isSecretHeader } from './headers.js';
import type { TraceObserver } from './trace-observer.js';

/** Adds who asked for what: from the start tag, the first events and the headers. */
export function observeRequest(facts: TraceObserver): void {
  const { trace, scrub } = facts;
  const root = trace.root.attributes;
  const text = (name: string): string | undefined => root.get(name);
  const firstRead = trace.events[0]?.event;
  const first = firstRead?.number === 1 ? firstRead : trace.index.count > 0 ? trace.event(1) : undefined;
  const start = facts.eventsNamed('GENERAL_REQUEST_START').find((e) => e.depth === 0)?.event;

  const parts = first?.parts;
  const verb = text('verb') ?? start?.get('RequestVerb');
  if (verb) facts.add('request.verb', verb.slice(0, 40), undefined, 'verb');
  const url = text('url') ?? start?.get('RequestURL');
  if (url) {
    facts.add('request.url', url, undefined, 'url');
    const extension = extensionOf(url);
    if (extension) facts.add('request.extension', extension, undefined, 'url');
    if (extension && isStaticExtension(extension)) facts.add('request.static-extension', extension, undefined, 'url');
  }
  const site = number(text('siteId') ?? start?.get('SiteId'));
  if (site !== undefined) facts.add('request.site-id', site, undefined, 'siteId');
  const pool = text('appPoolId') ?? start?.get('AppPoolId');
  if (pool) facts.add('request.app-pool', pool, undefined, 'appPoolId');
  if (parts?.computer) facts.add('request.server', parts.computer, first, 'Computer');
  const time = utc(parts?.time);
  if (time) facts.add('request.time', time, first, 'SystemTime', parts?.time);
  const process = number(text('processId') ?? parts?.processId);
  if (process !== undefined) facts.add('request.process-id', process, undefined, 'processId');
  const timeTaken = number(text('timeTaken'));
  if (timeTaken !== undefined) facts.add('request.time-taken', timeTaken, undefined, 'timeTaken');
  const authentication = text('authenticationType');
  if (authentication) {
    facts.add('request.authentication-type', authentication, undefined, 'authenticationType');
  }
  const activity = text('activityId');
  if (activity && /^\{[0-9A-Fa-f-]{36}\}$/.test(activity)) {
    facts.add('request.activity-id', activity, undefined, 'activityId');
  }

  for (const name of ['remoteUserName', 'userName', 'tokenUserName']) {
    const user = text(name);
    if (user && !isBuiltInAccount(user)) scrub.withhold(user);
  }
  observeHeaders(facts, verb);
  withholdFields(facts);

  facts.add('trace.events', trace.index.count);
  if (trace.index.count > 0) facts.add('trace.starts-in-the-middle', start === undefined);
}

function observeHeaders(facts: TraceObserver, verb: string | undefined): void {
  const { scrub } = facts;
  for (const { event, depth } of facts.eventsNamed('GENERAL_REQUEST_HEADERS')) {
    const headers = headersOf(event.get('Headers') ?? '');
    withholdSecrets(facts, headers);
    if (depth > 0) continue;
    const isSent = headers.some((h) => h.name === 'authorization');
    facts.add('request.authorization-sent', isSent, event, 'Headers', isSent ? 'Authorization' : '');
    const isPreflight = verb === 'OPTIONS' && headers.some((h) => h.name === 'access-control-request-method');
    if (isPreflight) facts.add('request.cors-preflight', true, event, 'Headers', 'Access-Control-Request-Method');
    const length = headers.find((h) => h.name === 'content-length');
    const bytes = number(length?.value);
    if (bytes !== undefined) facts.add('request.content-length', bytes, event, 'Content-Length');
  }
  for (const { event } of facts.eventsNamed('GENERAL_SET_REQUEST_HEADER')) {
    withholdSecrets(facts, [
      { name: (event.get('HeaderName') ?? '').toLowerCase(), value: event.get('HeaderValue') ?? '' },
    ]);
  }
  for (const { event } of facts.eventsNamed('FILTER_SET_REQ_HEADER')) {
    const name = (event.get('HeaderName') ?? '').replace(/:$/, '').toLowerCase();
    withholdSecrets(facts, [{ name, value: event.get('HeaderValue') ?? '' }]);
  }
  for (const { event } of facts.eventsNamed('GENERAL_RESPONSE_HEADERS'))
    withholdSecrets(facts, headersOf(event.get('Headers') ?? ''));
  for (const { event } of facts.eventsNamed('GENERAL_ENDPOINT_INFORMATION')) {
    for (const field of ['RemoteAddress', 'LocalAddress']) {
      const address = event.get(field);
      if (address && !/^(?:127\.|::1$)/.test(address)) scrub.withhold(address);
    }
  }
}

function withholdSecrets(facts: TraceObserver, headers: readonly Header[]): void {
  for (const header of headers) if (isSecretHeader(header.name)) facts.scrub.withhold(header.value);
}

/** Withholds accounts and bodies of other events. */
function withholdFields(facts: TraceObserver): void {
  for (const { event } of facts.eventsNamed('AUTH_SUCCEEDED')) {
    for (const field of ['RemoteUserName', 'AuthUserName']) {
      const user = event.get(field);
      if (user && !isBuiltInAccount(user)) facts.scrub.withhold(user);
    }
  }
  for (const { event } of facts.eventsNamed('FILE_CACHE_ACCESS_START')) {
    const user = event.get('UserName');
    const account = `${event.get('DomainName') ?? ''}\\${user ?? ''}`;
    if (user && !isBuiltInAccount(user) && !isBuiltInAccount(account)) facts.scrub.withhold(account);
  }
  if (facts.eventsNamed('GENERAL_REQUEST_ENTITY').length > 0) facts.withholdBody('request');
  if (facts.eventsNamed('GENERAL_RESPONSE_ENTITY_BUFFER').length > 0) facts.withholdBody('response');
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}

/** Returns the second of a time in UTC, as contracts show times: `2026-06-08T19:53:49.123Z` -> `2026-06-08T19:53:49Z`. */
function utc(text: string | undefined): string | null {
  if (!text) return null;
  const ms = Date.parse(text);
  return Number.isFinite(ms) ? `${new Date(ms).toISOString().slice(0, 19)}Z` : null;
}
