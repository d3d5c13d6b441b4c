import { isBuiltInAccount, startsBuiltIn } from './accounts.js';
import { mark, type Rule, type Withholder } from './rule.js';

/** Words that name a secret anywhere in a key: `db_password`, `PGPASSWORD`, `MyClientSecret`. */
const secretWords =
  "p[a@4]ss[ _-]?(?:w[o0]rds?|wd|wort|wörter|phrase|code)|kennwort|contrase(?:ñ|n)a|mot[ _-]?de[ _-]?passe|senha|wachtwoord|lösenord|losenord|heslo|hasło|haslo|jelszó|parola(?: d['’]ordine)?|clave|şifre|κωδικός|κωδικος|كلمة (?:المرور|السر)|סיסמה|סיסמא|one[ -]time[ -]code|passord|adgangskode|salasana|пароль|пароля|密码|密碼|口令|パスワード|비밀번호|암호|secret|(?:saml|samlart)(?:request|response)|viewstate|[cx]srf|arraffinity|aspnetcore\\.[\\w.]{1,60}|(?:encryption|password|hash)[ _-]?salt|(?:api|access|account|private|encryption|validation|decryption|machine|shared|signing|subscription|master|license|session|functions?|hmac|jwt)(?:[ _:-]|__)?keys?|cred(?:ential)?s?(?=\\W)|credentials?|connection[ _-]?string|session[ _-]?id|token|ticket|signature|pwd|jsessionid|phpsessid|pswd?|(?:user|usr|db|login|admin|root|sql|ftp|smtp|mail|proxy|my)[ _-]?pass";
/** Short words, which are parts of other words too: they count where a word begins, or with a capital letter inside one. */
const shortWords = 'pass|pin|pw|sig|sid|otp|auth|nonce|salt';
/** Words that name a person. */
const personWords =
  'user[ _-]?id|uid|user[ _-]?(?:principal[ _-]?)?names?|author|users?|usr|login(?:[ _-]?name)?|logon[ _-]?(?:name|account)|account[ _-]?name|benutzer(?:name|kennung)?|utilisateur|usuario|gebruiker|utente|e-?mail|first[ _-]?name|last[ _-]?name|full[ _-]?name|sam[ _-]?account[ _-]?name';
const sign =
  '((?:\\\\{0,8}(?:["\'\\]“”„‘’«»]|&quot;|&#34;|&#39;|&apos;)){0,3}(?:\\t{1,8}|(?:\\s?\\.){2,40}\\s?:\\s{0,8}|\\s{0,8}(?:=>|->|:=|!?={1,3}|:|%(?:25)*3[ad])\\s{0,8}(?:[|>][+-]?\\s{1,16}|\\[\\s{0,4}(?=\\\\{0,8}["\'])|\\{\\s{0,4}\\\\{0,8}["\']value\\\\{0,8}["\']\\s{0,4}:\\s{0,4})?))';
const key = new RegExp(`(${secretWords}|${shortWords}|${personWords})([\\p{L}\\p{N}_-]{0,24})${sign}`, 'giu');
const shortWord = new RegExp(`^(?:${shortWords}|${personWords})$`, 'iu');
const personWord = new RegExp(`^(?:${personWords})$`, 'iu');
/** Values that describe a secret without being one. */
const harmlessValue =
  /^(?:null|none|true|false|yes|no|nil|undefined|empty|\(null\)|…|\d|\*+|S-1-\d{1,3}(?:-\d{1,10}){1,15})$/i;

/** `key=value` and `"key": "value"` in every quoting, with the value taken out. */
export const keyedSecrets: Rule = (text, withhold) => {
  let out = '';
  let done = 0;
  key.lastIndex = 0;
  for (let hit = key.exec(text); hit !== null; hit = key.exec(text)) {
    const [all, word, suffix, between] = hit as unknown as [string, string, string, string];
    const at = hit.index + all.length;
    if (!isKey(text, hit.index, word, suffix)) {
      key.lastIndex = hit.index + word.length;
      continue;
    }
    const value = readValue(text, at, between, personWord.test(word));
    // An empty value ends the key, not the search: the next key may stand right behind it.
    key.lastIndex = Math.max(value.end, at);
    if (value.bare === '' || harmlessValue.test(value.bare)) continue;
    if (personWord.test(word) && (isBuiltInAccount(value.bare) || startsBuiltIn(text.slice(at, at + 40)))) continue;
    out += text.slice(done, value.start) + withhold(value.bare);
    done = value.end;
  }
  return done === 0 ? text : out + text.slice(done);
};

