import type { Rule, Withholder } from './rule.js';

const pem =
  /-----BEGIN [A-Z0-9 ]{1,60}-----[\s\S]*?(?:-----END [A-Z0-9 ]{1,60}-----|$)|(?<=\bPrivate-Lines: ?)\d{1,4}\s[A-Za-z0-9+/=\s]+/g;
const scheme =
  /(?<![\p{L}\p{N}])(Bearer|Basic|Negotiate|NTLM|Digest|DPoP|ApiKey|SharedKey|SharedAccessSignature)\s+([A-Za-z0-9+/=._~:-]{6,})/giu;

/** A browser's answer to a challenge: `Digest username="…", response="…"`, up to its last parameter. */
const digest =
  /(?<![\p{L}\p{N}])(Digest|AWS4-HMAC-SHA256)\s{1,8}(?:[a-z-]{1,20}\s?=\s?(?:"[^"\r\n]{0,1000}"|'[^'\r\n]{0,1000}'|[^\s,"']{1,1000})[,\s]{0,8}){1,24}/giu;
/** The login of a client of SMTP or IMAP. */
const mailLogin =
  /(?<![\p{L}\p{N}])(AUTH(?:ENTICATE)?\s{1,8}(?:LOGIN|PLAIN|CRAM-MD5|XOAUTH2?|NTLM)\s{1,8})(\S{3,2000})/giu;

/** Shapes of the keys of well-known services. */
const serviceKey =
  /(?<![A-Za-z0-9])(?:eyJ[\w-]{8,}(?:\.[\w-]+){0,4}|gh[pousr]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{12,}|xox[a-z](?:-[\w-]+|[\w-]{8,})|xapp-[\w-]{8,}|(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ABIA|ACCA)[A-Z0-9]{12,}|(?:sk|rk|pk)_(?:live|test)_\w{8,}|whsec_\w{8,}|npm_\w{16,}|pypi-[\w-]{16,}|AIza[\w-]{20,}|ya29\.[\w-]+|1\/\/0[\w-]{16,}|SG\.[\w-]{8,}\.[\w-]{8,}|sk-[\w-]{16,}|hv[sb]\.[\w-]{16,}|dop_v1_\w+|shp(?:at|ss|ca)_\w{16,}|hf_\w{16,}|AGE-SECRET-KEY-1\w{8,}|ssh-(?:rsa|ed25519) [A-Za-z0-9+/=]{16,}|[\w.~-]{3}\dQ~[\w.~-]{31,}|(?:\d{6}-){7}\d{6}(?!\d))|(?<![\w$])\$(?:[12]\w?|[56y]|argon2\w{1,2}|pbkdf2[\w-]{0,12}|krb5\w{1,8})\$[\w./$*=,+-]{16,}|(?<=\bhooks\.slack\.com\/(?:services|workflows)\/)[\w/-]+/g;

const guid = /(?<![0-9A-Za-z])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z])/i;
const classId = /(?:CLSID|\bIID|AppID|LIBID|TypeLib|interface|provider|class|component|factory|GPO)[\s:='"({[]{0,12}$/i;
const longRun = /(?<![\w\\/])[A-Za-z0-9+/_-]{20,}={0,2}(?![\w\\])/g;
const digitGroups = /(?<![\d.,-])\d{1,19}(?:[ -]\d{1,19}){0,11}(?!\d|\.\d)/g;

/** True when a part of a URL is a GUID or looks made by a machine, unlike the name that a person gives a page. */
export function isOpaque(part: string): boolean {
  if (guid.test(part)) return true;
  const run = /^[\w~+=.!$*-]{16,}$/.exec(part)?.[0];
  return run !== undefined && (isScrambled(run, 3) || /^(?=.*\d)[0-9a-f]{16,}$/i.test(run));
}

/** True for letters and digits in turn, as encodings have them and words do not. */
function isScrambled(run: string, turns: number): boolean {
  const bare = run.replace(/[^A-Za-z0-9]/g, '');
  if (bare.length < 16 || /^\d+$/.test(bare)) return false;
  const switches = bare.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return switches >= turns && !/[a-z]{8,}/.test(run);
}

/** The value behind the name of an authentication scheme. */
export const schemes: Rule = (text, withhold) =>
  text
    .replace(digest, (all, name: string) => `${name} ${withhold(all.slice(name.length))}`)
    .replace(mailLogin, (_all, before: string, value: string) => before + withhold(value))
    .replace(scheme, (all, name: string, value: string) =>
      // "Basic authentication" is a word, not a ticket.
      /^(?:auth\w*|scheme|realm|tokens?|credentials?|header|error|failed|SSP|SSPI|provider|package)\b/i.test(value)
        ? all
        : `${name} ${withhold(value)}`,
    );

/** Keys, tickets and other text that a machine made as proof of identity. */
export const tokens: Rule = (text, withhold) => {
  let shown = text;
  if (/-----BEGIN|Private-Lines/.test(shown)) shown = shown.replace(pem, (all) => withhold(all));
  shown = shown.replace(serviceKey, (all) => withhold(all));
  if (!/[A-Za-z0-9+/_-]{20}/.test(shown)) return shown;
  return shown.replace(longRun, (all, offset: number, whole: string) => {
    if (guid.test(all) && all.length <= 38)
      return classId.test(whole.slice(Math.max(0, offset - 24), offset)) ? all : withhold(all);
    // Behind a full stop is mostly the name of a type, with its own short number.
    const isSecret = whole[offset - 1] === '.' ? holdsScrambled(all) : isSecretRun(all);
    return isSecret ? withhold(all) : all;
  });
};

/** True for a long run that mixes letters and digits. Names of types and handlers are long too, but do not mix them. */
function isSecretRun(run: string): boolean {
  if (isAwsSecret(run)) return true;
  const digits = run.replace(/[^0-9]/g, '').length;
  if (digits < 4 || !/[A-Za-z]/.test(run)) return false;
  if (run.length >= 32 && !/^[A-Za-z]+(?:[_-][A-Za-z0-9]+)*$/.test(run)) return true;
  return isScrambled(run, 5) || holdsScrambled(run);
}

function holdsScrambled(run: string): boolean {
  return run.split(/[_-]/).some((piece) => piece.length >= 20 && isScrambled(piece, 5));
}

/** True for 40 random characters of Base64. A path of that length has words, which are longer runs of small letters. */
function isAwsSecret(run: string): boolean {
  if (!/^[A-Za-z0-9+/]{40}$/.test(run) || !/\d/.test(run) || /[a-z]{6}/.test(run)) return false;
  const turns = run.match(/[a-z](?=[^a-z])|[A-Z](?=[^A-Z])|\d(?=\D)/g)?.length ?? 0;
  return turns >= 12 && /[A-Z]{2}/.test(run);
}

/** Numbers of payment cards, with blanks or without: their last digit checks the others (ISO/IEC 7812). */
export const cards: Rule = (text, withhold) =>
  /\d{2}[ )./-]{0,2}\d{2}/.test(text)
    ? scrubPersonNumbers(text, withhold).replace(digitGroups, (all) => scrubCard(all, withhold))
    : text;

