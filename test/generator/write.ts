import { areas, type EventName, events, providers } from './catalogue.js';
import { enumerations, messages, reasons } from './texts.js';

/** Writes logs byte for byte in the form of IIS 10: fixed attribute order, one space of indentation a level, CRLF. */

export interface LogRequest {
  url: string;
  siteId: number;
  pool: string;
  processId: number;
  verb: string;
  /** Absent when no user was established; then the three user attributes are not written. */
  user?: { remote: string; name: string; token: string };
  authenticationType: string;
  activityId: string;
  failureReason: string;
  statusCode: string;
  triggerStatusCode: string;
  timeTaken: number;
  server: string;
  culture: string;
  threadId: number;
}

export interface LogEvent {
  name: EventName | { name: string; area: keyof typeof areas; level: number; opcode: number };
  /** UTC milliseconds. */
  time: number;
  fields: readonly (readonly [string, string])[];
  /** Numbers of ErrorCode fields that get no text, as when the lookup of the text fails. */
  withoutText?: boolean;
}

/** Changes to the finished file, by a person or by IIS. */
export interface Damage {
  /** IIS: later events are missing and the last one says so. */
  truncateAfter?: number;
  /** A copy that stopped: share of the bytes that is left, 0 to 1. */
  cutAt?: number;
  encoding?: 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'utf-16le-unmarked' | 'windows-1252';
  lineEnds?: 'lf' | 'cr';
  /** Events to leave out from the front: the rule's verbosity did not ask for them. */
  startAt?: number;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => escapes[c]!);
}

/** Returns the start tag. Pool name and verb are not escaped, because IIS does not escape them. */
function rootTag(r: LogRequest): string {
  const pad = ' '.repeat(15);
  const lines = [
    `<failedRequest url="${escaped(r.url)}"`,
    `${pad}siteId="${r.siteId}"`,
    `${pad}appPoolId="${r.pool}"`,
    `${pad}processId="${r.processId}"`,
    `${pad}verb="${r.verb}"`,
  ];
  const activity = `activityId="${r.activityId}"`;
  if (r.user) {
    lines.push(
      `${pad}remoteUserName="${escaped(r.user.remote)}"`,
      `${pad}userName="${escaped(r.user.name)}"`,
      `${pad}tokenUserName="${escaped(r.user.token)}"`,
      `${pad}authenticationType="${escaped(r.authenticationType)}"`,
      `${pad}${activity}`,
    );
  } else {
    // The line break is missing here in real logs too.
    lines.push(`${pad}authenticationType="NOT_AVAILABLE"${pad}${activity}`);
  }
  lines.push(
    `${pad}failureReason="${r.failureReason}"`,
    `${pad}statusCode="${r.statusCode}"`,
    `${pad}triggerStatusCode="${r.triggerStatusCode}"`,
    `${pad}timeTaken="${r.timeTaken}"`,
    `${pad}xmlns:freb="http://schemas.microsoft.com/win/2006/06/iis/freb"`,
    `${pad}>`,
  );
  return lines.join('\r\n');
}

/** Returns the text beside an error code: message, a bare CR, the number in hexadecimal; empty when Windows has no message. */
function errorText(code: number, culture: string): string | null {
  const bare = code >>> 0 >= 0x80070000 && code >>> 0 <= 0x8007ffff ? (code >>> 0) & 0xffff : code;
  const text = messages[culture]?.[bare] ?? messages['en-US']?.[bare];
  return text === undefined ? null : `${text}\r (0x${(code >>> 0).toString(16)})`;
}

function description(event: LogEvent, name: string, field: string, value: string, culture: string): string | null {
  if (field === 'ErrorCode') return event.withoutText || value === '' ? null : errorText(Number(value), culture);
  if (field === 'Reason' || field === 'Result') return reasons[name]?.[value] ?? null;
  return enumerations[field]?.[value] ?? null;
}

