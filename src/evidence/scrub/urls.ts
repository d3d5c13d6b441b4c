import { isFileName } from './accounts.js';
import { documentNames, privateDocument } from './document-names.js';
import { isPlainWord } from './plain-words.js';
import { foldAccents, makeReadable } from './readable.js';
import { mark, type Rule, type Withholder } from './rule.js';
import { secretWords } from './secret-words.js';
import { isOpaque } from './tokens.js';

const credentials = /^([a-z][a-z0-9+.-]*:(?:[a-z][a-z0-9+.-]*:)?\/\/)([^\s/?#]*)@/i;
const authority = /^[a-z][a-z0-9+.-]*:(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#;]*/i;
const cookieless = /\(((?:[A-Za-z]{1,2}\([^()/]{0,4000}\)?){1,8})\)?/g;

/**
 * Returns a URL or path without credentials, values of the query and of parameters inside the path; the names stay.
 * @param scrubPart takes private values out of one part of the path
 */
export function scrubUrl(url: string, withhold: Withholder, scrubPart: (part: string) => string): string {
  let text = url.replace(credentials, (_all, scheme: string, who: string) => `${scheme}${withhold(who)}@`);
  const hash = text.indexOf('#');
  if (hash >= 0) {
    const fragment = text.slice(hash + 1);
    text = `${text.slice(0, hash)}#${fragment === '' || fragment === mark ? fragment : withhold(fragment)}`;
  }
  const question = text.indexOf('?');
  if (question < 0) return scrubPath(text, withhold, scrubPart);
  const path = scrubPath(text.slice(0, question), withhold, scrubPart);
  return `${path}?${scrubQuery(text.slice(question + 1), withhold, scrubPart)}`;
}

/** Returns the part behind `?`: names stay, values become `…`. A query without `=` is one value. */
export function scrubQuery(query: string, withhold: Withholder, scrubPart: (part: string) => string): string {
  if (query === '') return '';
  return query
    .split(/(&amp;|[&;])/)
    .map((part, i) => {
      if (i % 2 === 1 || part === '' || part === mark || part.startsWith('#')) return part;
      const equals = part.indexOf('=');
      if (equals < 0) return withhold(part);
      const value = part.slice(equals + 1);
      const name = scrubName(part.slice(0, equals), scrubPart);
      return `${name}=${value === '' || value === mark ? value : withhold(value)}`;
    })
    .join('');
}

/** Returns the name of a query's value, or `…` when the name itself is private. */
function scrubName(name: string, scrubPart: (part: string) => string): string {
  const text = decodePercent(name);
  return scrubPart(text) === text ? name : mark;
}

/** Takes out ASP.NET's tickets in the path, parameters of segments, and private values of the segments themselves. */
function scrubPath(path: string, withhold: Withholder, scrubPart: (part: string) => string): string {
  const host = authority.exec(path)?.[0] ?? '';
  let rest = path.slice(host.length);
  // An encoded question mark begins a query, too.
  const encoded = /%(?:25)*3f|%(?:25)*23/i.exec(rest);
  if (encoded) {
    withhold(rest.slice(encoded.index + encoded[0].length));
    rest = rest.slice(0, encoded.index);
  }
  rest = rest.replace(/%(?:25)*28/g, '(').replace(/%(?:25)*29/g, ')');
  rest = rest.replace(cookieless, (all, tickets: string) =>
    /\([^()…]/.test(tickets)
      ? `(${tickets.replace(/([A-Za-z]{1,2})\(([^()]*)\)?/g, (_one, letter: string, value: string) => `${letter}(${value === '' ? '' : withhold(value)})`)})`
      : all,
  );
  const segments = rest.split('/');
  const shown = segments
    .map((segment, i) => {
      if (segment !== '' && segment !== mark && namesPrivate(segments[i - 1]) && !staysInPath(segment))
        return withhold(segment);
      return scrubSegment(segment, withhold, scrubPart);
    })
    .join('/');
  return `${host}${shown}${encoded ? `${encoded[0]}${mark}` : ''}`;
}

const privateSegment = new RegExp(
  `(?:${secretWords})s?$|^(?:users?|u|people|person|profiles?|members?|mailbox|customers?|patients?|employees?|sessions?|otp|pin|reset|confirm|invite|home|ip)$`,
  'iu',
);

/** True for a segment behind which a secret or a person is: `/users/`, `/token/`. */
function namesPrivate(segment: string | undefined): boolean {
  return segment !== undefined && privateSegment.test(foldAccents(decodePercent(segment)));
}

/** True for a segment that such a path has without naming anyone: a word of programs, a file, a small number. */
function staysInPath(segment: string): boolean {
  const text = decodePercent(segment);
  return (isPlainWord(text) && !/^0x/i.test(text)) || isFileName(text);
}

function scrubSegment(segment: string, withhold: Withholder, scrubPart: (part: string) => string): string {
  const isShort = /^[A-Za-z_]{1,15}(?:\.[a-z]{1,5})?$/.test(segment);
  if (segment === '' || (isShort && privateDocument(segment) === undefined)) return segment;
  const [base = '', ...parameters] = segment.split(/;|%(?:25)*3b/i);
  const shown = parameters.map((one) => {
    const equals = one.search(/=|%(?:25)*3d/i);
    if (one === '' || one === mark || one.endsWith(`=${mark}`)) return `;${one}`;
    return equals < 0 ? `;${withhold(one)}` : `;${one.slice(0, equals)}=${withhold(one.slice(equals + 1))}`;
  });
  return scrubBase(base, withhold, scrubPart) + shown.join('');
}

function scrubBase(base: string, withhold: Withholder, scrubPart: (part: string) => string): string {
  const text = makeReadable(decodePercent(base));
  if (/^[~@][\p{L}\p{N}._-]/u.test(text)) return `${base[0]}${withhold(base.slice(1))}`;
  const ending = /\.[a-z]{1,10}$/i.exec(text)?.[0] ?? '';
  if (isOpaque(text.slice(0, text.length - ending.length))) return withhold(base, `${mark}${ending}`);
  const document = privateDocument(text);
  if (document !== undefined) return withhold(base, `${mark}${document}`);
  const shown = documentNames(scrubPart(text), withhold);
  // Logs write blanks as plus signs.
  const sentence = shown.replaceAll('+', ' ');
  const shownSentence = sentence === shown ? shown : scrubPart(sentence);
  if (shownSentence !== sentence) return shownSentence;
  return shown === text ? base : shown;
}

/** Returns a part with its percent encoding resolved, up to three layers; a part that is not well encoded as it is. */
function decodePercent(part: string): string {
  let text = part;
  for (let i = 0; i < 3 && text.includes('%'); i++) {
    try {
      text = decodeURIComponent(text);
    } catch {
      return text;
    }
  }
  return text;
}

const urlInText = /(?<![\p{L}\p{N}+.-])(?:[a-z][a-z0-9+.-]{0,24}:){1,2}\/\/[^\s"'<>]+/giu;
/** Matches every path, so that each character is read once; only one with a ticket, a parameter, a query or a word for people is scrubbed. */
const path = /(?<=^|[\s"'(=])\/[^\s"'<>]*/g;
const ticket = /[?;%~#]|\([A-Z]\(/;
const query = /\?([\p{L}\p{N}_.$%[\]-]{1,80}=[^\s"'<>]+)/gu;

/** A body as a form sends it: `a=1&b=2`. */
const formBody =
  /(?<![\p{L}\p{N}_.$%[\]?&;=-])[\p{L}\p{N}_.$%[\]-]{1,80}=[^\s"'<>&;]{0,400}(?:&(?:amp;)?[\p{L}\p{N}_.$%[\]-]{1,80}=[^\s"'<>&;]{0,400}){1,40}/gu;

/** Returns the rule for URLs inside a sentence. */
export function urlRule(scrubPart: (part: string) => string): Rule {
  return (text, withhold) => {
    if (!/[/?&]/.test(text)) return text;
    const scrubMatch = (url: string) => {
      const end = /[.,;:!)\]}]+$/.exec(url)?.[0] ?? '';
      const body = end === '' || url.endsWith('))') ? url : url.slice(0, url.length - end.length);
      return scrubUrl(body, withhold, scrubPart) + url.slice(body.length);
    };
    return text
      .replace(urlInText, scrubMatch)
      .replace(path, (one) => (ticket.test(one) || one.split('/').some(namesPrivate) ? scrubMatch(one) : one))
      .replace(query, (_all, rest: string) => `?${scrubQuery(rest, withhold, scrubPart)}`)
      .replace(formBody, (all) => scrubQuery(all, withhold, scrubPart));
  };
}
