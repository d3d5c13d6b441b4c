import { characterOf, namedSigns } from '../markup.js';
import { makeReadable } from './readable.js';

/** Signs that markup may write by name. Programs write the others as they are. */
const spelledSigns: Readonly<Record<string, string>> = {
  ...namedSigns,
  commat: '@',
  bsol: '\\',
  equals: '=',
  colon: ':',
  semi: ';',
  comma: ',',
  period: '.',
  sol: '/',
  lowbar: '_',
  plus: '+',
  hyphen: '-',
  dash: '-',
  lbrack: '[',
  lsqb: '[',
  rbrack: ']',
  rsqb: ']',
  lpar: '(',
  rpar: ')',
  vert: '|',
  verbar: '|',
  excl: '!',
  quest: '?',
  ast: '*',
  lbrace: '{',
  lcub: '{',
  rcub: '}',
  percnt: '%',
  num: '#',
  dollar: '$',
  tab: '\t',
  newline: '\n',
};
/** A browser also reads a number without its semicolon. */
const reference = /&(?:#x0*([0-9a-f]{1,6})|#0*(\d{1,7})|([a-z]{2,7})(?=;));?/gi;

/** True for a text that may hold references of markup. */
export function hasReferences(text: string): boolean {
  return /&(?:#x?[0-9a-f]|[a-z]{2,7};)/i.test(text);
}

/** Resolves the references that markup writes for characters: `&quot;`, `&#34;`, `&#x22`. */
export function unescapeMarkup(text: string): string {
  if (!hasReferences(text)) return text;
  return makeReadable(
    text.replace(reference, (all, hex?: string, decimal?: string, name?: string) =>
      name === undefined
        ? (characterOf(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)) ?? all)
        : (spelledSigns[name.toLowerCase()] ?? all),
    ),
  );
}

/** Bytes in octal digits stand together: one alone may be a sign in hexadecimal digits, with a digit behind it. */
const octalBytes = /(?:\\{1,16}[0-3][0-7]{2}){2,}/g;
/**
 * In text that was escaped again, the backslash is doubled. Style sheets write six digits, or as directories do two, of which
 * only those of signs are read: others begin the name of a folder.
 */
const escapes =
  /\\{1,16}u([0-9a-fA-F]{4})|\\{1,16}u\{([0-9a-fA-F]{1,6})\}|\\{1,16}U([0-9a-fA-F]{8})|_x([0-9a-fA-F]{4})_|\\{1,16}(0[01][0-9a-fA-F]{4}) ?|\\{1,16}x([2-9a-fA-F][0-9a-fA-F])|\\{1,16}(2[0-9a-fA-F]|3[a-fA-F]|40|5[b-fA-F]|60|7[b-eB-E]) ?|\\{1,16}([0-3][0-7]{2})/g;

/**
 * Resolves the numbers that programs write for characters: `\u0022`, `\u{22}`, `\U00000022`, `_x0022_`, `\000022`, `\x22`, `\22`,
 * `\042`. A byte becomes percent encoding, because several may be one character.
 */
export function unescapeCharacters(text: string): string {
  if (!/\\[uxU0-7]|_x/.test(text)) return text;
  const withBytes = text.replace(octalBytes, (run) => run.split(/\\+/).slice(1).map(percentOf).join(''));
  return withBytes.replace(escapes, (all, ...groups: (string | undefined)[]) => {
    const [four, braces, eight, name, six, byte, sign, octal] = groups;
    if (octal !== undefined) return percentOf(octal);
    const bytes = byte ?? sign;
    if (bytes !== undefined) return `%${bytes}`;
    return characterOf(Number.parseInt(four ?? braces ?? eight ?? name ?? six ?? '', 16)) ?? all;
  });
}

const percentOf = (octal: string) => `%${Number.parseInt(octal, 8).toString(16).padStart(2, '0')}`;
