import { boundedField } from '../bounded.js';
import type { FactPlace, ObservationCollector } from '../gather.js';
import { isPoolSid, nameOfSid, sidOfName } from '../sids.js';
import { isPoolName } from '../vocabulary/identifiers.js';
import { readCrashLine } from './crash-line.js';
import { withoutDataBytes } from './data-bytes.js';
import { readReportSignature } from './error-report.js';
import { serviceErrorIn, serviceIn } from './service-events.js';
import { fieldOf, shortProvider, type WindowsEvent, wordsOf } from './windows-event.js';

/** What decides which row of the table an event is; each has its observation `event.…`, or one of `exception.…`. */
interface EventFacts {
  pool?: string;
  code?: string;
  process?: string;
  file?: string;
  service?: string;
  account?: string;
  webCode?: number;
  logonType?: number;
  alert?: number;
  exceptionType?: string;
  exceptionMessage?: string;
  application?: string;
  method?: string;
  url?: string;
}

const observationOf = {
  pool: 'event.pool',
  code: 'event.code',
  process: 'event.process',
  file: 'event.file',
  service: 'event.service',
  account: 'event.account',
  webCode: 'event.web-code',
  logonType: 'event.logon-type',
  alert: 'event.alert',
  exceptionType: 'exception.type',
  exceptionMessage: 'exception.message',
  application: 'event.application',
  method: 'event.method',
  url: 'event.url',
} as const satisfies Record<keyof EventFacts, string>;

/** The same event again: first and last time and how often, instead of all its facts again. */
interface Seen {
  event: WindowsEvent;
  facts: EventFacts;
  times: string[];
  count: number;
}

/** So many different ones of one number are kept: a page that fails a thousand ways must not hide the crash behind it. */
const mostOfOneNumber = 200;

/** Collects what each event says; one that says the same as one before it only counts. */
export class EventFactCollector {
  readonly #seen = new Map<string, Seen>();
  readonly #ofNumber = new Map<string, number>();

