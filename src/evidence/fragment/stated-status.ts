import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { observeConfigBeside } from '../pages/config-beside.js';

/** `401.3`: a status with its substatus, and no version or address. */
const stated = /(?<![\w.])([45]\d\d)\.(\d{1,2})(?![\w.]*\d)/;
/** How IIS begins the heading of its pages: a person who writes this quotes the page. */
const quoted = /\bHTTP Error ([45]\d\d)\.(\d{1,4})\s?[-–—:]\s?\S/i;
/** The heading of the short page, which has no substatus: `502 - Web server received an invalid response`. */
const short = /(?<![\w.:-])([45]\d\d) - [A-Z][a-z]/;
/** In characters. */
const shortestStory = 60;
/** HRESULTs of Windows, of .NET and of HTTP clients. */
const code = /(?<![\w-])0x(8[0-9a-f]{7}|c0[0-9a-f]{6})(?![0-9a-f])/gi;
/** The lines of Config Source where the page has none to show. */
const noSource = /^\s{0,8}-1:\s{0,8}\n\s{0,8}0:\s{0,8}$/m;
/** A module of IIS by its own name. */
const module = /\b(?:[A-Z][A-Za-z]{3,40}Module|IIS Web Core|ApplicationRequestRouting)\b/;

/** Reads the status that a person states in words beside evidence that shows no failure itself; null where none is stated. */
export function readStatedStatus(file: string, sentences: readonly string[]): Reading | null {
  const found = sentences.map((sentence) => stated.exec(sentence)).find((hit) => hit !== null);
  if (!found) return null;
  const gather = new ObservationCollector();
  observeStatus(gather, found);
  return gather.toReading(file, 'fragment', 'stated-status');
}

/**
 * Reads the failure that a story quotes without its page: the heading that IIS writes, or a status together with its only
 * code. Null for a question, and where less than that is told.
 */
export function readStatedFailure(file: string, text: string): Reading | null {
  if (/[?？]/.test(text)) return null;
  const codes = [...new Set([...text.matchAll(code)].map(([one]) => one.toLowerCase()))];
  const heading = quoted.exec(text);
  const status = heading ?? stated.exec(text) ?? short.exec(text);
  if (!status || codes.length > 1 || (!heading && codes.length === 0)) return null;
  // A text of a few words asks what the number means.
  if (text.trim().length < shortestStory) return null;
  const gather = new ObservationCollector();
  observeStatus(gather, status);
  for (const one of codes) {
    gather.add('decisive.code', one, { field: 'text' });
    gather.add('code.seen', one, { field: 'text' });
  }
  const named = module.exec(text)?.[0];
  if (named) gather.add('decisive.module', named, { field: 'text' });
  observeConfigBeside(gather, text);
  if (noSource.test(text)) gather.add('page.config-pointer', 'no-config-line', { field: 'text' });
  return gather.toReading(file, 'fragment', 'stated-status');
}

function observeStatus(gather: ObservationCollector, [raw, status, substatus]: RegExpExecArray): void {
  const place = { field: 'text', raw };
  gather.add('final-status', Number(status), place);
  if (substatus !== undefined) gather.add('final-substatus', Number(substatus), place);
}