function eventElement(event: LogEvent, request: LogRequest): string {
  const known = typeof event.name === 'string' ? events[event.name] : undefined;
  const name = typeof event.name === 'string' ? event.name : event.name.name;
  const area = areas[typeof event.name === 'string' ? known![0] : event.name.area];
  const level = typeof event.name === 'string' ? known![1] : event.name.level;
  const opcode = typeof event.name === 'string' ? known![2] : event.name.opcode;
  const aspNet = area.provider === 'ASPNET';
  const version = aspNet || name === 'LOG_FILE_MAX_SIZE_TRUNCATE' ? 0 : 1;
  const data: (readonly [string, string])[] = [...event.fields];
  if (name !== 'LOG_FILE_MAX_SIZE_TRUNCATE') {
    if (aspNet) data.unshift(['ConnID', '0'], ['Context ID', request.activityId]);
    else data.unshift(['ContextId', request.activityId]);
  }
  const described = event.fields
    .map(([field, value]) => [field, description(event, name, field, value, request.culture)] as const)
    .filter((d): d is readonly [string, string] => d[1] !== null);
  return [
    '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">',
    ' <System>',
    `  <Provider Name="${area.provider}" Guid="${providers[area.provider]}"/>`,
    '  <EventID>0</EventID>',
    `  <Version>${version}</Version>`,
    `  <Level>${level}</Level>`,
    `  <Opcode>${opcode}</Opcode>`,
    `  <Keywords>${area.keywords}</Keywords>`,
    `  <TimeCreated SystemTime="${new Date(event.time).toISOString()}"/>`,
    `  <Correlation ActivityID="${request.activityId}"/>`,
    `  <Execution ProcessID="${request.processId}" ThreadID="${request.threadId}"/>`,
    `  <Computer>${escaped(request.server)}</Computer>`,
    ' </System>',
    ' <EventData>',
    ...data.map(([field, value]) => `  <Data Name="${field}">${escaped(value)}</Data>`),
    ' </EventData>',
    ` <RenderingInfo Culture="${request.culture}">`,
    `  <Opcode>${name}</Opcode>`,
    ...('keyword' in area && area.keyword
      ? ['  <Keywords>', `   <Keyword>${area.keyword}</Keyword>`, '  </Keywords>']
      : []),
    ...described.map(([field, text]) => `  <freb:Description Data="${field}">${escaped(text)}</freb:Description>`),
    ' </RenderingInfo>',
    ' <ExtendedTracingInfo xmlns="http://schemas.microsoft.com/win/2004/08/events/trace">',
    `  <EventGuid>${area.guid}</EventGuid>`,
    ' </ExtendedTracingInfo>',
    '</Event>',
  ].join('\r\n');
}

/** Returns the log as text, damage of the content included. */
function writeText(request: LogRequest, all: readonly LogEvent[], damage: Damage = {}): string {
  let list = all.slice(damage.startAt ?? 0);
  if (damage.truncateAfter !== undefined && damage.truncateAfter < list.length) {
    const time = list[damage.truncateAfter]!.time;
    list = [...list.slice(0, damage.truncateAfter), { name: 'LOG_FILE_MAX_SIZE_TRUNCATE', time, fields: [] }];
  }
  const text = [
    '<?xml version="1.0" encoding="UTF-8" ?>',
    "<?xml-stylesheet type='text/xsl' href='freb.xsl'?>",
    '<!-- saved from url=(0014)about:internet -->',
    rootTag(request),
    ...list.map((e) => eventElement(e, request)),
    '</failedRequest>',
  ].join('\r\n');
  return damage.lineEnds === 'lf'
    ? text.replaceAll('\r\n', '\n')
    : damage.lineEnds === 'cr'
      ? text.replaceAll('\r\n', '\r')
      : text;
}

/** Returns the log as bytes, re-saving and cutting included. */
export function writeBytes(request: LogRequest, all: readonly LogEvent[], damage: Damage = {}): Buffer {
  const text = writeText(request, all, damage);
  let bytes: Buffer;
  if (damage.encoding === 'utf-8-bom') bytes = Buffer.from(`\ufeff${text}`);
  else if (damage.encoding === 'utf-16le') bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  else if (damage.encoding === 'utf-16le-unmarked') bytes = Buffer.from(text, 'utf16le');
  else if (damage.encoding === 'utf-16be') bytes = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  else if (damage.encoding === 'windows-1252') bytes = Buffer.from(text, 'latin1');
  else bytes = Buffer.from(text);
  return damage.cutAt === undefined ? bytes : bytes.subarray(0, Math.floor(bytes.length * damage.cutAt));
}
