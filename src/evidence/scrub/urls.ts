import { mark, type Rule, type Withholder } from './rule.js';
import { namesPrivate, scrubPath } from './url-paths.js';

const credentials = /^([a-z][a-z0-9+.-]*:(?:[a-z][a-z0-9+.-]*:)?\/\/)([^\s/?#]*)@/i;

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
  return scrubPart(name) === name ? name : mark;
}

const urlInText = /(?<![\p{L}\p{N}+.-])(?:[a-z][a-z0-9+.-]{0,24}:){1,2}\/\/[^\s"'<>]+/giu;
/** Matches every path, so that each character is read once; only one with a ticket, a parameter, a query, an encoding or a word for people is scrubbed. */
const path = /(?<=^|[\s"'(=])\/[^\s"'<>]*/g;
const ticket = /[?;%~#+\\]|\([A-Z]\(/;
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