const socialSecurity = /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g;
const phone = /(?<![\w+])\+\d{1,3}(?:[ ./-]?\(?\d{1,5}\)?){2,6}(?![\w])/g;
/** A number behind the word for it. */
const labelledNumber =
  /((?<![\p{L}])(?:phone|tel(?:ephone|efon)?|fax|mobile|mobil|handy|ssn|social security(?: number)?|born|geboren|(?:date ?of ?)?birth(?: ?date| ?day)?|geburts(?:datum|tag)|call)\.?\s{0,4}[:= ]\s{0,4})(\(?\d[\d ()./-]{5,20}\d)/giu;
const dottedCard = /(?<![\d.])\d{4}\.\d{4}\.\d{4}\.\d{4}(?:\.\d{1,3})?(?!\.?\d)/g;
const iban = /(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)/g;

/** Numbers of telephones, social security and bank accounts (ISO 13616: the rest of a division by 97 is 1). */
function scrubPersonNumbers(text: string, withhold: Withholder): string {
  return text
    .replace(labelledNumber, (_all, before: string, value: string) => before + withhold(value))
    .replace(dottedCard, (all) => withhold(all))
    .replace(socialSecurity, (all) => withhold(all))
    .replace(phone, (all) => (all.replace(/\D/g, '').length < 9 ? all : withhold(all)))
    .replace(iban, (all) => {
      const bare = all.replaceAll(' ', '');
      const digits = (bare.slice(4) + bare.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
        String(letter.charCodeAt(0) - 55),
      );
      return BigInt(digits) % 97n === 1n ? withhold(all) : all;
    });
}

/** Withholds the groups of digits that are a card; another number may be before them. */
function scrubCard(run: string, withhold: Withholder): string {
  const groups = [...run.matchAll(/\d+/g)];
  for (let from = 0; from < groups.length; from++) {
    let digits = '';
    for (let to = from; to < groups.length && digits.length < 19; to++) {
      digits += groups[to]![0];
      if (!/^[2-6]\d{12,18}$/.test(digits) || !hasCheckDigit(digits)) continue;
      const start = groups[from]!.index;
      const end = groups[to]!.index + groups[to]![0].length;
      return run.slice(0, start) + withhold(run.slice(start, end)) + run.slice(end);
    }
  }
  return run;
}

function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const n = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? n : n * 2 > 9 ? n * 2 - 9 : n * 2;
  }
  return sum % 10 === 0;
}
