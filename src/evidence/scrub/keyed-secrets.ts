import { isBuiltInAccount, startsBuiltIn } from './accounts.js';
import { foldAccents } from './readable.js';
import type { Rule } from './rule.js';
import { personWords, secretWords, shortWords } from './secret-words.js';

const sign =
  '((?:\\\\{0,32}(?:["\'\\]“”„‘’«»]|&quot;|&#34;|&#39;|&apos;)){0,3}(?:\\t{1,8}|(?:\\s?\\.){2,40}\\s?:\\s{0,8}|\\s{0,8}(?:=>|->|:=|!?={1,3}|:{1,2}|%(?:25)*3[ad])\\s{0,8}(?:[|>][+-]?\\s{1,16}|\\[\\s{0,4}(?=\\\\{0,32}["\'])|\\{\\s{0,4}\\\\{0,32}["\']value\\\\{0,32}["\']\\s{0,4}:\\s{0,4})?))';
const key = new RegExp(`(${secretWords}|${shortWords}|${personWords})([\\p{L}\\p{N}_-]{0,24})${sign}`, 'giu');
const shortWord = new RegExp(`^(?:${shortWords}|${personWords})$`, 'iu');
const personWord = new RegExp(`^(?:${personWords})$`, 'iu');
/** Values that describe a secret without being one. */
export const harmlessValue =
  /^(?:null|none|true|false|yes|no|nil|undefined|empty|\(null\)|…|\d|\*+|S-1-\d{1,3}(?:-\d{1,10}){1,15})$/i;

/** `key=value` and `"key": "value"` in every quoting, with the value taken out. */
export const keyedSecrets: Rule = (text, withhold) => {
  let out = '';
  let done = 0;
  const folded = foldAccents(text);
  key.lastIndex = 0;
  for (let hit = key.exec(folded); hit !== null; hit = key.exec(folded)) {
    const [all, word = '', suffix = '', between = ''] = hit;
    const at = hit.index + all.length;
    if (!isKey(text, hit.index, word, suffix)) {
      key.lastIndex = hit.index + word.length;
      continue;
    }
    const value = readValue(text, at, between, personWord.test(word));
    // An empty value ends the key, not the search: the next key may be right behind it.
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

const opening = /\\{0,32}(?:"|'|&quot;|&#34;|&#39;|&apos;)|[{“„‘«]/y;
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
