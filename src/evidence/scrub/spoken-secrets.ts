import { harmlessValue } from './keyed-secrets.js';
import { isPlainWord } from './plain-words.js';
import { foldAccents } from './readable.js';
import type { Rule } from './rule.js';
import { passwordWords, secretWords, spokenWords } from './secret-words.js';
import { withholdValues } from './values.js';

const value = '([^\\s"\'`,;|/\\\\<>()[\\]{}…&«»„“”‘’]{3,200})';
/** What may be between a secret's name and its value: blanks, commas, slashes, quotes, brackets. */
const between = '(?:\\s\\.\\s{0,4}["\']|[\\s"\'`,;:=|/\\\\~^*#!+<>()\\[\\]{}&_–—«»„“”‘’-]{1,12}|\\.{2,8}\\s{0,8})';
/** "token hunter2", "Password,hunter2", "svc/password/hunter2", "[password] hunter2". */
const besideName = new RegExp(`(?<!unexpected |public ?key)(?:${spokenWords})s?${between}${value}`, 'giu');

/** "password for sa is hunter2", "password of the account sa: hunter2". */
const ofAccount = new RegExp(
  `(?:${passwordWords})\\s{1,4}(?:for|of|fur|pour|de|van)\\s{1,4}(?:\\S{1,64}\\s{1,4}){0,3}?(?:\\S{1,64}?(?=[=:])\\s{0,4}[=:]|\\S{1,64}\\s{1,4}(?:is|was|ist|est|es|=|:))\\s{1,4}["'«„‘“]?([^\\s"',;<>()»”’]{1,200})`,
  'giu',
);

/** "password of sa x", "credentials sa / x". */
const behindAccount = new RegExp(
  `(?:(?:${passwordWords})\\s{1,4}(?:for|of|fur|pour|de|van)\\s{1,4}\\S{1,64}\\s{1,4}|credentials?\\s{0,4}[:=]?\\s{0,4}\\S{1,64}\\s{0,4}[/|,]\\s{0,4})${value}`,
  'giu',
);

/** "the password was changed to x", "Kennwort lautet x", "the token is x": the word that follows, if it tells no state. */
const stated = new RegExp(
  `(?:${spokenWords})(?:\\s{1,4}(?:for|of|fur|pour|de|van)\\s{1,4}(?:\\S{1,64}\\s{1,4}){1,3}?|\\s{1,4})(?:(?:(?:is|was|has|been|now|wurde|a ete)\\s{1,4}){0,3}(?:(?:changed|set|reset|geandert|gesetzt)\\s{1,4}(?:to|auf)|(?:given|supplied|entered|provided)(?:\\s(?:was|is))?)|(?:is|was|ist|lautet|est|es|war)(?:\\s(?:now|jetzt))?|\\S{1,64}(?=:\\s)):?\\s{1,4}["'«„‘“]?([^\\s"',;<>()»”’…]{1,200})`,
  'giu',
);
/** "hunter2 is the password". */
const reversed = new RegExp(
  `([^\\s"'\`,;|<>()[\\]{}…]{3,200})(["']?\\s{1,4}(?:is|was|ist|est|=)\\s{1,4}(?:(?:the|my|your|das|le|a)\\s{1,4})?(?:${passwordWords})(?![\\p{L}\\p{N}_=:]))`,
  'giu',
);

const wholeQuote = new RegExp(`(?:${passwordWords})\\s{1,4}["'«„‘“]([^"'»“’”\\n]{3,200})(?=["'»“’”])`, 'giu');

/** Most texts name no secret, and are searched once. */
const anyName = new RegExp(spokenWords, 'iu');

const stays = (one: string) => isPlainWord(one) || harmlessValue.test(one);

/** Values beside the name of a secret without an equals sign. Only words that messages have there stay. */
export const spokenSecrets: Rule = (text, withhold) => {
  if (!anyName.test(foldAccents(text))) return text;
  // A URL has no blank, and none of the patterns that are searched longest can be in it.
  const isSentence = /\s/.test(text);
  const patterns = isSentence
    ? [ofAccount, behindAccount, stated, wholeQuote, besideName]
    : [behindAccount, besideName];
  const shown = patterns.reduce((rest, pattern) => withholdValues(rest, pattern, withhold, stays), text);
  if (!isSentence) return shown;
  return shown.replace(reversed, (all, word: string, rest: string) => (stays(word) ? all : withhold(word) + rest));
};

const letter = '[\\p{L}@$0-9]';
/** Letters with a sign between them: `p a s s w o r d`, `P.A.S.S`. */
const spacedWord = new RegExp(`(?<![\\p{L}\\p{N}])(?:${letter}[ ._*-]{1,2}){3,40}${letter}(?![\\p{L}\\p{N}])`, 'gu');
const wholeSecret = new RegExp(`(?:${secretWords})$`, 'iu');

/** `p a s s w o r d = hunter2`: what follows such a name, up to the next blank. */
export const spacedSecrets: Rule = (text, withhold) => {
  let out = '';
  let done = 0;
  for (const hit of text.matchAll(spacedWord)) {
    if (hit.index < done || !wholeSecret.test(hit[0].replace(/[ ._*-]/g, ''))) continue;
    const end = hit.index + hit[0].length;
    const next = /^(?:\s{0,8}[=:>,;|/-]{1,3}\s{0,8}|\s{1,8})["'({[]?([^\s"'…]{2,200})/u.exec(
      text.slice(end, end + 240),
    );
    if (next?.[1] === undefined || isPlainWord(next[1])) continue;
    const start = end + next[0].length - next[1].length;
    out += text.slice(done, start) + withhold(next[1]);
    done = start + next[1].length;
  }
  return out + text.slice(done);
};

/** A table with its names in the first line: `user,password` and below it `sa,hunter2`. */
export const tableSecrets: Rule = (text, withhold) => {
  if (!text.includes('\n')) return text;
  const lines = text.split('\n');
  for (const sign of [',', ';', '\t', '|']) {
    for (const [at, line] of lines.entries()) {
      const names = line.split(sign);
      if (names.length < 2) continue;
      const columns = names.flatMap((name, i) => (wholeSecret.test(name.replace(/["'\s]/g, '')) ? [i] : []));
      if (columns.length === 0) continue;
      for (let below = at + 1; below < lines.length; below++) {
        const fields = (lines[below] as string).split(sign);
        if (fields.length !== names.length) break;
        for (const i of columns) if ((fields[i] as string).trim().length > 2) fields[i] = withhold(fields[i] as string);
        lines[below] = fields.join(sign);
      }
      break;
    }
  }
  return lines.join('\n');
};
