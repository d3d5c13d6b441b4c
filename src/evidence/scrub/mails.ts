import { mark, type Rule } from './rule.js';

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
/** Other writings of the sign, which count only in front of a domain: quoted-printable, and what is meant for people. */
const spokenMail =
  /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+-]{2,64}(?:(?:=40|&commat;|%u0040|\(a\)|\s?[{(<[]\s?at\s?[\])}>]\s?|_at_|\/at\/|\s@\s?|@\s)[\p{L}\p{N}-]{1,63}(?:(?:\.|=2e|\s?[([{]?dot[)\]}]?\s?)[\p{L}][\p{L}\p{N}-]{1,62}){1,6}|\sat\s[\p{L}\p{N}-]{1,63}(?:\sdot\s[\p{L}\p{N}-]{2,63}){1,6}|#EXT#)/giu;
/** An address behind the scheme of its program, with or without a domain. */
const mailScheme = /(?<![\p{L}\p{N}])((?:mailto|sips?|xmpp|im):)([^\s"'<>,;]{1,200})/giu;
const version = /^v?\d+(?:\.(?:\d+|x)){0,2}$|^(?:latest|next)$/;

/** Mail addresses and accounts of the form name@domain, with letters of any language, percent-encoded too. */
export const mails: Rule = (text, withhold) => {
  if (!/@|40|&#|\bat\b|&commat;|\(a\)|_at_|#EXT#|(?:mailto|sips?|xmpp|im):/i.test(text)) return text;
  return text
    .replace(nameOfMail, (all) => withhold(all))
    .replace(accountAtHost, (all) => withhold(all))
    .replace(spokenMail, (all) => withhold(all))
    .replace(mailScheme, (all, name: string, value: string) => (value === mark ? all : name + withhold(value)))
    .replace(mail, (all, domain: string) => {
      // Packages have versions: express@4.18.2.
      if (version.test(domain)) return all;
      const quote = /^'+/.exec(all)?.[0] ?? '';
      return quote + withhold(all.slice(quote.length));
    });
};
