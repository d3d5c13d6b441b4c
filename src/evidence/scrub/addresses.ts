import type { Rule } from './rule.js';

const at = '(?:@|%(?:25)*40|&#0*64;|&#x0*40;|\\s?[[(]at[\\])]\\s?)';
// The look behind lets a match begin only where a word does; without it a long word without @ takes quadratic time.
const mail = new RegExp(
  `(?<![\\p{L}\\p{N}._%+'-])(?:"[^"\\r\\n]{1,64}"|[\\p{L}\\p{N}._%+'-]+?)${at}((?:[\\p{L}\\p{N}-]+\\.)*[\\p{L}\\p{N}-]+)`,
  'giu',
);
/** The name in front of a mail address in angle brackets: `Anna Berg <anna@contoso.com>`. */
const nameOfMail =
  /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}'’.-]{0,40}(?:[ +]\p{Lu}[\p{L}\p{N}'’.-]{0,40}){0,3}(?=[\s+]?<[^<>@\s]{1,100}@)/gu;
/** An account of MySQL with the computer it signs in from. */
const accountAtHost = /'[^'\r\n]{0,64}'@'[^'\r\n]{1,255}'/g;
const version = /^v?\d+(?:\.(?:\d+|x)){0,2}$|^(?:latest|next)$/;

/** Mail addresses and accounts of the form name@domain, with letters of any language, percent-encoded too. */
export const mails: Rule = (text, withhold) => {
  if (!/@|%(?:25)*40|&#|[[(]at[\])]/i.test(text)) return text;
  return text
    .replace(nameOfMail, (all) => withhold(all))
    .replace(accountAtHost, (all) => withhold(all))
    .replace(mail, (all, domain: string) => {
      // Packages have versions: express@4.18.2.
      if (version.test(domain)) return all;
      const quote = /^'+/.exec(all)?.[0] ?? '';
      return quote + withhold(all.slice(quote.length));
    });
};

const address4 = /(?<![\d.]|\d\.)(?:\d{1,3}(?:\.|\[\.\])){3}\d{1,3}(?!\d|\.\d)/g;
/** An address inside a host name: `ip-10-1-2-3.ec2.internal`, `fd00--7.ipv6-literal.net`. */
const addressInName = /(?<![\w-])(?:ip(?:-\d{1,3}){4}(?!\d)|[0-9a-f-]{2,45}(?:s\w{1,10})?(?=\.ipv6-literal\.net))/gi;
const address6 =
  /(?<![0-9a-f.]|::)(?:(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}|(?:[0-9a-f]{1,4}:){2,7}:(?![0-9a-f])|::(?:ffff:)?(?:\d{1,3}\.){3}\d{1,3}|::(?:[0-9a-f]{1,4}:){1,6}[0-9a-f]{1,4})(?:%\w{1,12})?(?![0-9a-z]|:[0-9a-f:])/gi;
const hardware =
  /(?<![\w-])(?:[0-9a-f]{2}-){5}[0-9a-f]{2}(?![\w-])|(?<![\w.])(?=[\d.]{0,13}[a-f])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.])/gi;

/** Addresses of computers. Loopback addresses name no computer and stay; four numbers behind "Version" are a version. */
export const addresses: Rule = (text, withhold) => {
  let shown = text;
  if (/:.*:/.test(shown)) shown = shown.replace(address6, (all) => (/^(?:0*:)*:?0*1$/.test(all) ? all : withhold(all)));
  if (/[-.]/.test(shown))
    shown = shown.replace(hardware, (all) => withhold(all)).replace(addressInName, (all) => withhold(all));
  if (!/\d\[?\.\]?\d/.test(shown)) return shown;
  return shown.replace(address4, (all, offset: number, whole: string) => {
    if (all.split(/\[?\.\]?/).some((n) => Number(n) > 255) || all.startsWith('127.') || /^\d+\.0\.0\.0$/.test(all))
      return all;
    return /(?:version|\bv)[\s:="'\\]{0,6}$/i.test(whole.slice(Math.max(0, offset - 16), offset)) ? all : withhold(all);
  });
};
