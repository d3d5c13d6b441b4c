import { withoutQuotation } from '../fragment/quotation.js';
import { crashLine } from './crash-line.js';
import { readEventTime } from './event-time.js';
import { findXmlEvents, withoutFoldingSigns } from './event-xml.js';
import { shortProvider, type WindowsEvent } from './windows-event.js';

/** A line of an event's head: a label in any language, a colon of any width, and a value. */
const labelled = /^[ \t]{0,8}[^\s:：<>][^:：<>\n]{0,40}?[ \t]{0,8}[:：][ \t]{0,40}(.*)$/;

/** Providers that nobody mistakes for a word of a sentence. */
const knownProvider =
  /^(?:microsoft-windows-[\w-]+|w3svc(?:-wp)?|was|asp\.net [\d.]+|\.net runtime|iis aspnetcore module(?: v2)?|application error|windows error reporting|httpevent|service control manager|scecli|schannel|netlogon|httpplatformhandler|mssql(?:server|\$\w+))$/i;

/** A head has so many lines at most; what stands below is the text of the event. */
const headLines = 14;

interface Head {
  /** The line the head begins in. */
  from: number;
  provider: string;
  id: number;
  time: string | undefined;
}

/**
 * Returns the events in a text as Event Viewer copies them and wevtutil prints them (`/f:text`), in any language: the head
 * names log, provider, date and number in this order, or at least a provider we know beside a number.
 */
export function findTextEvents(text: string): WindowsEvent[] {
  const lines = text.split(/\r\n|\r|\n/);
  const values = lines.map((line) => (line.length > 400 ? undefined : labelled.exec(line)?.[1]?.trim()));
  const heads: Head[] = [];
  for (let at = 0; at < lines.length; at++) {
    const head = headAt(values, at);
    if (!head) continue;
    heads.push(head);
    at = Math.max(at, head.from + 3);
  }
  return heads.map((head, i) => eventBelow(head, i + 1, lines.slice(head.from, heads[i + 1]?.from), values));
}

function headAt(values: readonly (string | undefined)[], at: number): Head | undefined {
  const [log, provider, date, id] = values.slice(at, at + 4);
  if (log && provider && date && isNumber(id) && /\d[./:-]\d/.test(date) && provider.length <= 80)
    return { from: at, provider, id: Number(id), time: readEventTime(date) };
  // Older systems and short copies have other orders: a provider we know, and a number within a few lines.
  if (!provider && !log) return undefined;
  const first = log ?? '';
  if (!knownProvider.test(first)) return undefined;
  const near = [1, 2, 3, -1, -2].find((step) => isNumber(values[at + step]));
  if (near === undefined) return undefined;
  const stamp = values
    .slice(Math.max(0, at - 3), at + 6)
    .map(readEventTime)
    .find((time) => time !== undefined);
  return { from: Math.max(0, at + Math.min(near, 0)), provider: first, id: Number(values[at + near]), time: stamp };
}

function isNumber(value: string | undefined): boolean {
  return value !== undefined && /^\d{1,5}$/.test(value);
}

function eventBelow(
  head: Head,
  number: number,
  lines: readonly string[],
  values: readonly (string | undefined)[],
): WindowsEvent {
  const own = values.slice(head.from, head.from + lines.length);
  const end = endOfHead(own);
  const described = own[end] === '' ? end + 1 : end;
  const below = lines.slice(described).join('\n').trim();
  // The description may begin in the line of its label.
  const last = own[end - 1] ?? '';
  const text = below === '' || /\s\S+\s\S+\s/.test(last) ? [last, below].join('\n').trim() : below;
  const markup = text.search(/^[ \t]*(?:[-–+] )?<Event[\s>]/m);
  const message = markup < 0 ? text : text.slice(0, markup).trimEnd();
  const copied = markup < 0 ? undefined : findXmlEvents(withoutFoldingSigns(text.slice(markup))).next().value;
  const computer = own.slice(3, end).findLast((v) => v !== undefined && /^[A-Za-z][\w-]{1,62}(?:\.[\w-]+)*$/.test(v));
  if (copied) return { ...copied, number, message };
  const provider = head.provider;
  return { number, id: head.id, provider, time: head.time, computer, data: new Map(), plain: [], message };
}

/** Many events have no keyword: that label is as empty as the last of the head, which stands a few lines below. */
const linesBelowEmptyLabel = 4;

/** The line that ends the head: a label without a value, or a line without a label. */
function endOfHead(own: readonly (string | undefined)[]): number {
  const first = own.findIndex((value, i) => i > 3 && !value);
  if (first < 0 || first > headLines) return Math.min(own.length, headLines);
  if (own[first] === undefined) return first;
  const below = own.slice(first + 1, first + 1 + linesBelowEmptyLabel);
  const next = below.findIndex((value) => !value);
  return next > 0 && below[next] === '' ? first + 1 + next : first;
}

/** An event's text with its stack is a few kilobytes, in characters. */
const longestBareText = 32_000;

/** More events are not copied without their heads. */
const mostBareEvents = 20;

