import { mark, type Rule } from './rule.js';

const cookie =
  /(?<![\p{L}\p{N}])((?:set-)?cookie2?|\.ASPXAUTH|ASP\.NET_SessionId|(?:proxy-)?authorization)((?:["'\]])?\s{0,4}[=:]\s{0,4}(?:(?=\[)|["']?))(\[[^\]\r\n]{1,4096}|[^\r\n"'<>]{1,4096})/giu;

/** A scheme whose ticket is scrubbed already; the name of the scheme may stay. */
const scrubbedTicket = /^\w+ …/;

/** Every value of a header of cookies or tickets, up to the end of the line. */
export const cookies: Rule = (text, withhold) =>
  /cookie|ASPXAUTH|SessionId|authorization/i.test(text)
    ? text.replace(cookie, (all, name: string, between: string, value: string) =>
        value.trim() === mark || scrubbedTicket.test(value) ? all : `${name}${between}${withhold(value)}`,
      )
    : text;
