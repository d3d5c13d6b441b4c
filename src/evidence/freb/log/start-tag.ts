import { boundField } from '../../bounded.js';
import { decodeRange } from '../../source.js';
import { findTagEnd } from './split-events.js';
import { decodeEntities } from './xml-text.js';

/** The start tag of a log. */
export interface StartTag {
  attributes: Map<string, string>;
  /** Offset behind the start tag, where the events begin. */
  end: number;
  /** The tag never ends: nothing follows. */
  cut: boolean;
  /** Not well-formed: IIS writes the pool name and the verb without escaping. */
  malformed: boolean;
}

/** Attributes in the order in which IIS writes them. */
const order = [
  'url',
  'siteId',
  'appPoolId',
  'processId',
  'verb',
  'remoteUserName',
  'userName',
  'tokenUserName',
  'authenticationType',
  'activityId',
  'failureReason',
  'statusCode',
  'triggerStatusCode',
  'timeTaken',
  'xmlns:freb',
];

const tag = Buffer.from('<failedRequest');
const firstEvent = Buffer.from('<Event');
/** No start tag is longer: the URL is at most 16 KB. */
const longest = 256 * 1024;

/** Reads the start tag of the root. Null when the bytes hold no `<failedRequest`. */
export function readStartTag(bytes: Buffer): StartTag | null {
  const start = bytes.indexOf(tag);
  if (start < 0) return null;
  const strict = readStrict(bytes, start);
  return strict ?? readTolerant(bytes, start);
}

const attribute = /\s+([A-Za-z][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const strayAmpersand = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/;

function readStrict(bytes: Buffer, start: number): StartTag | null {
  const end = findTagEnd(bytes, start);
  if (end < 0 || end - start > longest) return null;
  const text = decodeRange(bytes, start + tag.length, end);
  const attributes = new Map<string, string>();
  attribute.lastIndex = 0;
  let at = 0;
  let match = attribute.exec(text);
  while (match) {
    const raw = match[2] ?? match[3] ?? '';
    if (strayAmpersand.test(raw) || attributes.has(match[1]!)) return null;
    attributes.set(match[1]!, boundField(decodeEntities(raw)));
    at = attribute.lastIndex;
    match = attribute.exec(text);
  }
  return /^\s*\/?$/.test(text.slice(at)) ? { attributes, end: end + 1, cut: false, malformed: false } : null;
}

/** Known names split the tag: a value runs to the last quote before the next known name. */
function readTolerant(bytes: Buffer, start: number): StartTag {
  const event = eventAfter(bytes, start);
  const limit = Math.min(event >= 0 ? event : bytes.length, start + longest);
  const text = decodeRange(bytes, start, limit);
  const places: { name: string; at: number; value: number }[] = [];
  let from = 0;
  for (const name of order) {
    const at = placeOf(text, name, from);
    if (at < 0) continue;
    places.push({ name, at, value: at + name.length + 2 });
    from = at + name.length + 2;
  }
  const attributes = new Map<string, string>();
  places.forEach((place, i) => {
    const next = places[i + 1]?.at ?? text.length;
    const stretch = text.slice(place.value, next);
    const quote = i === places.length - 1 ? stretch.indexOf('"') : stretch.lastIndexOf('"');
    if (quote >= 0) attributes.set(place.name, boundField(decodeEntities(stretch.slice(0, quote))));
  });
  const last = places.at(-1);
  const close = last ? text.indexOf('>', Math.max(last.value, text.indexOf('"', last.value))) : -1;
  const cut = event < 0 && (close < 0 || !attributes.has('timeTaken'));
  return { attributes, end: cut ? bytes.length : event >= 0 ? event : bytes.length, cut, malformed: !cut };
}

/** An attribute begins after white space; inside the pool name the same words may be without it. */
function placeOf(text: string, name: string, from: number): number {
  let at = text.indexOf(`${name}="`, from);
  while (at > 0 && text.charCodeAt(at - 1) > 32) at = text.indexOf(`${name}="`, at + 1);
  return at;
}

/** Returns the first event: `<Event` after `>` and white space, so that one in a pool name does not count. */
function eventAfter(bytes: Buffer, start: number): number {
  let at = bytes.indexOf(firstEvent, start);
  while (at >= 0) {
    let before = at - 1;
    while (before > start && bytes[before]! <= 32) before--;
    if (bytes[before] === 0x3e) return at;
    at = bytes.indexOf(firstEvent, at + 1);
  }
  return -1;
}
