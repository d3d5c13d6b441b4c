import { shortProvider, type WindowsEvent } from '../windows-event.js';
import { withDataBytes } from './data-bytes.js';
import { readEventTime } from './event-time.js';
import { findXmlEvents, withoutFoldingSigns } from './event-xml.js';

/** A line of an event's head: a label in any language, a colon of any width, and a value. */
const labelled = /^[ \t]{0,8}[^\s:：<>][^:：<>\n]{0,40}?[ \t]{0,8}[:：][ \t]{0,40}(.*)$/;

/** In a sentence that names a path, the first colon belongs to the drive. */
const pathFirst = /^[^:：]{2,42} ['"]?[A-Za-z]:\\/;

/** Providers whose names do not occur as words in a sentence. */
const knownProvider =
  /^(?:microsoft-windows-[\w-]+|w3svc(?:-wp)?|was|asp\.net [\d.]+|\.net runtime|iis aspnetcore module(?: v2)?|application error|windows error reporting|httpevent|service control manager|scecli|schannel|netlogon|httpplatformhandler|mssql(?:server|\$\w+))$/i;

/** Most lines of a head; the text of the event follows it. */
const headLines = 14;

/** `X-Powered-By: ASP.NET`, a date and `Content-Length: 1293` are headers of an answer, and no head of an event. */
const httpHeader = /^\s{0,8}(?:X-[\w-]{2,40}|Content-(?:Length|Type)|Cache-Control)\s{0,4}:/i;

interface Head {
  /** The line the head begins in. */
  from: number;
  provider: string;
  id: number;
  time: string | undefined;
  /** How many lines it has, where that is known without its labels. */
  lines?: number;
}

/**
 * Returns the events in a text as Event Viewer copies them and wevtutil prints them (`/f:text`), in any language: the head
 * names log, provider, date and number in this order, or at least a provider we know beside a number.
 */
export function findTextEvents(text: string): WindowsEvent[] {
  const lines = text.split(/\r\n|\r|\n/);
  const values = lines.map((line) =>
    line.length > 400 || pathFirst.test(line) ? undefined : labelled.exec(line)?.[1]?.trim(),
  );
  const heads: Head[] = [];
  for (let at = 0; at < lines.length; at++) {
    const head = headAt(lines, values, at);
    if (!head) continue;
    heads.push(head);
    at = Math.max(at, head.from + 3);
  }
  return heads.map((head, i) => eventBelow(head, i + 1, lines.slice(head.from, heads[i + 1]?.from), values));
}

function headAt(lines: readonly string[], values: readonly (string | undefined)[], at: number): Head | undefined {
  const old = oldHeadAt(lines, values, at);
  if (old) return old;
  if (lines.slice(at, at + 4).some((line) => httpHeader.test(line))) return undefined;
  const [log, provider, date, id] = values.slice(at, at + 4);
  if (log && provider && date && isNumber(id) && /\d[./:-]\d/.test(date) && provider.length <= 80)
    return { from: at, provider, id: Number(id), time: readEventTime(date) };
  const audit = auditHeadAt(values, at);
  if (audit) return audit;
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
  const number = eventOfNumber(first, Number(values[at + near]));
  return { from: Math.max(0, at + Math.min(near, 0)), provider: first, id: number, time: stamp };
}

/** Numbers of the events of the Security log. */
const auditNumber = /^4[67]\d\d$/;

/** A short head that names the Security log and a number needs no source: one provider writes that log. */
function auditHeadAt(values: readonly (string | undefined)[], at: number): Head | undefined {
  if (!/^security$/i.test(values[at] ?? '')) return undefined;
  const step = [1, 2, 3].find((below) => auditNumber.test(values[at + below] ?? ''));
  if (step === undefined) return undefined;
  const time = values
    .slice(at, at + 6)
    .map(readEventTime)
    .find((one) => one !== undefined);
  return { from: at, provider: 'Security', id: Number(values[at + step]), time, lines: step + 1 };
}

/**
 * ASP.NET writes its own number into the text of its events: 3005 is "an unhandled exception has occurred", and is in
 * event 1309. Those of a configuration or a page that does not compile are in event 1310.
 */
function eventOfNumber(provider: string, number: number): number {
  if (!/^asp\.net /i.test(provider) || number < 3000 || number > 3999) return number;
  return number >= 3006 && number <= 3008 ? 1310 : 1309;
}

/**
 * The head as Windows Server 2003 and older copied it, and as people still write it: source, category and number below each
 * other. In English its labels tell any provider; in other languages those we know are found without them.
 */
function oldHeadAt(lines: readonly string[], values: readonly (string | undefined)[], at: number): Head | undefined {
  const provider = values[at];
  if (!provider || !/^\s{0,8}(?:Event )?Source:/i.test(lines[at]!)) return undefined;
  const step = [1, 2, 3].find((below) => /^\s{0,8}Event ID:/i.test(lines[at + below] ?? ''));
  if (step === undefined || !isNumber(values[at + step])) return undefined;
  const near = values.slice(at, at + 7).filter((value) => value !== undefined);
  const day = near.find((value) => /^\d{1,4}[./-]\d/.test(value));
  const hour = near.find((value) => /^\d{1,2}:\d\d/.test(value));
  const time = readEventTime([day, hour].filter(Boolean).join(' '));
  return { from: Math.max(0, at - 1), provider, id: Number(values[at + step]), time };
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
  const end = head.lines ?? endOfHead(own, head.id, lines);
  const described = own[end] === '' ? end + 1 : end;
  const below = lines.slice(described).join('\n').trim();
  // The description may begin in the line of its label.
  const last = own[end - 1] ?? '';
  const text = below === '' || /\s\S+\s\S+\s/.test(last) ? [last, below].join('\n').trim() : below;
  const markup = text.search(/^[ \t]*(?:[-–+] )?<Event[\s>]/m);
  const whole = markup < 0 ? text : text.slice(0, markup).trimEnd();
  const message = ofOneParagraph.test(shortProvider(head.provider)) ? firstParagraph(whole) : whole;
  const copied = markup < 0 ? undefined : findXmlEvents(withoutFoldingSigns(text.slice(markup))).next().value;
  const computer = own.slice(3, end).findLast((v) => v !== undefined && /^[A-Za-z][\w-]{1,62}(?:\.[\w-]+)*$/.test(v));
  if (copied) return { ...copied, number, message };
  const { provider, id, time } = head;
  return withDataBytes({ number, id, provider, time, computer, data: new Map(), plain: [], message });
}

/** Providers whose events are one paragraph: what is below an empty line is the writer's own. */
const ofOneParagraph = /^(?:schannel|was|w3svc|w3svc-wp|httpevent|httpservice|netlogon|application error)$/i;

function firstParagraph(text: string): string {
  const end = text.search(/\n\s*(?:\n|```)/);
  return end < 0 ? text : text.slice(0, end);
}

/** Many events have no keyword: that label is as empty as the last of the head, which is a few lines below. */
const linesBelowEmptyLabel = 4;

/** The labels of a head in English; another one below the number begins the text. */
const labelOfHead =
  /^\s{0,8}(?:Task Category|Category|Level|Keywords|User|Computer|Description|Date|Time|Logged|OpCode|More Information|Type|Event Type|Event Category|Source|Log Name|Channel|Task|Qualifiers)\s{0,8}:/i;

/** `w3wp.exe, version: 10.0…`: a crash begins so, in every language, and a short head has no line before it. */
const programAndVersion = /^[\w .-]{1,60}\.exe, [^\n]{3,20}\d/;

/** Returns the line that ends the head: a label without a value, or a line without a label, below the number in a short one. */
function endOfHead(own: readonly (string | undefined)[], id: number, lines: readonly string[]): number {
  const below = own.indexOf(String(id)) + 1;
  const isShort = below >= 2 && below <= 3 && below < own.length && /Event ID/i.test(lines[below - 1] ?? '');
  if (isShort && (own[below] === undefined || (own[below] !== '' && !labelOfHead.test(lines[below] ?? ''))))
    return below;
  const named = own.findIndex((value) => value !== undefined && programAndVersion.test(value));
  if (named > 0 && named <= headLines) return named;
  const first = own.findIndex((value, i) => i > 3 && !value);
  if (first < 0 || first > headLines) return Math.min(own.length, headLines);
  if (own[first] === undefined) return first;
  const near = own.slice(first + 1, first + 1 + linesBelowEmptyLabel);
  const next = near.findIndex((value) => !value);
  return next > 0 && near[next] === '' ? first + 1 + next : first;
}

/** True for a provider that a head without the usual order may name. */
export function isKnownProvider(provider: string): boolean {
  return knownProvider.test(provider.trim()) || /^(?:was|w3svc)(?:-[\w-]{1,40})?$/.test(shortProvider(provider));
}