  add(event: WindowsEvent, gather: ObservationCollector): void {
    const number = JSON.stringify([shortProvider(event.provider), event.id]);
    const different = this.#ofNumber.get(number) ?? 0;
    // What comes in too many ways is counted together from then on.
    const facts = different < mostOfOneNumber ? factsOf(event) : {};
    const key = `${number} ${JSON.stringify(facts)}`;
    const known = this.#seen.get(key);
    if (known) {
      known.count++;
      if (event.time) known.times.push(event.time);
    } else if (gather.hasRoom(this.#seen.size, 'different events')) {
      this.#ofNumber.set(number, different + 1);
      this.#seen.set(key, { event, facts, times: event.time ? [event.time] : [], count: 1 });
    }
  }

  /** Adds the observations of each different event: all of one event carry its number. */
  observe(gather: ObservationCollector): void {
    for (const { event, facts, times, count } of this.#seen.values()) {
      const place = placeOf(event);
      gather.add('event.provider', event.provider, { ...place, field: 'Provider' });
      if (event.id !== undefined) gather.add('event.id', event.id, { ...place, field: 'EventID' });
      times.sort();
      if (times[0] !== undefined) gather.add('event.time', times[0], { ...place, field: 'TimeCreated' });
      if (count > 1) gather.add('event.count', count, place);
      if (count > 1 && times.length > 1)
        gather.add('event.last-time', times.at(-1)!, { ...place, field: 'TimeCreated' });
      for (const [name, value] of Object.entries(facts) as [keyof EventFacts, never][])
        if (value !== undefined) gather.add(observationOf[name], value, { ...place, field: fieldNames[name] });
      const words = boundedField(shownWords(event, facts)).trim();
      if (words !== '') gather.add('event.message', words, { ...place, field: 'Message' });
    }
  }
}

/** Where the facts of an event are. A proof names an event only as the text does. */
function placeOf({ number, provider, id, headless }: WindowsEvent): FactPlace {
  if (headless) return { event: number };
  return { event: number, eventName: [provider, id].filter(Boolean).join(' ') };
}

/** Providers whose texts and values speak of pools, files and codes, never of people. */
const technical =
  /^(?:was|w3svc|w3svc-wp|httpevent|httpservice|httpplatformhandler|iis-configuration|iis aspnetcore module(?: v2)?|\.net runtime|application error|windows error reporting|schannel|scecli)$/;

/**
 * The words of an event that may be shown. Other events list people below their first line, under labels in any language:
 * of them the first line counts, and of an ASP.NET event the exception, which has observations of its own.
 */
function shownWords(event: WindowsEvent, facts: EventFacts): string {
  const provider = shortProvider(event.provider);
  if (provider === 'asp.net') return facts.exceptionMessage ? '' : (event.plain[1] ?? '');
  const words = technical.test(provider)
    ? withoutDataBytes(event.message ?? '') || event.plain.filter((value) => value.length > 1).join('; ')
    : (firstSentence(event.message) ?? '');
  // What a program was started with is no matter of the event, and may hold anything; `.\name` is a local account.
  return words
    .replace(/\b(command ?line) '[^'\n]{0,2000}'(?=(\w)?)/gi, (_, name, glued) => `${name} …${glued ? ' ' : ''}`)
    .replace(/(?<=[\s'"])\.\\[^\s'"]{1,64}/g, '…');
}

/** What the fields are called where people see them. */
const fieldNames: Record<keyof EventFacts, string> = {
  pool: 'AppPoolID',
  code: 'ErrorCode',
  process: 'Process',
  file: 'File',
  service: 'Service',
  account: 'Account',
  webCode: 'Event code',
  logonType: 'LogonType',
  alert: 'AlertDesc',
  exceptionType: 'Exception type',
  exceptionMessage: 'Exception message',
  application: 'Application Path',
  method: 'Stack trace',
  url: 'Request path',
};

function factsOf(event: WindowsEvent): EventFacts {
  const provider = shortProvider(event.provider);
  const words = wordsOf(event);
  const facts: EventFacts = { code: codeIn(event, provider, words), account: accountIn(words) };
  if (/^(was|w3svc|w3svc-wp)$/.test(provider)) {
    facts.pool = poolIn(event);
    facts.file = dllIn(words);
  } else if (provider === 'asp.net') Object.assign(facts, webEventIn(event));
  else if (provider === 'application error' || provider === 'windows error reporting')
    Object.assign(facts, crashIn(event, words));
  else if (provider === '.net runtime') {
    facts.process = /:\s{0,4}([\w .-]{1,60}\.exe)\b/i.exec(words)?.[1]?.trim();
    Object.assign(facts, exceptionIn(words));
  } else if (provider.startsWith('iis aspnetcore module')) Object.assign(facts, exceptionIn(words));
  else if (provider === 'service control manager') facts.service = fieldOf(event, ['param1'], 0) ?? serviceIn(words);
  else if (provider === 'schannel')
    facts.alert = numberIn(fieldOf(event, ['AlertDesc'], 0) ?? alertIn.exec(words)?.[1]);
  else if (event.id === 4625) Object.assign(facts, failedLogonIn(event, words));
  return facts;
}

/** The number of a TLS alert ends the first sentence that ends with a number: `A fatal alert was received: 51.` */
const alertIn = /(?<![\w.:,-])(\d{1,3})(?=[.。](?:\s|$)|\s*$)/m;

/** The pool of a WAS or W3SVC event: its own field, the first value that can be a pool, or where the sentence names it. */
export function poolIn(event: WindowsEvent): string | undefined {
  const words = (event.message ?? '').slice(0, 4000);
  const value = event.plain.find((v) => v !== '' && !/^(?:\d+|https?|net\.\w+|msmq\.\w+)$/.test(v));
  const name =
    fieldOf(event, ['AppPoolID', 'AppPoolId', 'AppPoolName', 'ApplicationPool']) ??
    value ??
    /\bapplication pool(?: with id)? ['"‘’“„]([^'"‘’“”\n]{1,64})['"‘’“”]/i.exec(words)?.[1] ??
    // "The application pool identity is invalid" speaks of the identity.
    /\bapplication pool (?!identity\b)([^'"\n]{1,64}?) (?:is|has|may|could|was)\b/i.exec(words)?.[1] ??
    // In other languages the sentence of these events quotes nothing else first.
    (firstQuoted.has(event.id ?? 0) ? /["'„“«「『]([^"'„“”»«」』\n]{1,64})["'“”»」』]/.exec(words)?.[1] : undefined);
  return name !== undefined && isPoolName(name) && !/\.(dll|config)$/i.test(name) ? name : undefined;
}

const firstQuoted = new Set([5002, 5009, 5010, 5011, 5012, 5013, 5021, 5057, 5059, 5117]);

/** A code as the event gives it, as an HRESULT or NTSTATUS in eight digits; numbers of Windows become HRESULTs. */
function codeIn(event: WindowsEvent, provider: string, words: string): string | undefined {
  const status = event.id === 4625 || event.id === 4776 || event.id === 4771;
  const own = status
    ? [fieldOf(event, ['SubStatus']), fieldOf(event, ['Status'])].find((v) => v && Number(v) !== 0)
    : fieldOf(event, ['ErrorCode', 'ExceptionCode', 'Status', 'ErrorState']);
  if (own && /^0x[0-9a-f]{1,8}$/i.test(own)) return hresult(Number(own));
  // A process that ends with an exception of .NET: the code of the exception is behind that of the call.
  const ended = /\bErrorCode = '0x80004005 ?: ?(?:0x)?([ce]0[0-9a-f]{6})\b/i.exec(words);
  if (ended) return `0x${ended[1]!.toLowerCase()}`;
  const named = /\b(?:ErrorCode|hr|Exception code|HRESULT|Sub ?Status)\s{0,4}[=:]?\s{0,4}'?(0x[0-9a-f]{8})\b/i.exec(
    words,
  );
  if (named && Number(named[1]) !== 0) return hresult(Number(named[1]));
  const message = /%%(\d{1,5})\b/.exec(words);
  if (provider === 'service control manager') {
    const number = message ? Number(message[1]) : serviceErrorIn(words);
    if (number !== undefined) return hresult(number);
  }
  const binary = /^(?:was|w3svc|w3svc-wp|iis-configuration|httpevent)$/.test(provider) && littleEndian(event.binary);
  if (binary) return hresult(binary);
  const codes = [...words.matchAll(/\b0x([0-9a-f]{8})\b/gi)]
    .map((m) => Number(`0x${m[1]}`))
    .filter((n) => n >= 0x80000000);
  // Of two codes of a logon the second says more; their labels are translated.
  const loose = status ? codes.at(-1) : codes[0];
  return loose === undefined ? undefined : hresult(loose);
}

function littleEndian(hex: string | undefined): number {
  const digits = hex?.replace(/[\s-]/g, '').slice(0, 8) ?? '';
  if (!/^[0-9a-f]{8}$/i.test(digits)) return 0;
  return Number(`0x${digits.match(/../g)!.reverse().join('')}`);
}

function hresult(code: number): string | undefined {
  if (!Number.isFinite(code) || code === 0) return undefined;
  const full = code < 0x1_0000 ? 0x80070000 + code : code;
  return `0x${full.toString(16).padStart(8, '0')}`;
}

/** Only accounts that are no persons are named: pools, built-in accounts, the anonymous logon. */
function accountIn(words: string): string | undefined {
  const found =
    /\b(?:IIS APPPOOL\\[\w .-]{1,64}?|NT AUTHORITY\\(?:NETWORK SERVICE|LOCAL SERVICE|SYSTEM|ANONYMOUS LOGON|IUSR))(?=['"\s,.;]|$)/i.exec(
      words,
    );
  if (!found) return undefined;
  const sid = sidOfName(found[0]);
  return /^IIS APPPOOL/i.test(found[0]) || (sid && (nameOfSid(sid) || isPoolSid(sid))) ? found[0] : undefined;
}

function dllIn(words: string): string | undefined {
  return /(?:[A-Za-z]:|%\w{3,20}%)\\[^\n"'<>|*?]{1,240}?\.(?:dll|exe|config)\b/i.exec(words)?.[0];
}

const typeName = /\b((?:[A-Za-z_]\w{0,80}\.){0,10}[A-Za-z_]\w{0,80}(?:Exception|Error))\b/;

/** The first exception a text names, with the sentence behind it. */
function exceptionIn(words: string): Pick<EventFacts, 'exceptionType' | 'exceptionMessage'> {
  for (const line of words.split('\n')) {
    const found = line.length > 4000 ? null : typeName.exec(line);
    if (!found || found[1]!.length < 12) continue;
    const behind = line
      .slice(found.index + found[0].length)
      .replace(/^['"]?\s*[:：]\s*/, '')
      .trim();
    return { exceptionType: found[1], ...(behind.length > 5 && { exceptionMessage: behind }) };
  }
  return {};
}

/** Places of an ASP.NET event's values, the same since ASP.NET 2.0. */
const webEvent = { code: 0, application: 11, exceptionType: 17, exceptionMessage: 18, path: 20, stack: 29 } as const;

function webEventIn(event: WindowsEvent): EventFacts {
  if (event.plain.length > webEvent.exceptionMessage) {
    const path = event.plain[webEvent.path];
    return {
      webCode: numberIn(event.plain[webEvent.code]),
      exceptionType: event.plain[webEvent.exceptionType] || undefined,
      exceptionMessage: firstLine(event.plain[webEvent.exceptionMessage]),
      application: folderIn([event.plain[webEvent.application] ?? '']),
      method: ownMethodIn(`${event.plain[webEvent.exceptionMessage]}\n${event.plain[webEvent.stack] ?? ''}`),
      url: path?.startsWith('/') ? path : undefined,
    };
  }
  const lines = (event.message ?? '').slice(0, 16_000).split(/\r?\n/);
  const values = lines.map((line) => /^[^:：\n]{2,60}[:：][ \t]?(.*)$/.exec(line)?.[1]?.trim() ?? '');
  const type = values.findIndex((value) => value.length < 200 && typeName.exec(value)?.[0] === value);
  return {
    webCode: numberIn(values.find((value) => /^\d{4,6}$/.test(value))),
    ...(type >= 0 && { exceptionType: values[type], exceptionMessage: values[type + 1] || undefined }),
    application: folderIn(type >= 0 ? values.slice(0, type) : values),
    method: ownMethodIn(lines.join('\n')),
    url: values.find((value, i) => i > type && /^\/[^\s/][^\s]*$/.test(value)),
  };
}

/** The folder among the values: ASP.NET ends it with a backslash. One with spaces might be a sentence, and is left out. */
function folderIn(values: readonly string[]): string | undefined {
  return values.find((value) => /^[A-Za-z]:\\(?:Program Files(?: \(x86\))?\\)?[\w.()\\-]{1,200}\\$/.test(value));
}

/** The first method of the stack that is not of .NET: its name tells whose code it is. The word before it is translated. */
function ownMethodIn(stack: string): string | undefined {
  for (const line of stack.slice(0, 16_000).split(/\r?\n/)) {
    const method =
      line.length > 1000 ? null : /^\s{1,12}\S{1,8} ((?:[\w<>`+$]{1,100}\.){1,12}[\w<>`$]{1,100})\(/.exec(line);
    if (method && !/^(?:System|Microsoft|ASP)\./.test(method[1]!)) return method[1];
  }
  return undefined;
}

/** The first line; where it ends with a colon, what it announces is in the next. */
function firstSentence(text: string | undefined): string | undefined {
  const [line = '', next = ''] = text?.split('\n', 2) ?? [];
  return (
    (/(?:error|following)[^:]{0,20}:\s*$/i.test(line) ? `${line.trim()} ${next.trim()}` : line.trim()) || undefined
  );
}

function firstLine(text: string | undefined): string | undefined {
  return text?.split('\n', 1)[0]?.trim() || undefined;
}

/** Application Error 1000 and Windows Error Reporting 1001: which program, which module, which exception code. */
function crashIn(event: WindowsEvent, words: string): EventFacts {
  const reporting = shortProvider(event.provider) === 'windows error reporting';
  const [programAt, moduleAt, codeAt] = reporting ? [5, 8, 11] : [0, 3, 6];
  const line = readCrashLine(words);
  const signature = reporting ? readReportSignature(words) : new Map<string, string>();
  if (signature.get('kind') === 'CLR20r3') return managedCrash(signature);
  const program =
    fieldOf(event, ['AppName', 'P1'], programAt) ??
    line?.program ??
    /[:：] ?([\w .-]{1,60}\.exe)(?=,|\s*$)/im.exec(words)?.[1];
  const module =
    fieldOf(event, ['ModuleName', 'P4'], moduleAt) ??
    line?.module ??
    (reporting
      ? (signature.get('P4') ?? /^P4[:：] ?([^\n]{1,80})$/m.exec(words)?.[1])
      : words
          .split('\n')
          .map((l) => /[:：] ?([\w .-]{1,80}(?:\.\w{2,4})?), /.exec(l)?.[1])
          .filter(Boolean)[1]);
  const code =
    fieldOf(event, ['ExceptionCode', 'P7'], codeAt) ??
    line?.code ??
    signature.get('P7') ??
    /\b0x([c8e][0-9a-f]{7})\b/i.exec(withoutVersions(words))?.[1];
  const digits = code?.replace(/^0x/i, '');
  return {
    process: program?.trim(),
    file: module?.trim(),
    ...(digits && /^[0-9a-f]{8}$/i.test(digits) && { code: `0x${digits.toLowerCase()}` }),
  };
}

/** CLR20r3 is an exception of .NET: the signature names the program, the assembly that threw it, and its type. */
function managedCrash(signature: ReadonlyMap<string, string>): EventFacts {
  const program = signature.get('P1');
  const type = typeName.exec(signature.get('P9') ?? '')?.[1];
  return {
    process: program && /([^\\]{1,60})$/.exec(program)?.[1],
    file: signature.get('P4'),
    code: '0xe0434352',
    ...(type && { exceptionType: type }),
  };
}

/** 4625: which kind of logon failed, and which program of this computer asked for it. Of a text the shapes count. */
function failedLogonIn(event: WindowsEvent, words: string): EventFacts {
  const type = fieldOf(event, ['LogonType']) ?? /^[ \t]*[^:：\n]{2,60}[:：][ \t]*(\d{1,2})[ \t]*$/m.exec(words)?.[1];
  const program = fieldOf(event, ['ProcessName']) ?? /[A-Za-z]:\\[^\n:*?"<>|]{1,240}\.exe\b/i.exec(words)?.[0];
  return { logonType: numberIn(type), process: program && /([^\\]{1,60}\.exe)$/i.exec(program)?.[1] };
}

/** Lines that name a program with its version also hold its time stamp, which looks like a code. */
function withoutVersions(words: string): string {
  return words
    .split('\n')
    .filter((line) => !/, [^\n]{0,40}\d\.\d/.test(line))
    .join('\n');
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined;
}
