import { SaxesParser } from 'saxes';
import type { ConfigFault } from '../vocabulary/config.js';

/** One element of a configuration. Its text is not kept: sections hold their settings in attributes. */
export interface ConfigElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** 1-based number of the line that its start tag begins on. */
  line: number;
  children: ConfigElement[];
}

/** A configuration as a tree, up to the first place that is not well-formed XML. */
export interface ConfigTree {
  /** The root, or the elements of a pasted piece. */
  roots: ConfigElement[];
  fault?: ConfigTreeFault;
}

interface ConfigTreeFault {
  /** Where the mistake is: for an element that is not closed, its start tag. */
  line: number;
  reason: ConfigFault;
  /** Name of the element that it concerns, where one does. */
  element?: string;
}

/** Elements that are read; an applicationHost.config of 10,000 sites has fewer. */
const mostElements = 400_000;
/** No configuration is nested deeper; each tag that stays open costs time when the text ends. */
const deepest = 500;
/** The parser takes the text in pieces of this many characters, so that it stops soon after a fault. */
const pieceLength = 64 * 1024;

/**
 * Reads a configuration as IIS does: the first fault ends it.
 * @param whole false for a pasted piece, which may hold several elements beside each other
 */
export function readConfigTree(text: string, whole: boolean): ConfigTree {
  const roots: ConfigElement[] = [];
  const open: ConfigElement[] = [];
  let started = 1;
  let elements = 0;
  let fault: ConfigTreeFault | undefined;
  let closed: ConfigElement | undefined;
  let noticed = 0;
  const { readable, ampersand } = escapeAmpersands(text);
  const parser = new SaxesParser({ position: true, fragment: !whole });
  parser.on('error', ({ message }) => {
    if (fault) return;
    noticed = parser.line;
    // The parser closes the element first, and then says that another one was to be closed.
    const unclosed = message.includes('unexpected close tag')
      ? closed
      : message.includes('unclosed tag')
        ? open.at(-1)
        : undefined;
    fault = { line: unclosed?.line ?? parser.line, reason: faultReason(message) };
    if (unclosed) fault.element = unclosed.name;
  });
  parser.on('opentagstart', () => {
    // The parser has read the white space behind the name, which may be the end of the line.
    started = parser.column === 0 ? parser.line - 1 : parser.line;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (fault) return;
    // Namespaces are not resolved, so every attribute is a plain text.
    const element = { name, attributes: attributes as Record<string, string>, line: started, children: [] };
    (open.at(-1)?.children ?? roots).push(element);
    open.push(element);
    if (open.length > deepest) fault = { line: open[0]!.line, reason: 'not-closed', element: open[0]!.name };
    elements++;
  });
  parser.on('closetag', () => {
    closed = open.pop();
  });
  for (let at = 0; at < readable.length && !fault && elements < mostElements; at += pieceLength)
    parser.write(readable.slice(at, at + pieceLength));
  if (!fault && elements < mostElements) parser.close();
  if (ampersand !== undefined && !(fault && noticed < ampersand)) fault = { line: ampersand, reason: 'ampersand' };
  return fault ? { roots, fault } : { roots };
}

function faultReason(message: string): ConfigFault {
  if (/unclosed tag|close tag|closing tag|unexpected end/.test(message)) return 'not-closed';
  if (message.includes('duplicate attribute')) return 'attribute-twice';
  if (message.includes('entity')) return 'ampersand';
  if (/attribute/.test(message)) return 'attribute-form';
  if (message.includes('XML declaration must be at the start')) return 'declaration-not-first';
  if (message.includes('only one root')) return 'second-root';
  return 'character';
}

/**
 * Finds the first `&` that begins no reference, outside comments and CDATA, and writes all of them as `&amp;`: the parser
 * would report each only at the next semicolon.
 */
function escapeAmpersands(text: string): { readable: string; ampersand: number | undefined } {
  let first: number | undefined;
  const readable = text.replace(
    /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});)/g,
    (hit, at: number) => {
      if (hit !== '&') return hit;
      first ??= at;
      return '&amp;';
    },
  );
  return { readable, ampersand: first === undefined ? undefined : lineAt(text, first) };
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++;
  return line;
}
