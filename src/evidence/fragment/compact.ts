import { stageNumber } from '../freb/codes.js';

/**
 * The lines of freb.xsl's Compact View and of its Errors & Warnings table, the forms people copy out of a browser:
 * `93. MODULE_SET_RESPONSE_ERROR_STATUS Warning ModuleName="IIS Web Core", … ErrorCode="text (0x80070542)" 12:35:28.130`.
 * Cells may be separated by tabs, bars or nothing; the severity may stick to the name; values may run over two lines.
 */
export interface CompactEvent {
  /** The number in front of the line, or the position in the text. */
  number: number;
  name: string;
  level: number;
  fields: [name: string, value: string][];
  /** True when the text holds only the fields, and the name follows from them. */
  unnamed?: true;
}

const start =
  /^[\s|+>-]*(?:(\d{1,6})\.[\s|+-]*)?(?:[Vv]iew [Tt]race[\s|]*)?(?:(?:Critical|Error|Warning|Information(?:al)?|Verbose)[\s|+-]+)?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?![A-Za-z0-9_])/;
const severities: Record<string, number> = {
  critical: 1,
  error: 2,
  warning: 3,
  informational: 4,
  information: 4,
  verbose: 5,
};

/** Names of fields that are on their own line in the Errors & Warnings table, value behind a gap. */
const listed =
  /^(ModuleName|Notification|NotificationStatus|HttpStatus|HttpReason|HttpSubStatus|ErrorCode|ErrorDescription|ConfigExceptionInfo|FileName|PhysicalPath|RequestURL|RequestVerb|SiteId|AppPoolId|BytesSent|NewHandlerName|NewHandlerModules|Successful|Data1|Data2|Reason|RuleName|TokenImpersonationLevel|AuthType|fIsPostNotification(?:Event)?)(?:[ \t|]*:[ \t|]*|[ \t|]+|$)([^\n]*)$/;

/** A code that does not go on in the next line: a number, or a text that ends with its number. */
const wholeCode = /\(0x[0-9a-f]+\)|^\d{1,10}$/i;

/** Returns the events in the text. Empty when it has none: a name in capitals alone, as in a sentence, is no event. */
export function compactEvents(text: string): CompactEvent[] {
  const records: { number?: number; name: string; body: string[] }[] = [];
  const before: string[] = [];
  for (const line of text.split('\n')) {
    // A name is near the start of its line; longer stretches are not looked at.
    const front = line.slice(0, 160);
    const found = start.exec(front) ?? matchGluedName(front);
    if (found)
      records.push({
        number: found[1] ? Number(found[1]) : undefined,
        name: found[2]!,
        body: [line.slice(found[0]!.length)],
      });
    else (records.at(-1)?.body ?? before).push(line);
  }
  // A copy may begin in the middle of the failing event, behind its name.
  const events = errorRows(before);
  if (records.length === 0) return events;
  records.forEach((record, i) => {
    const fields = fieldsOf(record.body);
    if (fields.length === 0 && record.number === undefined) return;
    const severity = /^[\s|]*(critical|error|warning|informational|information|verbose)/i.exec(
      record.body[0] ?? '',
    )?.[1];
    const level = severities[severity?.toLowerCase() ?? ''] ?? 0;
    events.push({ number: record.number ?? i + 1, name: record.name, level, fields });
  });
  return events.some((e) => e.fields.length > 0) ? events : [];
}

/** The rows of one error status without the heading above them: only that event has these fields together. */
function errorRows(lines: readonly string[]): CompactEvent[] {
  const fields = fieldsOf(lines);
  const has = (name: string) => fields.some(([field]) => field === name);
  if (!has('ModuleName') || !has('HttpStatus') || !(has('ErrorCode') || has('HttpSubStatus'))) return [];
  return [{ number: 1, name: 'MODULE_SET_RESPONSE_ERROR_STATUS', level: 3, fields, unnamed: true }];
}

/** `MODULE_SET_RESPONSE_ERROR_STATUSWarning`: the severity stuck to the name. */
function matchGluedName(line: string): [string, string | undefined, string] | null {
  const found =
    /^([\s|+>-]*(?:(\d{1,6})\.[\s|+-]*)?)([A-Z][A-Z0-9_]*_[A-Z0-9_]*)(?=(?:Critical|Error|Warning|Information|Verbose))/.exec(
      line,
    );
  return found && [found[0], found[2], found[3]!];
}

function fieldsOf(body: readonly string[]): [string, string][] {
  const joined = body.join(' ').replace(/\s+/g, ' ');
  const fields: [string, string][] = [];
  for (const hit of joined.matchAll(/\b([A-Za-z][A-Za-z0-9]{1,40})=(?:"([^"]{0,4000})"|([^\s,"|]{1,400}))/g))
    fields.push([hit[1]!, (hit[2] ?? hit[3] ?? '').trim()]);
  if (fields.length > 0) return fields;
  let last: [string, string] | undefined;
  for (const line of body) {
    const hit = listed.exec(line.trim());
    if (hit) {
      last = [hit[1]!, hit[2]!.trim()];
      fields.push(last);
    } else if (last && line.trim() !== '' && last[0] === 'ErrorCode' && !wholeCode.test(last[1]))
      last[1] += ` ${line.trim()}`;
    else last = undefined;
  }
  return fields;
}

/** Returns the events written back in the form of a log, so that one reader decides what they mean. */
export function toTraceXml(events: readonly CompactEvent[]): string {
  return `<failedRequest>${events.map(asEvent).join('')}</failedRequest>`;
}

function asEvent(event: CompactEvent): string {
  const values = new Map<string, string>();
  const texts = new Map<string, string>();
  for (const [name, value] of event.fields) {
    const code = name === 'ErrorCode' ? /\(?(0x[0-9a-f]{1,8})\)?\s*$/i.exec(value)?.[1] : undefined;
    if (code) {
      values.set(name, String(Number.parseInt(code, 16)));
      texts.set(name, value);
    } else if (name === 'Notification' && stageNumber(value) !== undefined) {
      values.set(name, stageNumber(value) as string);
      texts.set(name, value);
    } else if (!values.has(name)) values.set(name, value);
  }
  const data = [...values].map(([name, value]) => `<Data Name="${name}">${xml(value)}</Data>`).join('');
  const described = [...texts]
    .map(([name, text]) => `<freb:Description Data="${name}">${xml(text)}</freb:Description>`)
    .join('');
  return `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="WWW Server" Guid="{3A2A4E84-4C21-4981-AE10-3FDA0D9B0F83}"/><EventID>0</EventID><Version>0</Version><Level>${event.level}</Level><Opcode>0</Opcode></System><EventData>${data}</EventData><RenderingInfo Culture="en-US"><Opcode>${event.name}</Opcode>${described}</RenderingInfo></Event>`;
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
