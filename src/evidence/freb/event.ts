import { XMLParser } from 'fast-xml-parser';
import { boundedField } from '../bounded.js';
import { decodeRange } from '../source.js';
import { textContent } from './xml.js';

/** Fields of one event, in file order. */
export interface EventParts {
  name: string;
  provider: string;
  level: number;
  /** ISO text of TimeCreated, empty when absent. */
  time: string;
  computer: string;
  processId: string;
  /** `Data` by name; the first of a repeated name counts. */
  data: Map<string, string>;
  /** `freb:Description` by the field it describes. */
  descriptions: Map<string, string>;
}

/**
 * One event of a log. Its text is decoded and taken apart when first asked for; of an event laid out as IIS does it,
 * only the fields, because most rules ask for nothing else.
 */
export class FrebEvent {
  #parts: EventParts | undefined;
  #data: Map<string, string> | undefined;

  /** 1-based, in file order. */
  readonly number: number;
  readonly name: string;
  /** 0 General … 5 Verbose; -1 when not readable. */
  readonly level: number;
  private readonly bytes: Buffer;
  private readonly from: number;
  private readonly to: number;
  private readonly odd: boolean;
  /** Offsets of the fields, where the cheap look found them; -1 when it did not. */
  private readonly dataAt: number;
  private readonly nameAt: number;

  constructor(
    number: number,
    name: string,
    level: number,
    bytes: Buffer,
    from: number,
    to: number,
    odd: boolean,
    dataAt = -1,
    nameAt = -1,
  ) {
    this.number = number;
    this.name = name;
    this.level = level;
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.odd = odd;
    this.dataAt = dataAt;
    this.nameAt = nameAt;
  }

  get parts(): EventParts {
    this.#parts ??= parseEvent(decodeRange(this.bytes, this.from, this.to), this.odd);
    return this.#parts;
  }

  /** Value of a field, undefined when the event does not have it. */
  get(field: string): string | undefined {
    if (!this.#data && this.#parts) this.#data = this.#parts.data;
    if (!this.#data) {
      const quick = new Map<string, string>();
      const plain = this.dataAt >= 0 && !this.odd;
      const text = plain ? decodeRange(this.bytes, this.dataAt, this.nameAt) : '';
      this.#data = plain && scanData(text, 0, quick, false) >= 0 ? quick : this.parts.data;
    }
    return this.#data.get(field);
  }

  /** Name that IIS gives for a numeric field, e.g. `AUTHENTICATE_REQUEST` for Notification. */
  text(field: string): string | undefined {
    return this.parts.descriptions.get(field);
  }

  /** A decimal field; undefined when it is absent or no number. */
  decimal(field: string): number | undefined {
    const value = this.get(field);
    return value !== undefined && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : undefined;
  }
}

/** An event of a real log is longer, however it was saved again. In characters. */
const shortest = 160;

/**
 * Takes one `<Event …>…</Event>` apart. Never throws; what is missing is empty. `odd` asks for the full parser at once.
 * That parser is slow to start, so events too short to say anything do not get it: a file may hold thousands of them.
 */
export function parseEvent(text: string, odd: boolean): EventParts {
  if (!/<(?:System|EventData|RenderingInfo)/.test(text)) return empty();
  const plain = !text.includes('<!') && !text.includes('<?');
  if (!odd && plain) {
    const quick = scanEvent(text);
    if (quick) return quick;
  }
  if (text.length < shortest) return scanEvent(plain ? text : withoutSections(text), true) ?? empty();
  return parseWithLibrary(text) ?? scanEvent(text, true) ?? empty();
}

/** Comments and instructions left out, CDATA written as text. */
function withoutSections(text: string): string {
  return text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, cdata?: string) =>
    (cdata ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
  );
}

function empty(): EventParts {
  return {
    name: '',
    provider: '',
    level: -1,
    time: '',
    computer: '',
    processId: '',
    data: new Map(),
    descriptions: new Map(),
  };
}

/**
 * The layout that IIS writes, read directly: in text without `<!` and `<?` every `<` is markup. Null when something is
 * laid out differently, unless `tolerant`.
 */
