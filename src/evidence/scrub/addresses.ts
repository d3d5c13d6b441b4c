import type { Rule } from './rule.js';

const at = '(?:@|%(?:25)*40|&#0*64;|&#x0*40;)';
// The look behind lets a match begin only where a word does; without it a long word without @ takes quadratic time.
const mail = new RegExp(
  `(?<![\\p{L}\\p{N}._%+'-])(?:"[^"\\r\\n]{1,64}"|[\\p{L}\\p{N}._%+'-]+?)${at}((?:[\\p{L}\\p{N}-]+\\.)*[\\p{L}\\p{N}-]+)`,
  'gu',
);
const version = /^v?\d+(?:\.(?:\d+|x)){0,2}$|^(?:latest|next)$/;

/** Mail addresses and accounts of the form name@domain, with letters of any language, percent-encoded too. */
export const mails: Rule = (text, withhold) => {
  if (!/@|%(?:25)*40|&#/i.test(text)) return text;
  return text.replace(mail, (all, domain: string) => {
    // Packages have versions: express@4.18.2.
    if (version.test(domain)) return all;
    const quote = /^'+/.exec(all)?.[0] ?? '';
    return quote + withhold(all.slice(quote.length));
  });
};

const address4 = /(?<![\d.]|\d\.)(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)/g;
const address6 =
  /(?<![0-9a-f:.])(?:(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}|(?:[0-9a-f]{1,4}:){2,7}:(?![0-9a-f])|::(?:ffff:)?(?:\d{1,3}\.){3}\d{1,3}|::(?:[0-9a-f]{1,4}:){1,6}[0-9a-f]{1,4})(?:%\w{1,12})?(?![\w:])/gi;
const hardware = /(?<![\w-])(?:[0-9a-f]{2}-){5}[0-9a-f]{2}(?![\w-])/gi;

/** Addresses of computers. Loopback addresses name no computer and stay; four numbers behind "Version" are a version. */
export const addresses: Rule = (text, withhold) => {
  let shown = text;
  if (/:.*:/.test(shown)) shown = shown.replace(address6, (all) => (/^(?:0*:)*:?0*1$/.test(all) ? all : withhold(all)));
  if (shown.includes('-')) shown = shown.replace(hardware, (all) => withhold(all));
  if (!/\d\.\d/.test(shown)) return shown;
  return shown.replace(address4, (all, offset: number, whole: string) => {
    if (all.split('.').some((n) => Number(n) > 255) || all.startsWith('127.') || /^\d+\.0\.0\.0$/.test(all)) return all;
    return /(?:version|\bv)[\s:="'\\]{0,6}$/i.test(whole.slice(Math.max(0, offset - 16), offset)) ? all : withhold(all);
  });
};
