import { boundField, mostFields } from '../../bounded.js';
import { type EventParts, emptyParts } from './event-parts.js';
import { textContent } from './xml-text.js';

/**
 * Reads the layout in which IIS writes an event, without a parser: in text without `<!` and `<?` every `<` is markup.
 * Returns null when something is laid out differently, unless `tolerant`: then it is stepped over.
 */
export function scanEvent(text: string, tolerant = false): EventParts | null {
  const parts = emptyParts();
  const systemEnd = text.indexOf('</System>');
  if (systemEnd < 0 && !tolerant) return null;
  if (systemEnd >= 0) scanSystem(text.slice(0, systemEnd), parts);
  const dataEnd = scanData(text, Math.max(systemEnd, 0), parts.data, tolerant);
  if (dataEnd < 0) return null;
  return scanRendering(text, dataEnd, parts, tolerant) || tolerant ? parts : null;
}

function scanSystem(system: string, parts: EventParts): void {
  const level = textBetween(system, '<Level>', '<');
  parts.level = level !== undefined && /^\d$/.test(level) ? Number(level) : -1;
  parts.provider = textContent(textBetween(system, '<Provider Name="', '"') ?? '');
  parts.time = textBetween(system, 'SystemTime="', '"') ?? '';
  parts.keywords = textBetween(system, '<Keywords>', '<') ?? '';
  parts.computer = textContent(textBetween(system, '<Computer>', '<') ?? '');
  parts.processId = textBetween(system, 'ProcessID="', '"') ?? '';
}

/**
 * Reads all `<Data Name="…">…</Data>` from an offset on.
 * Returns the offset behind the last that is read, or -1 when one is laid out differently and that is not tolerated.
 */
export function scanData(text: string, from: number, data: Map<string, string>, tolerant: boolean): number {
  let at = from;
  for (;;) {
    const tag = text.indexOf('<Data', at);
    if (tag < 0 || data.size === mostFields) return at;
    if (!text.startsWith(' Name="', tag + 5)) {
      if (!tolerant) return -1;
      at = tag + 5;
      continue;
    }
    const nameAt = tag + 12;
    const quote = text.indexOf('"', nameAt);
    if (quote < 0) return tolerant ? at : -1;
    const name = text.slice(nameAt, quote);
    if (text[quote + 1] === '/' && text[quote + 2] === '>') {
      if (!data.has(name)) data.set(name, '');
      at = quote + 3;
      continue;
    }
    const end = text.indexOf('<', quote + 2);
    if (text[quote + 1] !== '>' || end < 0 || !text.startsWith('</Data>', end)) {
      if (!tolerant) return -1;
      at = quote + 1;
      continue;
    }
    if (!data.has(name)) data.set(name, fieldText(text.slice(quote + 2, end)));
    at = end + 7;
  }
}

/** Reads the name and the descriptions. False when they are laid out differently. */
function scanRendering(text: string, from: number, parts: EventParts, tolerant: boolean): boolean {
  const info = text.indexOf('<RenderingInfo', from);
  if (info < 0) return false;
  const name = textBetween(text, '<Opcode>', '<', info);
  if (name === undefined) return false;
  parts.name = textContent(name).trim();
  let at = info;
  for (;;) {
    const tag = text.indexOf('<freb:Description', at);
    if (tag < 0 || parts.descriptions.size === mostFields) return true;
    if (!text.startsWith(' Data="', tag + 17)) {
      if (!tolerant) return false;
      at = tag + 17;
      continue;
    }
    const quote = text.indexOf('"', tag + 24);
    const end = quote < 0 ? -1 : text.indexOf('<', quote);
    if (end < 0) return true;
    if (text[quote + 1] === '>') {
      const field = text.slice(tag + 24, quote);
      if (!parts.descriptions.has(field)) parts.descriptions.set(field, fieldText(text.slice(quote + 2, end)));
    } else if (!tolerant) return false;
    at = end;
  }
}

/** Returns the value of a field, bounded: no rule can hand a pattern a longer one, because all fields come from here. */
function fieldText(raw: string): string {
  return boundField(textContent(raw));
}

function textBetween(text: string, open: string, close: string, from = 0): string | undefined {
  const at = text.indexOf(open, from);
  if (at < 0) return undefined;
  const end = text.indexOf(close, at + open.length);
  return end < 0 ? undefined : text.slice(at + open.length, end);
}