function scanEvent(text: string, tolerant = false): EventParts | null {
  const parts = empty();
  const systemEnd = text.indexOf('</System>');
  if (systemEnd < 0 && !tolerant) return null;
  const system = systemEnd < 0 ? '' : text.slice(0, systemEnd);
  const level = between(system, '<Level>', '<');
  parts.level = level !== undefined && /^\d$/.test(level) ? Number(level) : -1;
  parts.provider = textContent(between(system, '<Provider Name="', '"') ?? '');
  parts.time = between(system, 'SystemTime="', '"') ?? '';
  parts.computer = textContent(between(system, '<Computer>', '<') ?? '');
  parts.processId = between(system, 'ProcessID="', '"') ?? '';

  let at = scanData(text, Math.max(systemEnd, 0), parts.data, tolerant);
  if (at < 0) return null;

  const info = text.indexOf('<RenderingInfo', at);
  if (info < 0) return tolerant ? parts : null;
  const name = between(text, '<Opcode>', '<', info);
  if (name === undefined) return tolerant ? parts : null;
  parts.name = textContent(name).trim();
  at = info;
  for (;;) {
    const tag = text.indexOf('<freb:Description', at);
    if (tag < 0) break;
    if (!text.startsWith(' Data="', tag + 17)) {
      if (!tolerant) return null;
      at = tag + 17;
      continue;
    }
    const quote = text.indexOf('"', tag + 24);
    const end = quote < 0 ? -1 : text.indexOf('<', quote);
    if (end < 0) break;
    if (text[quote + 1] === '>') {
      const key = text.slice(tag + 24, quote);
      if (!parts.descriptions.has(key)) parts.descriptions.set(key, fieldText(text.slice(quote + 2, end)));
    } else if (!tolerant) return null;
    at = end;
  }
  return parts;
}

/** Reads all `<Data Name="…">…</Data>` from an offset on; the offset behind the last, or -1 when one is laid out differently. */
function scanData(text: string, from: number, into: Map<string, string>, tolerant: boolean): number {
  let at = from;
  for (;;) {
    const tag = text.indexOf('<Data', at);
    if (tag < 0) return at;
    if (!text.startsWith(' Name="', tag + 5)) {
      if (!tolerant) return -1;
      at = tag + 5;
      continue;
    }
    const name = tag + 12;
    const quote = text.indexOf('"', name);
    if (quote < 0) return tolerant ? at : -1;
    const key = text.slice(name, quote);
    if (text[quote + 1] === '/' && text[quote + 2] === '>') {
      if (!into.has(key)) into.set(key, '');
      at = quote + 3;
      continue;
    }
    const end = text.indexOf('<', quote + 2);
    if (text[quote + 1] !== '>' || end < 0 || !text.startsWith('</Data>', end)) {
      if (!tolerant) return -1;
      at = quote + 1;
      continue;
    }
    if (!into.has(key)) into.set(key, fieldText(text.slice(quote + 2, end)));
    at = end + 7;
  }
}

/** The value of a field. Bounded here, where all fields come from, so that no rule can hand a pattern a longer one. */
function fieldText(raw: string): string {
  return boundedField(textContent(raw));
}

function between(text: string, open: string, close: string, from = 0): string | undefined {
  const at = text.indexOf(open, from);
  if (at < 0) return undefined;
  const end = text.indexOf(close, at + open.length);
  return end < 0 ? undefined : text.slice(at + open.length, end);
}

let library: XMLParser | undefined;

/** Values stay text as written: `0x80070005`, `00000` and `1e5` are evidence, not numbers. */
function parser(): XMLParser {
  library ??= new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: '#',
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    htmlEntities: true,
    trimValues: false,
    processEntities: true,
    jPath: false,
    maxNestedTags: 20,
    isArray: (name) => name === 'Data' || name === 'freb:Description' || name === 'Description',
  });
  return library;
}

type Node = { [key: string]: unknown };

function parseWithLibrary(text: string): EventParts | null {
  let tree: Node;
  try {
    tree = parser().parse(text) as Node;
  } catch {
    return null;
  }
  const event = node(tree.Event);
  if (!event) return null;
  const parts = empty();
  const system = node(event.System) ?? {};
  const info = node(event.RenderingInfo) ?? {};
  parts.name = string(info.Opcode).trim();
  const level = string(system.Level).trim();
  parts.level = /^\d$/.test(level) ? Number(level) : -1;
  parts.provider = string(node(system.Provider)?.['@Name']);
  parts.time = string(node(system.TimeCreated)?.['@SystemTime']);
  parts.computer = string(system.Computer);
  parts.processId = string(node(system.Execution)?.['@ProcessID']);
  collect(node(event.EventData)?.Data, '@Name', parts.data);
  collect(info['freb:Description'] ?? info.Description, '@Data', parts.descriptions);
  return parts;
}

function collect(list: unknown, key: string, into: Map<string, string>): void {
  if (!Array.isArray(list)) return;
  for (const item of list) {
    const name = string(node(item)?.[key]);
    if (name && !into.has(name)) into.set(name, boundedField(string(item)));
  }
}

function node(value: unknown): Node | undefined {
  if (Array.isArray(value)) return node(value[0]);
  return typeof value === 'object' && value !== null ? (value as Node) : undefined;
}

function string(value: unknown): string {
  if (typeof value === 'string') return value;
  const first = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'string') return first;
  const text = node(first)?.['#'];
  return typeof text === 'string' ? text : '';
}
