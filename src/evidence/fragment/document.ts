import type { Reading } from '../evidence.js';
import { readFrebLog } from '../freb/reader.js';
import { readErrorPage } from '../pages/error-page.js';
import { textReaders } from '../readers.js';
import { rootElementName } from '../sniff.js';
import { openSource } from '../source.js';
import { pastedName } from './pasted-name.js';

/** The start of a document. */
const documents =
  /<(?:\?xml|!doctype|failedRequest|Rsop|GPO|GPOS|Events|configuration|location|system\.(?:webServer|web)|html)\b/i;

/** A sentence or two are above a configuration that people post; a longer text about it quotes one. In characters. */
const longestWords = 4000;

/** True for a configuration that stands near the start of a text. */
export function isConfigBelowWords({ kind }: Reading, text: string): boolean {
  const at = text.search(documents);
  return kind === 'server-config' && at >= 0 && at <= longestWords && !/<html[\s>]/i.test(text);
}

/** True for XML with a document type declaration, which may define entities: no piece of a log has one. */
export function declaresType(text: string): boolean {
  const head = text.slice(0, 16_384);
  return rootElementName(head) === '!doctype' && !/<!doctype\s{1,10}html/i.test(head);
}

/** Returns what is above and below a document: people paste a web.config and a list of modules together. */
export function besideDocument(text: string): string {
  const from = Math.max(0, text.search(documents));
  const root = rootElementName(text.slice(from, from + 16_384));
  const close = `</${root}>`;
  const end = text.lastIndexOf(close);
  const to = root === null || end < from ? text.lastIndexOf('>') + 1 : end + close.length;
  return `${text.slice(0, from)}${'\n'.repeat(text.slice(from, to).split('\n').length)}${text.slice(to)}`;
}

/** Reads an XML or HTML document, with whatever was typed above it left out. */
export function readDocument(text: string): Reading | null {
  const at = text.search(documents);
  if (at < 0) return null;
  // An error page may quote a document, as ASP.NET's does to show a setting.
  const page = at > 0 ? readErrorPage(pastedName, text) : null;
  if (page) return page;
  const document = text.slice(at);
  if (rootElementName(document.slice(0, 16_384)) === 'failedRequest') {
    const log = readFrebLog(pastedName, openSource(Buffer.from(document, 'utf8')), { timeline: true });
    // Every paste is another form than the file; that says nothing about the file.
    return log && { ...log, damage: log.damage.filter((one) => one !== 're-encoded') };
  }
  for (const reader of textReaders) {
    const reading = reader(pastedName, document);
    if (reading) return reading;
  }
  return null;
}
