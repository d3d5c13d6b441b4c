import { mostColumns } from './columns.js';

/** Reasons that HTTP.sys writes, by which a line of an httperr log is known. Microsoft, "Types of errors logged by the HTTP Server API". */
export const httperrReasons = [
  'AppOffline',
  'Disabled',
  'AppShutdown',
  'AppPoolTimer',
  'QueueFull',
  'ConnLimit',
  'Connections_Refused',
  'Internal',
  'N/I',
  'Connection_Abandoned_By_AppPool',
  'Connection_Abandoned_By_ReqQueue',
  'Connection_Dropped',
  'Connection_Dropped_List_Full',
  'Client_Reset',
  'Request_Cancelled',
  'BadRequest',
  'EntityTooLarge',
  'FieldLength',
  'Forbidden',
  'Header',
  'Invalid_CR/LF',
  'LengthRequired',
  'Number',
  'Precondition',
  'RequestLength',
  'URL',
  'URL_Length',
  'Verb',
  'Version_N/S',
  'Timer_AppPool',
  'Timer_ConnectionIdle',
  'Timer_EntityBody',
  'Timer_HeaderWait',
  'Timer_MinBytesPerSecond',
  'Timer_Response',
  'Timer_SslRenegotiation',
  'Hostname',
  'NotFound',
  'N/A',
] as const;

const reasons: ReadonlySet<string> = new Set(httperrReasons);

/**
 * Finds the columns of a line that came without its `#Fields:` line, by the shape of its values and not by their order:
 * date and time; verb and path; the triple of status, substatus and Windows code, or the reason of HTTP.sys. Null for
 * what is not such a line.
 */
export function guessFields(values: readonly string[]): string[] | null {
  if (values.length > mostColumns || values.length < 6) return null;
  const date = values.findIndex((v, i) => /^\d{4}-\d\d-\d\d$/.test(v) && /^\d\d:\d\d:\d\d$/.test(values[i + 1] ?? ''));
  const verb = values.findIndex(
    (v, i) => /^[A-Z]{3,20}$/.test(v) && /^(?:\/|\*$|https?:\/\/)/.test(values[i + 1] ?? ''),
  );
  const reason = values.findIndex((v) => reasons.has(v));
  // A line has its time, or the address of a client; a sentence that quotes "GET /a" has neither.
  if (date < 0 && (verb < 0 || !values.some(isAddress))) return null;
  const fields = values.map((_, n) => `x-${n}`);
  if (date >= 0) {
    fields[date] = 'date';
    fields[date + 1] = 'time';
  }
  if (verb >= 0) {
    fields[verb] = 'cs-method';
    fields[verb + 1] = 'cs-uri-stem';
  }
  if (reason >= 0) return nameReason(fields, values, reason, verb);
  return verb < 0 ? null : nameTriple(nameAddresses(fields, values, verb), values);
}

/** IIS writes the address of the server right before the verb, and the client's somewhere behind the path. Both stay behind. */
function nameAddresses(fields: string[], values: readonly string[], verb: number): string[] {
  const client = values.findIndex((value, i) => i > verb + 1 && isAddress(value));
  if (verb > 0 && isAddress(values[verb - 1]!)) fields[verb - 1] = 'x-s-ip';
  if (client >= 0) fields[client] = 'c-ip';
  return fields;
}

/** HTTP.sys writes status, site, reason and queue beside each other in every version. */
function nameReason(fields: string[], values: readonly string[], reason: number, verb: number): string[] | null {
  const status = values[reason - 2] ?? '';
  if (!/^(?:-|[1-5]\d\d)$/.test(status) || !/^(?:-|\d{1,10})$/.test(values[reason - 1] ?? '')) return null;
  fields[reason - 2] = 'sc-status';
  fields[reason - 1] = 's-siteid';
  fields[reason] = 's-reason';
  if (reason + 1 < values.length) fields[reason + 1] = 's-queuename';
  if (verb >= 0) fields[verb + 1] = 'cs-uri';
  const port = values.findLastIndex((v, i) => i < (verb < 0 ? reason - 2 : verb) && /^\d{1,5}$/.test(v));
  if (port > 0 && isAddress(values[port - 1]!)) fields[port] = 's-port';
  return fields;
}

/** IIS writes status, substatus and Windows code beside each other, whatever is before and behind them. */
function nameTriple(fields: string[], values: readonly string[]): string[] | null {
  for (let i = 0; i + 2 < values.length; i++) {
    if (!fields[i]!.startsWith('x-') || !/^[1-5]\d\d$/.test(values[i]!)) continue;
    const [substatus, code] = [values[i + 1]!, values[i + 2]!];
    if (!/^\d{1,4}$/.test(substatus) || !/^\d{1,10}$/.test(code) || Number(code) > 0xffffffff) continue;
    if (!fields[i + 1]!.startsWith('x-') || !fields[i + 2]!.startsWith('x-')) continue;
    fields[i] = 'sc-status';
    fields[i + 1] = 'sc-substatus';
    // Of two numbers at the end, a log without the Windows code has bytes and time.
    const isSize = values.length === i + 4 && /^\d+$/.test(values[i + 3]!) && !windowsCode(Number(code), values[i]!);
    fields[i + 2] = isSize ? `number-${i + 2}` : 'sc-win32-status';
    for (let n = i + 3; n < values.length; n++) if (/^\d+$/.test(values[n]!)) fields[n] = `number-${n}`;
    return fields;
  }
  return null;
}

/** Codes of Windows that IIS logs are below 200 or known to be logged, or are HRESULTs; other numbers may be sizes. */
function windowsCode(code: number, status: string): boolean {
  return code < 200 || code > 0x8000_0000 || loggedCodes.has(code) || (isOfProxy.test(status) && isOfWinHttp(code));
}

/** A proxy answers 502 or 504, with the code of WinHTTP behind it. */
const isOfProxy = /^50[24]$/;

/** WinHTTP has 12001 to 12186 (winhttp.h). */
function isOfWinHttp(code: number): boolean {
  return code >= 12_001 && code <= 12_186;
}

const loggedCodes: ReadonlySet<number> = new Set([
  995, 1167, 1214, 1225, 1229, 1236, 1314, 1326, 1330, 1331, 1346, 1355, 1385, 1396, 1460, 1789, 1907, 1909,
]);

/** IPv6 without its short form `::` has seven colons; a time of day has two. */
function isAddress(text: string): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return true;
  return /^[0-9a-f:]{2,39}(?:%\d{1,10})?$/i.test(text) && (text.includes('::') || text.split(':').length === 8);
}
