/**
 * Just enough of XML and HTML to find elements in a report of several megabytes without building a tree of it.
 * Works on damaged text too: an element without its end tag is left out, and nothing is scanned twice.
 */
export interface XmlElement {
  /** The text between start and end tag, markup included. Empty for `<x/>`. */
  inner: string;
  /** The raw attributes of the start tag. */
  attributes: string;
  /** Where the start tag begins in the searched text. */
  at: number;
}

/** Returns all elements of that local name in order, whatever their namespace prefix. Elements nested in themselves count once. */
export function* findElements(text: string, name: string): Generator<XmlElement> {
  const open = new RegExp(`<((?:[\\w.-]{1,40}:)?${name})(?=[\\s/>])`, 'g');
  for (let hit = open.exec(text); hit !== null; hit = open.exec(text)) {
    const end = tagEnd(text, open.lastIndex);
    if (end < 0) return;
    const attributes = text.slice(open.lastIndex, end).trim();
    if (attributes.endsWith('/')) {
      yield { inner: '', attributes: attributes.slice(0, -1), at: hit.index };
      open.lastIndex = end + 1;
      continue;
    }
    const close = text.indexOf(`</${hit[1]}>`, end);
    if (close < 0) return;
    yield { inner: text.slice(end + 1, close), attributes, at: hit.index };
    open.lastIndex = close;
  }
}

/** Returns the first element of that local name, or undefined. */
export function findElement(text: string, name: string): XmlElement | undefined {
  return findElements(text, name).next().value ?? undefined;
}

/** Returns the text of the first element of that name, entities resolved and trimmed, or undefined. */
export function textOf(text: string, name: string): string | undefined {
  const found = findElement(text, name);
  return found && stripMarkup(found.inner);
}

/** Returns the value of an attribute, or undefined. */
export function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes);
  return found ? decodeMarkup(found[1] ?? found[2] ?? '') : undefined;
}

/** Returns the text without tags, entities resolved, white space single. */
export function stripMarkup(markup: string): string {
  return decodeMarkup(markup.replace(/<[^<>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

/** The signs that XML names, and the blank of HTML. */
export const namedSigns: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Resolves character references: the named ones of XML, `&nbsp;`, and numbers. */
export function decodeMarkup(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,5});/gi, (whole, ref: string) => {
    if (!ref.startsWith('#')) return namedSigns[ref.toLowerCase()] ?? whole;
    const code = /^#x/i.test(ref) ? Number.parseInt(ref.slice(2), 16) : Number.parseInt(ref.slice(1), 10);
    return characterOf(code) ?? whole;
  });
}

/** Returns the character of a number in Unicode; undefined for one that has none. */
export function characterOf(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** Returns local name and attributes of the root element, prolog, comments and doctype skipped; undefined when there is none. */
export function rootElementOf(text: string): { name: string; attributes: string } | undefined {
  let at = 0;
  for (let guard = 0; guard < 50; guard++) {
    at = text.slice(at, at + 4000).search(/[^\s\ufeff]/) + at;
    if (text.startsWith('<?', at)) at = text.indexOf('?>', at) + 2;
    else if (text.startsWith('<!--', at)) at = text.indexOf('-->', at) + 3;
    else if (text.startsWith('<!', at)) at = text.indexOf('>', at) + 1;
    else break;
    if (at < 3) return undefined;
  }
  const head = /^<(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,80})/.exec(text.slice(at, at + 200));
  if (!head) return undefined;
  const end = tagEnd(text, at + head[0].length);
  return { name: head[1]!, attributes: end < 0 ? '' : text.slice(at + head[0].length, end) };
}

/** Returns the index of the `>` that ends a tag, quotes respected; -1 when there is none within reason. */
function tagEnd(text: string, from: number): number {
  let quote = '';
  const limit = Math.min(text.length, from + 20_000);
  for (let i = from; i < limit; i++) {
    const c = text[i]!;
    if (quote) {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '>') return i;
  }
  return -1;
}
