import { type EventParts, emptyParts } from './event-parts.js';
import { scanEvent } from './iis-layout.js';
import { parseXmlEvent } from './xml-event.js';

/** An event of a real log is longer, however it was saved again. In characters. */
const shortest = 160;
/** An event of a real log is shorter. The full parser takes many times the memory of its text. */
const longest = 4 * 1024 * 1024;

/**
 * Takes one `<Event …>…</Event>` apart. Never throws; what is missing is empty. `odd` asks for the full parser at once.
 * That parser is slow to start, so events too short to say anything do not get it: a file may hold thousands of them.
 */
export function parseEvent(text: string, odd: boolean): EventParts {
  if (!/<(?:System|EventData|RenderingInfo)/.test(text)) return emptyParts();
  const plain = !text.includes('<!') && !text.includes('<?');
  if (!odd && plain) {
    const parts = scanEvent(text);
    if (parts) return parts;
  }
  if (text.length < shortest) return scanEvent(plain ? text : withoutSections(text), true) ?? emptyParts();
  const parsed = text.length > longest ? null : parseXmlEvent(text);
  return parsed ?? scanEvent(text, true) ?? emptyParts();
}

/** Returns the text with comments and instructions left out, and CDATA written as text. */
function withoutSections(text: string): string {
  return text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, cdata?: string) =>
    (cdata ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
  );
}