/** Messages by which an event is known without its head, where only the text was copied. */
const bareMessages: readonly { provider: string; id?: number; begins: RegExp }[] = [
  {
    provider: 'ASP.NET',
    id: 1309,
    begins: /^[^\n:：]{2,40}[:：] ?(?:3[01]\d\d|4\d\d\d|1\d\d\d\d\d) *\n[^\n]{1,300}\n[^\n]{0,200}\d[/.:]\d/m,
  },
  { provider: 'IIS AspNetCore Module', begins: /^.{0,40}'\/?(?:MACHINE\/WEBROOT\/APPHOST|LM\/W3SVC)\/[^'\n]{0,300}'/m },
  {
    provider: 'Application Error',
    id: 1000,
    // A mail or a forum may have wrapped the line before its time stamp.
    begins:
      /^[^\n:：]{4,60}[:：] ?[\w .-]{1,60}\.exe, [^\n]{0,300}\n(?:[^\n:：]{1,80}\n)?[^\n:：]{4,60}[:：] ?[^\n,]{1,80}, /m,
  },
  // Server 2008 R2 and older write it in one line.
  { provider: 'Application Error', id: 1000, begins: crashLine },
  {
    provider: '.NET Runtime',
    id: 1023,
    begins: /^[^\n:：]{4,30}[:：] ?[\w .-]{1,60}\.exe\n[^\n]{0,200}\bv?\d{1,5}\.\d{1,5}[\s\S]{0,400}?\b80131506\b/m,
  },
  {
    provider: '.NET Runtime',
    id: 1026,
    begins: /^[^\n:：]{4,30}[:：] ?[\w .-]{1,60}\.exe\n[^\n]{0,200}\bv?\d{1,5}\.\d{1,5}/m,
  },
  {
    provider: 'Microsoft-Windows-WAS',
    begins:
      /^(?:A process serving application pool|Application pool|The identity of application pool) ['"]?[^'"\n]{1,64}['"]? (?:suffered|terminated|failed|exceeded|has been disabled|is being automatically|is invalid)/m,
  },
  {
    provider: 'Microsoft-Windows-WAS',
    id: 5139,
    begins: /^A listener channel for protocol '?[^'\n]{1,64}'? in worker process /m,
  },
  // The address of the article about this event stands in its text in every language.
  {
    provider: 'Microsoft-Windows-IIS-W3SVC-WP',
    id: 2282,
    begins: /^[^\n]{0,60}(?:[A-Za-z]:|%)[^\n]{1,240}\.dll\b[^\n]{0,600}LinkId=29349/im,
  },
  {
    provider: 'Microsoft-Windows-IIS-W3SVC-WP',
    id: 2280,
    begins: /^The Module DLL [^\n]{1,240} failed to load\./m,
  },
  // Two codes one below the other, Status and Sub Status: labels are translated, NTSTATUS codes of logons are not. The
  // logon type stands some lines above.
  {
    provider: 'Microsoft-Windows-Security-Auditing',
    id: 4625,
    begins:
      /(?:^[^\n:：]{4,60}[:：][ \t]{0,8}\d{1,2}[ \t]*\n[\s\S]{0,800}?)?^[^\n:：]{4,60}[:：]\s{0,8}0xC000[0-9A-F]{4}\s{0,4}\n[^\n:：]{4,60}[:：]\s{0,8}0x(?:0|C000[0-9A-F]{4})\s{0,4}$/im,
  },
];

/** Returns the events whose texts were copied without their heads, in the order of the text: the words are the provider's own. */
export function findBareEvents(text: string): WindowsEvent[] {
  const unix = withoutQuotation(text.slice(0, longestBareText).replace(/\r\n?/g, '\n'))
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
  const found = bareMessages
    .flatMap(({ provider, id, begins }) =>
      [...unix.matchAll(new RegExp(begins, `${begins.flags}g`))].map((match) => ({ provider, id, at: match.index })),
    )
    .sort((a, b) => a.at - b.at)
    .filter((event, i, all) => i === 0 || event.at > all[i - 1]!.at)
    .slice(0, mostBareEvents);
  return found.map(({ provider, id, at }, i) => ({
    number: i + 1,
    id,
    provider,
    data: new Map(),
    plain: [],
    message: messageAt(unix.slice(at, found[i + 1]?.at).trimEnd(), provider),
  }));
}

/** An event of ASP.NET, .NET and the security log has empty lines in its text; those of the others end at the first. Time stamps and paths that were wrapped go back into their lines. */
function messageAt(text: string, provider: string): string {
  const end = /^(?:ASP\.NET|\.NET Runtime|Microsoft-Windows-Security-Auditing)$/.test(provider)
    ? -1
    : text.search(/\n\s*\n/);
  const message = end < 0 ? text : text.slice(0, end);
  return provider === 'Application Error' ? message.replace(/\n(?=0x[0-9a-f]{8}\b|[A-Za-z]:\\)/gi, ' ') : message;
}

/** True for a provider that a head without the usual order may name. */
export function isKnownProvider(provider: string): boolean {
  return knownProvider.test(provider.trim()) || /^(?:was|w3svc)/.test(shortProvider(provider));
}
