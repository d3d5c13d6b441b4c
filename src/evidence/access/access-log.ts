import { boundField } from '../bounded.js';
import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { Columns, LogLine } from './columns.js';
import { guessFields } from './line-shape.js';
import { LineTally } from './line-tally.js';
import { lineIn, otherFormatOf } from './other-formats.js';

/** True for a log that http.sys or IIS wrote: the column names are in a `#Fields:` line, often repeated. */
function looksLikeAccessLog(text: string): boolean {
  const head = text.slice(0, 20_000);
  return /^#Fields:[ \t]+\S+[ \t]+\S/m.test(head) && /\b(sc-status|s-reason|cs-uri-stem|cs-method)\b/.test(head);
}

/**
 * Reads an access log of IIS, mostly W3C, or an httperr log. Servers differ in the columns they write, so names come from `#Fields:`,
 * which may change in the middle of a file. People, addresses and queries are counted, not kept.
 */
export function readAccessLog(file: string, text: string): Reading | null {
  if (!looksLikeAccessLog(text)) return readOtherFormat(file, text);
  const tally = new LineTally();
  let columns = new Columns([]);
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    if (line.startsWith('#Fields:')) columns = new Columns(line.slice(8).trim().toLowerCase().split(/\s+/));
    else if (line !== '' && !line.startsWith('#') && columns.count > 0) {
      const values = line.split(' ');
      if (hasItsDate(columns, values)) tally.add(new LogLine(columns, values, number));
    }
  }
  const httperr = columns.place('s-reason') >= 0;
  const gather = new ObservationCollector();
  tally.observe(gather);
  return gather.toReading(file, 'access-log', httperr ? 'httperr' : 'w3c');
}

/** False for words that people wrote below the lines: every line of a log has its date where the columns say. */
function hasItsDate(columns: Columns, values: readonly string[]): boolean {
  const at = columns.place('date');
  return at < 0 || /^\d{4}-\d\d-\d\d$/.test(values[at] ?? '');
}

/** Reads a log in IIS's own format or in NCSA's. Null when its first line is in neither. */
function readOtherFormat(file: string, text: string): Reading | null {
  const first = firstLine(text);
  const format = first === undefined ? undefined : otherFormatOf(first);
  if (!format) return null;
  const tally = new LineTally();
  let number = 0;
  for (const line of linesOf(text)) {
    const logged = lineIn(format, line, ++number);
    if (logged) tally.add(logged);
  }
  const gather = new ObservationCollector();
  tally.observe(gather);
  return gather.toReading(file, 'access-log', format.form);
}

/** Reads lines of a W3C or httperr log that were copied without their `#Fields:` line. Null when no line is one. */
export function readAccessLines(file: string, text: string): Reading | null {
  const gather = new ObservationCollector();
  const tally = new LineTally();
  let httperr = false;
  let found = 0;
  for (const { line, number } of unwrapLines(text)) {
    const values = withoutFileName(line).split(/ +/);
    const fields = guessFields(values);
    if (!fields) continue;
    found++;
    httperr ||= fields.includes('s-reason');
    tally.add(new LogLine(new Columns(fields), values, number));
  }
  if (found === 0) return null;
  tally.observe(gather);
  tally.observeRequest(gather);
  return gather.toReading(file, 'fragment', httperr ? 'httperr-line' : 'w3c-line');
}

const begins = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /;

/** Returns the lines of a text; one that a mail or a forum wrapped before its numbers is put together again. */
function* unwrapLines(text: string): Generator<{ line: string; number: number }> {
  let number = 0;
  let open: { line: string; number: number } | undefined;
  for (const line of linesOf(text)) {
    number++;
    if (open && !begins.test(line) && /^\S+(?: \S+){2,12} \d+$/.test(line)) {
      yield { line: `${open.line} ${line}`, number: open.number };
      open = undefined;
      continue;
    }
    if (open) yield open;
    open = begins.test(line) && !guessFields(line.split(/ +/)) ? { line, number } : undefined;
    if (!open) yield { line, number };
  }
  if (open) yield open;
}

/** findstr and Select-String put the file, and mostly the number, in front of a line. */
function withoutFileName(line: string): string {
  return line.replace(/^\S{1,260}:(?=\d{4}-\d\d-\d\d )/, '');
}

function firstLine(text: string): string | undefined {
  for (const line of linesOf(text)) if (line !== '') return line;
  return undefined;
}

function* linesOf(text: string): Generator<string> {
  let at = 0;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    yield boundField(text.slice(at, end)).trim();
    at = end + 1;
  }
}
