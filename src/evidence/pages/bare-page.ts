import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { htmlLines } from './html-text.js';

/** Pages without details are short; a longer text quotes one. In characters. */
const longestPage = 6000;
/** HTTP.sys, the driver in front of IIS, answers by itself, always in English. */
const httpSys = /(?:^|\n)[^\S\n]{0,20}(HTTP Error ([45]\d\d)\. (?:The|A) [^\n]{5,120}\.)[^\S\n]{0,20}(?=\n|$)/;
/** Its sentences, which no other program writes, also within a line of words that asks nothing. */
const quotedHttpSys =
  /\b(HTTP Error ([45]\d\d)\. (?:The requested resource is not found|The service is unavailable|The request hostname is invalid|The request is badly formed|The request has an invalid header name|The size of the request headers is too long))/;
/** `500 - Internal server error.` below `Server Error`: what remote visitors get, in the server's language. */
const remote = /(?:^|\n)[^\S\n]{0,20}([45]\d\d) - ([^\n?]{3,120})(?=\n|$)/;
/** Codes with which browsers name what went wrong, last on their line; the sentences around them are translated. */
const browser =
  /(?:^|\n)[^\n?]{0,40}?\b(?:NET::)?(ERR_[A-Z0-9_]{3,60}|DNS_PROBE_[A-Z_]{3,40}|INET_E_[A-Z_]{3,40}|PR_[A-Z_]{3,40}_ERROR|SEC_ERROR_[A-Z_]{3,50}|SSL_ERROR_[A-Z_]{3,50}|MOZILLA_PKIX_ERROR_[A-Z_]{3,60})[^\S\n]{0,10}(?=\n|$)/;
/** Chrome's own page for an answer without a body. */
const browserStatus = /(?:^|\n)[^\S\n]{0,20}HTTP ERROR ([45]\d\d)(?=\s|$)/;

/** Reads a page that holds no details: of HTTP.sys, IIS's page for remote visitors, and the browser's own page last. */
export function readBarePage(file: string, text: string): Reading | null {
  const page = htmlLines(text.slice(0, 24_000)).trim();
  if (page.length > longestPage || text.length > 24_000) return null;
  const lines = page.split('\n').filter((line) => line.trim() !== '');
  const driver = httpSys.exec(page) ?? (/[?？]/.test(page) ? null : quotedHttpSys.exec(page));
  if (lines.length < 2 && !driver) return null;
  const gather = new ObservationCollector();
  if (driver) {
    gather.add('page.software', 'http-sys', { field: 'page', raw: driver[1] });
    gather.add('page.sentence', driver[1]!, { field: 'page' });
    gather.add('page.status', Number(driver[2]), { field: 'page', raw: driver[1] });
    return gather.toReading(file, 'error-page', 'http-sys-page');
  }
  const short = remote.exec(page);
  if (short && lines.length <= 8) {
    gather.add('page.software', 'iis-remote', { field: 'page', raw: short[0].trim() });
    gather.add('page.status', Number(short[1]), { field: 'page', raw: short[0].trim() });
    gather.add('page.sentence', short[0].trim(), { field: 'page' });
    return gather.toReading(file, 'error-page', 'iis-remote-page');
  }
  const own = browser.exec(page) ?? browserStatus.exec(page);
  // The list of netsh with its thumbprints says more than the code above it.
  if (!own || lines.length > 30 || /:\s[\da-f]{40}\s*$/im.test(page)) return null;
  gather.add('page.software', 'browser', { field: 'page', raw: own[0].trim() });
  if (/^\d/.test(own[1]!)) gather.add('page.status', Number(own[1]), { field: 'page', raw: own[0].trim() });
  else gather.add('page.browser-code', own[1]!, { field: 'page' });
  return gather.toReading(file, 'error-page', 'browser-page');
}
