import type { WindowsEvent } from '../windows-event.js';
import { isKnownProvider } from './event-text.js';
import { readEventTime } from './event-time.js';

/** PowerShell's names of an event's properties; they are the same in every language. */
const propertyNames = {
  id: ['id', 'eventid', 'instanceid'],
  provider: ['providername', 'source', 'logsource'],
  time: ['timecreated', 'timegenerated', 'timewritten'],
  message: ['message'],
  computer: ['machinename'],
} as const;

type Properties = Map<string, string>;

/** Returns the events that Get-WinEvent and Get-EventLog print as a list: `Name : value`, the rest of a value indented. */
export function findListedEvents(text: string): WindowsEvent[] {
  if (!/^(?:ProviderName|Source) {0,20}:/m.test(text)) return [];
  const found: Properties[] = [];
  let current: Properties = new Map();
  let name: string | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const property = line.length > 20_000 ? null : /^([A-Za-z]{2,24})\s{0,24}: ?(.*)$/.exec(line);
    if (property && isProperty(property[1]!)) {
      name = property[1]!.toLowerCase();
      if (current.has(name)) {
        found.push(current);
        current = new Map();
      }
      current.set(name, property[2]!);
    } else if (name !== undefined && (/^\s/.test(line) || line === '')) {
      const value = current.get(name)!;
      if (value.length < 16_000) current.set(name, `${value}\n${line.trim()}`);
    }
  }
  if (current.size > 0) found.push(current);
  return found.flatMap((properties) => eventOf(properties) ?? []).map(numberEvent);
}

const listProperties =
  /^(?:message|id|version|qualifiers|level|task|opcode|keywords|recordid|provider(?:name|id)|logname|(?:process|thread)id|machinename|userid|timecreated|(?:related)?activityid|containerlog|matchedqueryids|bookmark|(?:level|opcode|task)displayname|keywordsdisplaynames|properties|index|entrytype|instanceid|eventid|category(?:number)?|replacementstrings|source|time(?:generated|written)|username|site|container|data)$/i;

function isProperty(name: string): boolean {
  return listProperties.test(name);
}

/** Returns the events of a CSV file: of Export-Csv by the names of its columns, of Event Viewer by the shape of its rows. */
export function findCsvEvents(text: string): WindowsEvent[] {
  const start = text.replace(/^#TYPE[^\n]*\n/, '');
  const header = start.slice(0, 2000).split('\n', 1)[0]!;
  if (header.length === 2000) return [];
  const separator = [',', ';', '\t'].find((s) => header.split(s).length >= 3);
  if (separator === undefined) return [];
  const [names, ...rows] = splitCsv(start, separator);
  if (!names) return [];
  const columns = names.map((name) => name.trim().toLowerCase());
  const named =
    propertyNames.id.some((n) => columns.includes(n)) && propertyNames.provider.some((n) => columns.includes(n));
  const events = named
    ? rows.map((row) => eventOf(new Map(columns.map((column, i) => [column, row[i] ?? '']))))
    : rows.map(viewerRow);
  return events.flatMap((event) => event ?? []).map(numberEvent);
}

/** Event Viewer's columns are level, date, source and number, in this order in every language; the text has no heading. */
function viewerRow(row: readonly string[]): WindowsEvent | undefined {
  const [, date, provider, id, , ...rest] = row;
  if (!date || !provider || !/^\d{1,5}$/.test(id ?? '') || !/\d[./:-]\d/.test(date)) return undefined;
  return { ...blank(provider, Number(id)), time: readEventTime(date), message: rest.join('\n').trim() };
}

function eventOf(properties: Properties): WindowsEvent | undefined {
  const get = (names: readonly string[]) =>
    names.map((name) => properties.get(name)?.trim()).find((value) => value !== undefined && value !== '');
  const provider = get(propertyNames.provider);
  const number = Number(get(propertyNames.id));
  if (!provider || !Number.isInteger(number) || number <= 0) return undefined;
  const message = get(propertyNames.message);
  if (message === undefined && !isKnownProvider(provider)) return undefined;
  // InstanceId carries the severity in its upper bits.
  const event = blank(provider, number % 65_536);
  return { ...event, time: readEventTime(get(propertyNames.time)), computer: get(propertyNames.computer), message };
}

function blank(provider: string, id: number): WindowsEvent {
  return { number: 0, id, provider: provider.slice(0, 120), data: new Map(), plain: [] };
}

function numberEvent(event: WindowsEvent, index: number): WindowsEvent {
  return { ...event, number: index + 1 };
}

/** Rows of a CSV text; a quoted value may hold separators, line ends and doubled quotes. Linear in the text. */
function splitCsv(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    // A quote opens a value only at its beginning; looking no further back keeps the time linear.
    if (text[at] === '"' && at - from < 3 && text.slice(from, at).trim() === '') {
      let end = text.indexOf('"', at + 1);
      while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
      if (end < 0) break;
      at = end;
      continue;
    }
    const sign = text[at];
    if (sign !== separator && sign !== '\n' && at < text.length) continue;
    row.push(unquote(text.slice(from, at).trim()));
    from = at + 1;
    if (sign === separator) continue;
    if (row.some((value) => value !== '')) rows.push(row);
    row = [];
  }
  return rows;
}

function unquote(value: string): string {
  return value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value;
}