/** Length of the longest word after which no key follows: `unexpected `. */
const longestLead = 11;

/** True for a key; false for the end of another word (`bypass:`), and for the public key in the name of an assembly. */
function isKey(text: string, at: number, word: string, suffix: string): boolean {
  const before = text.slice(Math.max(0, at - longestLead), at);
  if (/public$/i.test(before) || /publickey$/i.test(before) || /unexpected $/i.test(before)) return false;
  if (!shortWord.test(word)) return true;
  // "Passive:" and "User-Agent:" are words of their own.
  if (/^\p{Ll}|^\W?(?:agent|control)/iu.test(suffix) && !/^s?$/.test(suffix)) return false;
  const last = before.at(-1) ?? '';
  return !/[\p{L}\p{N}]/u.test(last) || (/\p{Ll}/u.test(last) && /^\p{Lu}/u.test(word));
}

interface Value {
  /** Where the private part begins and ends; quotes around it stay. */
  start: number;
  end: number;
  bare: string;
}

const opening = /\\{0,8}(?:"|'|&quot;|&#34;|&#39;|&apos;)|[{“„‘«]/y;
/** The closing signs of quotes that look different at their end. */
const closings: Readonly<Record<string, string>> = { '{': '}', '“': '”', '„': '“', '‘': '’', '«': '»' };
/** A value of a connection string may hold blanks and quotes: it ends at the semicolon. */
const untilSemicolon = /[^;\r\n="<>]{1,128}(?=;)/y;
// Quotes, brackets, commas and references inside a value belong to it when more of it follows.
const bareValue = /(?:[^\s;&,"'<>()[\]{}]|&(?!(?:amp;)?[\w.-]{1,40}=)|[,"'()[\]{}](?=[^\s,;.)\]}"'<>]))+/y;
const nameValue = /[^\s;&,"'<>()\]}]+(?: \p{Lu}[^\s;&,"'<>()\]}]*){0,3}/uy;
const longestValue = 4096;

function readValue(text: string, at: number, between: string, isPerson: boolean): Value {
  opening.lastIndex = at;
  const open = opening.exec(text)?.[0];
  if (open === '{' && !between.includes('=')) return { start: at, end: at, bare: '' };
  if (open !== undefined) return readQuotedValue(text, at + open.length, closings[open] ?? open);
  const patterns = isPerson ? [nameValue] : between.includes('=') ? [untilSemicolon, bareValue] : [bareValue];
  for (const pattern of patterns) {
    pattern.lastIndex = at;
    const bare = pattern.exec(text)?.[0];
    if (bare !== undefined) return { start: at, end: at + bare.length, bare: bare.trimEnd() };
  }
  return { start: at, end: at, bare: '' };
}

/** Reads up to the closing quote; a doubled or escaped one is part of the value. Without one, reads up to the end of the line. */
function readQuotedValue(text: string, start: number, close: string): Value {
  const limit = Math.min(text.length, start + longestValue);
  let at = text.indexOf(close, start);
  while (at >= 0 && at < limit) {
    if (
      text.startsWith(close, at + close.length) &&
      !(at === start && close.length === 1 && !/[\w]/.test(text[at + 2] ?? ''))
    ) {
      at = text.indexOf(close, at + 2 * close.length);
    } else if (close.length === 1 && text[at - 1] === '\\' && text[at - 2] !== '\\') {
      at = text.indexOf(close, at + close.length);
    } else {
      return { start, end: at, bare: text.slice(start, at) };
    }
  }
  const line = text.indexOf('\n', start);
  const end = Math.min(line < 0 ? text.length : line, limit);
  return { start, end, bare: text.slice(start, end) };
}

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

const element = new RegExp(
  `(<|&lt;)((?:[\\w.-]{1,40}:)?[\\p{L}\\p{N}_.-]{0,40}?(?:${secretWords}|${personWords})[\\p{L}\\p{N}_.-]{0,24})(?:\\s[^<>]{0,200})?(>|&gt;)(?:<!\\[CDATA\\[|(?:<|&lt;)[\\w:.-]{1,40}(?:>|&gt;)){0,2}([^<>&]{1,4096}(?:&(?!lt;)[^<>&]{0,4096}){0,50}?)(?=<|&lt;|\\]\\]>|$)`,
  'giu',
);
/** `<add key="Pwd">…</add>`: an attribute names the secret. */
const namedElement = new RegExp(
  `((?:key|name|id)\\s?=\\s?\\\\{0,4}(?:"|'|&quot;)[^"'<>&]{0,60}(?:${secretWords})[^"'<>&]{0,40}(?:"|'|&quot;)\\s{0,8}(?:>|&gt;))([^<>&]{1,4096})`,
  'giu',
);
const pair = new RegExp(
  `((?:key|name|id)\\s?=\\s?\\\\{0,4}(?:"|'|&quot;)[^"'<>&]{0,60}(?:${secretWords})[^"'<>&]{0,40}(?:"|'|&quot;)\\s{1,8}value\\s?=\\s?\\\\{0,4}(?:"|'|&quot;))([^"'<>]{1,4096})`,
  'giu',
);
/** The same with the value in front of the name. */
const pairBackwards = new RegExp(
  `(?<=\\bvalue\\s?=\\s?\\\\{0,4}(?:"|'|&quot;))([^"'<>]{1,4096}?)(?=\\\\{0,4}(?:"|'|&quot;)\\s{1,8}(?:key|name|id)\\s?=\\s?\\\\{0,4}(?:"|'|&quot;)[^"'<>&]{0,60}(?:${secretWords}))`,
  'giu',
);
const quote = '\\\\{0,4}["\']';
const objectPair = new RegExp(
  `(${quote}(?:key|name)${quote}\\s?:\\s?${quote}[^"']{0,60}(?:${secretWords})[^"']{0,40}${quote}\\s?,\\s?${quote}value${quote}\\s?:\\s?${quote})([^"']{1,4096})`,
  'giu',
);

const objectPairBackwards = new RegExp(
  `(?<=${quote}value${quote}\\s?:\\s?${quote})([^"']{1,4096}?)(?=${quote}\\s?,\\s?${quote}(?:key|name)${quote}\\s?:\\s?${quote}[^"']{0,60}(?:${secretWords}))`,
  'giu',
);

/** `<password>…</password>` and `<add key="password" value="…"/>`, as they stand or escaped. */
export const markedSecrets: Rule = (text, withhold) => {
  if (!/[<"']|&lt;|&quot;/.test(text)) return text;
  const withholdValue = (all: string, before: string, value: string) =>
    value === mark ? all : before + withhold(value);
  return text
    .replace(element, (all, ...groups: string[]) => {
      const value = groups[3] ?? '';
      return value.trim() === '' || value === mark ? all : all.slice(0, all.length - value.length) + withhold(value);
    })
    .replace(namedElement, withholdValue)
    .replace(pair, withholdValue)
    .replace(objectPair, withholdValue)
    .replace(pairBackwards, (all) => (all === mark ? all : withhold(all)))
    .replace(objectPairBackwards, (all) => (all === mark ? all : withhold(all)));
};

const spokenPassword =
  /(pass(?:word|wort|phrase|code)|kennwort|contrase(?:ñ|n)a|mot de passe|senha|wachtwoord|пароль|pwd|\bpin|secret)(\s{1,4}(?:(?:is|was|of|ist|lautet|est|es|war|to|the)\s{1,4}){0,2})(?:(["'«„‘“])([^"'»“’”\n]{3,200})(?=["'»“’”])|([^\s"',;<>()]*\d[^\s"',;<>()]*))/giu;

const passwordWords =
  'pass[ _-]?(?:word|wd|wort|phrase|code)|kennwort|contrase(?:ñ|n)a|mot de passe|senha|wachtwoord|пароль|psw|pswd|pwd';
/** "password (hunter2)", "[password] hunter2", "password|hunter2". A code of Windows there is not the password. */
const besideSign = new RegExp(
  `((?:${passwordWords})(?:\\]\\s{1,4}|\\s{0,4}\\(\\s{0,4}|\\s{0,4}\\|\\s{0,4}))(?!0x[0-9a-f]{1,8}\\b)([^\\s"'|()<>[\\],;…]{3,200})`,
  'giu',
);
/** "password for sa is hunter2", "password of the account sa: hunter2". */
const ofAccount = new RegExp(
  `((?:${passwordWords})\\s{1,4}(?:for|of|für|pour|de|van)\\s{1,4}(?:\\S{1,64}\\s{1,4}){0,3}?(?:\\S{1,64}?(?=[=:])\\s{0,4}[=:]|\\S{1,64}\\s{1,4}(?:is|was|ist|est|es|=|:))\\s{1,4})(["'«„‘“]?)(?=[^\\s]{0,63}\\d)([^\\s"',;<>()»”’]{1,200})`,
  'giu',
);

/** "the password was changed to x", "Kennwort lautet x", "with password x and": the word that follows, if it tells no state. */
const spokenWord = new RegExp(
  `((?:with|using|mit|avec|con)\\s(?:the\\s)?(?:password|passphrase|kennwort|passwort|contraseña)\\s{1,4}|(?:${passwordWords})(?:\\s{1,4}(?:for|of|für|pour|de|van)\\s{1,4}(?:\\S{1,64}\\s{1,4}){1,3}?|\\s{1,4})(?:(?:(?:is|was|has|been|now|wurde|a été)\\s{1,4}){0,3}(?:changed|set|reset|geändert|gesetzt)\\s{1,4}(?:to|auf)|(?:is|was|ist|lautet|est|es)(?:\\s(?:now|jetzt))?|\\S{1,64}(?=:\\s)):?\\s{1,4})(["'«„‘“]?)([^\\s"',;<>()»”’…]{1,200})`,
  'giu',
);
/** What a message says about a password without naming it. */
const stateWord =
  /^(?:a|about|also|already|an|and|at|been|being|blank|case|correct|definiert|due|either|empty|expired?|expirée?|abgelaufen|falsch|fehlt|for|from|in|incorrecte?a?|incorrecto|inválida|invalide?|invalid|it|kein|known|leer|locked|longer|missing|must|never|nicht|no|none|not|null|obligatoire|obligatoria|old|on|only|or|out|protected|provided|required|right|set|specified|stored|still|the|to|too|ungültig|unknown|used|valid|vide|weak|with|without|wrong|yes|…)\W*$/iu;

/** "the password is hunter2", "password 'abc'". */
export const spokenSecrets: Rule = (text, withhold) =>
  text
    .replace(spokenWord, (all, before: string, quote: string, value: string) =>
      stateWord.test(value) || harmlessValue.test(value) || /^0x[0-9a-f]+\W*$/i.test(value)
        ? all
        : `${before}${quote}${withholdBeforeStop(value, withhold)}`,
    )
    .replace(besideSign, (_all, before: string, value: string) => `${before}${withholdBeforeStop(value, withhold)}`)
    .replace(
      ofAccount,
      (_all, before: string, quote: string, value: string) => `${before}${quote}${withholdBeforeStop(value, withhold)}`,
    )
    .replace(spokenPassword, (all, word: string, between: string, quote?: string, quoted?: string, bare?: string) => {
      if (bare !== undefined) return `${word}${between}${withholdBeforeStop(bare, withhold)}`;
      return quoted === mark ? all : `${word}${between}${quote}${withhold(quoted as string)}`;
    });

/** Withholds a value without the full stop behind it, which ends the sentence. */
function withholdBeforeStop(value: string, withhold: Withholder): string {
  const end = /[.:!?]+$/.exec(value)?.[0] ?? '';
  return withhold(value.slice(0, value.length - end.length)) + end;
}
