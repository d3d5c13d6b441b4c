import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { htmlLines } from './html-text.js';

/** An answer as tools and browsers show it is short; a longer text quotes one. In characters. */
const longestAnswer = 20_000;
/** Headers that only an answer has. */
const answerHeaders =
  /^\s{0,8}(?:Server|Content-Type|Content-Length|Date|X-Powered-By|X-AspNet-Version|WWW-Authenticate|Allow|Cache-Control|Transfer-Encoding|Location|Retry-After|Vary|ETag|Set-Cookie)\s{0,4}: ?(.*)$/i;
const server = /^\s{0,8}Server\s{0,4}: ?(Microsoft-(?:IIS|HTTPAPI)\/[\d.]{1,8})\s*$/im;
/** Hardened servers leave `Server` out; only IIS says these of itself. */
const otherSign = /^\s{0,8}X-(?:Powered-By|AspNet-Version)\s{0,4}: ?(ASP\.NET|[\d.]{3,12})\s*$/im;
/** The status as tools write it: `HTTP/1.1 405`, `Status Code: 413`, `(413) Request Entity Too Large`, `405 - HTTP verb …`. */
const statuses: readonly RegExp[] = [
  /^\s{0,8}HTTP\/[\d.]{1,3} ([45]\d\d)\b/m,
  /\bStatus(?: ?Code)?\s{0,3}:?\s{0,8}\(?([45]\d\d)\b/i,
  /\(([45]\d\d)\) [A-Z][a-z]/,
  /(?:^|\n|>)\s{0,8}([45]\d\d) - [^\n]{3,120}/,
];

/** Reads the headers of an answer of IIS with its body, as people copy them out of a tool; null when the text is none. */
export function readHttpResponse(file: string, text: string): Reading | null {
  if (text.length > longestAnswer) return null;
  const named = server.exec(text);
  const software = named ?? otherSign.exec(text);
  if (!software) return null;
  const headers = text.split(/\r\n|\r|\n/).filter((line) => answerHeaders.test(line));
  const lines = htmlLines(text);
  const found = statuses.map((form) => form.exec(lines)).find((match) => match !== null);
  if (headers.length < 3 || !found) return null;
  const gather = new ObservationCollector();
  const raw = found[0].trim();
  const field = named ? 'Server' : 'X-Powered-By';
  gather.add('page.software', 'http-response', { field, raw: software[1]! });
  if (named) gather.add('page.server', software[1]!, { field });
  gather.add('page.status', Number(found[1]), { field: 'page', raw });
  const allow = /^\s{0,8}Allow\s{0,4}: ?([A-Z, ]{3,120})$/m.exec(text)?.[1];
  if (allow) gather.add('page.allow', allow.trim(), { field: 'Allow' });
  const offers = [...text.matchAll(/^\s{0,8}WWW-Authenticate\s{0,4}: ?([A-Za-z]{4,20})/gim)].map((match) => match[1]!);
  if (offers.length > 0) gather.add('page.offers', offers, { field: 'WWW-Authenticate' });
  return gather.toReading(file, 'error-page', 'http-response');
}
