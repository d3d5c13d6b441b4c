import { isFileName } from './accounts.js';
import { privateDocument } from './document-names.js';
import { keepInAll } from './kept-in-all.js';
import { decodePercent, type LoneByte, readingsOfBytes, splitAtSigns } from './percent.js';
import { isPlainWord } from './plain-words.js';
import { foldAccents, makeReadable } from './readable.js';
import { mark, type Withholder } from './rule.js';
import { secretWords } from './secret-words.js';
import { isOpaque } from './tokens.js';

const authority = /^[a-z][a-z0-9+.-]*:(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#;]*/i;
const cookieless = /\(((?:[A-Za-z]{1,2}\([^()/]{0,4000}\)?){1,8})\)?/g;

/** Takes out ASP.NET's tickets in the path, parameters of segments, and private values of the segments themselves. */
export function scrubPath(path: string, withhold: Withholder, scrubPart: (part: string) => string): string {
  const start = authority.exec(path)?.[0] ?? '';
  const rest = path.slice(start.length);
  // The name of a host has no other signs: it may be an account, or a text in its place.
  const host = /[^\p{L}\p{N}.:/[\]*_@…-]/u.test(start) ? scrubHost(start, scrubPart) : start;
  if (!rest.includes('%')) return host + scrubSegments(rest, withhold, scrubPart);
  // An encoded question mark begins a query, too.
  const [shown = '', sign, ...query] = splitAtSigns(rest, '?#');
  if (sign === undefined) return host + scrubSegments(rest, withhold, scrubPart);
  withhold(query.join(''));
  return `${host}${scrubSegments(hideName(shown, sign + query.join(''), scrubPart), withhold, scrubPart)}${sign}${mark}`;
}

function scrubHost(start: string, scrubPart: (part: string) => string): string {
  const at = start.indexOf('//') + 2;
  return start.slice(0, at) + scrubPart(start.slice(at));
}

/** Withholds the last segment of a path when it is private together with what follows it: an account may hold the sign. */
function hideName(path: string, more: string, scrubPart: (part: string) => string): string {
  const start = path.lastIndexOf('/') + 1;
  const name = path.slice(start);
  const shown = readPart(scrubPart(readPart(name + more)));
  return shown.startsWith(readPart(name)) ? path : path.slice(0, start) + mark;
}

function scrubSegments(path: string, withhold: Withholder, scrubPart: (part: string) => string): string {
  const segments = path.split('/');
  return segments.map((segment, i) => scrubSegment(segment, segments[i - 1], withhold, scrubPart)).join('/');
}

const privateSegment = new RegExp(
  `(?:${secretWords})s?$|^(?:users?|u|people|person|profiles?|members?|mailbox|customers?|patients?|employees?|sessions?|otp|pin|reset|confirm|invite|home|ip)$`,
  'iu',
);

/** True for a segment behind which a secret or a person is: `/users/`, `/token/`. */
export function namesPrivate(segment: string | undefined): boolean {
  return segment !== undefined && privateSegment.test(foldAccents(segment));
}

/** True for a segment that such a path has without naming anyone: a word of programs, a file, a small number. */
function staysInPath(text: string): boolean {
  return (isPlainWord(text) && !/^0x/i.test(text)) || isFileName(text);
}

/** Returns a part of a URL as a person reads it, for judging. */
function readPart(part: string, loneByte?: LoneByte): string {
  return part.includes('%') ? makeReadable(decodePercent(part, loneByte)) : part;
}

/**
 * Scrubs a segment. It is shown as it stands, encoded, unless something in it is withheld.
 * @param before the segment in front of it
 */
function scrubSegment(
  segment: string,
  before: string | undefined,
  withhold: Withholder,
  scrubPart: (part: string) => string,
): string {
  if (segment === '' || segment === mark) return segment;
  const name = before && readPart(before).split('/').at(-1);
  const scrub = (text: string) => scrubReading(text, name, withhold, scrubPart);
  if (!segment.includes('%')) return scrub(segment);
  const [first, second] = readingsOfBytes(segment).map((loneByte) => {
    const text = readPart(segment, loneByte);
    // Judged as it stands, too: a blank ends a value only once it is decoded.
    return { text, shown: [segment, text].map((one) => readPart(scrub(one), loneByte)) };
  });
  if (first === undefined) return segment;
  const kept = keepInAll(second ? [first, second] : [first]);
  return kept === first.text ? segment : kept;
}

/** Scrubs a segment as it is read. It has slashes when they were encoded. */
function scrubReading(
  text: string,
  before: string | undefined,
  withhold: Withholder,
  scrubPart: (part: string) => string,
): string {
  // Read as a whole first: a reference of markup ends with a semicolon, and a sentence may have slashes.
  const parts = (/[;/]/.test(text) ? scrubPart(text) : text).split('/');
  return parts
    .map((part, i) => {
      if (part === '' || part === mark) return part;
      if (namesPrivate(i === 0 ? before : parts[i - 1]) && !staysInPath(part)) return withhold(part);
      const isShort = /^[A-Za-z_]{1,15}(?:\.[a-z]{1,5})?$/.test(part);
      return isShort && privateDocument(part) === undefined ? part : scrubParameters(part, withhold, scrubPart);
    })
    .join('/');
}

/** Takes out tickets of ASP.NET and parameters behind a semicolon. */
function scrubParameters(text: string, withhold: Withholder, scrubPart: (part: string) => string): string {
  const withoutTickets = text.replace(cookieless, (all, tickets: string) =>
    /\([^()…]/.test(tickets)
      ? `(${tickets.replace(/([A-Za-z]{1,2})\(([^()]*)\)?/g, (_one, letter: string, value: string) => `${letter}(${value === '' ? '' : withhold(value)})`)})`
      : all,
  );
  const [base = '', ...parameters] = withoutTickets.split(';');
  const shown = parameters.map((one) => {
    const equals = one.indexOf('=');
    if (one === '' || one === mark || one.endsWith(`=${mark}`)) return `;${one}`;
    return equals < 0 ? `;${withhold(one)}` : `;${one.slice(0, equals)}=${withhold(one.slice(equals + 1))}`;
  });
  return scrubBase(base, withhold, scrubPart) + shown.join('');
}

function scrubBase(text: string, withhold: Withholder, scrubPart: (part: string) => string): string {
  if (/^[~@][\p{L}\p{N}._-]/u.test(text)) return `${text[0]}${withhold(text.slice(1))}`;
  const ending = /\.[a-z]{1,10}$/i.exec(text)?.[0] ?? '';
  if (isOpaque(text.slice(0, text.length - ending.length))) return withhold(text, `${mark}${ending}`);
  const document = privateDocument(text);
  if (document !== undefined) return withhold(text, `${mark}${document}`);
  // A sentence in the place of a page's name may end in a name, which is not a name of a file then.
  const isSentence = /[\s\\+]/.test(text);
  const shown = isSentence
    ? scrubPart(scrubPart(text.slice(0, text.length - ending.length)) + ending)
    : scrubPart(text);
  // Logs write blanks as plus signs.
  const sentence = shown.replaceAll('+', ' ');
  const shownSentence = sentence === shown ? shown : scrubPart(sentence);
  return shownSentence === sentence ? shown : shownSentence;
}
