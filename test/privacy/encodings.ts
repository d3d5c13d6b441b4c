/** How a program, or a person with bad intent, writes a text in a URL. `path` keeps the slashes of a path as they are. */
export type Encoding = (text: string, path: boolean) => string;

const percent = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
const utf8 = (char: string) => [...Buffer.from(char, 'utf8')].map(percent).join('');
const units = (char: string) =>
  [...Array(char.length).keys()].map((i) => `%u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
const tooLong = (char: string) => {
  const code = char.charCodeAt(0);
  return code < 128 ? percent(0xc0 | (code >> 6)) + percent(0x80 | (code & 63)) : utf8(char);
};
const latin1 = (char: string) => (char.charCodeAt(0) < 256 ? percent(char.charCodeAt(0)) : utf8(char));

/** Encodes what is no letter or digit. */
const signs =
  (encode: (char: string) => string): Encoding =>
  (text, path) =>
    [...text].map((char) => (/[A-Za-z0-9]/.test(char) || (path && char === '/') ? char : encode(char))).join('');
/** Encodes every character. */
const all =
  (encode: (char: string) => string): Encoding =>
  (text, path) =>
    [...text].map((char) => (path && char === '/' ? char : encode(char))).join('');

/** Encodes some characters, each in the way that is chosen for it. */
const some =
  (choose: (char: string, i: number) => ((char: string) => string) | undefined): Encoding =>
  (text, path) =>
    [...text].map((char, i) => (path && char === '/' ? char : (choose(char, i)?.(char) ?? char))).join('');
const twice = (char: string) => utf8(char).replaceAll('%', '%25');
/** Puts a percent sign into the first word, where the letters behind it are not digits of an encoding. */
const insertPercent = (text: string) => text.replace(/[a-z](?=[g-z])/i, '$&%');

const names: Record<string, string> = {
  '@': '&commat;',
  '\\': '&bsol;',
  '=': '&equals;',
  ':': '&colon;',
  '.': '&period;',
  ',': '&comma;',
  '+': '&plus;',
  _: '&lowbar;',
};
const usual = signs(utf8);
const quoted = signs((char) => utf8(char).replaceAll('%', '='));
/** Signs in UTF-16 as Base64, as UTF-7 has them. */
const shift = (run: string) =>
  run === '+' ? '+-' : `+${Buffer.from(run, 'utf16le').swap16().toString('base64').replace(/=+$/, '')}-`;
const unshift = (run: string) => {
  const bytes = Buffer.from(run, 'base64');
  return bytes
    .subarray(0, bytes.length & ~1)
    .swap16()
    .toString('utf16le');
};
const then =
  (change: (encoded: string) => string): Encoding =>
  (text, path) =>
    change(usual(text, path));

export const encodings: Record<string, Encoding> = {
  'as browsers do': (text, path) =>
    path
      ? encodeURI(text).replace(/[()?#]/g, (c) => percent(c.charCodeAt(0)))
      : encodeURIComponent(text).replaceAll("'", '%27'),
  'every sign': usual,
  'in small letters': then((text) => text.replace(/%../g, (one) => one.toLowerCase())),
  'in letters of both cases': then((text) => {
    let i = 0;
    return text.replace(/%../g, (one) => (i++ % 2 === 0 ? one : one.toLowerCase()));
  }),
  twice: then((text) => text.replaceAll('%', '%25')),
  'three times': then((text) => text.replaceAll('%', '%2525')),
  'nine times': then((text) => text.replaceAll('%', `%${'25'.repeat(8)}`)),
  'the encoding encoded': then((text) => text.replace(/%(.)(.)/g, (_all, a, b) => `%25${utf8(a)}${utf8(b)}`)),
  'with %u': signs(units),
  'with %u twice': (text, path) => signs(units)(text, path).replaceAll('%', '%u0025'),
  'every character': all(utf8),
  'every character with %u': all(units),
  'every character twice': (text, path) => all(utf8)(text, path).replaceAll('%', '%25'),
  'blanks as plus signs': (text, path) => usual(text.replaceAll(' ', '+'), path).replaceAll('%2B', '+'),
  'in Latin-1': signs(latin1),
  'in the longer forms of UTF-8': signs(tooLong),
  'with a percent sign of full width': then((text) => text.replaceAll('%', '\uff05')),
  'with a bad end': then((text) => `${text}%zz`),
  'cut off inside a character': then((text) => `${text}%C3`),
  'cut off inside an encoding': then((text) => `${text}%4`),
  'behind a lone byte': then((text) => `%E9%20${text}`),
  'half of it': some((_char, i) => (i % 2 === 0 ? utf8 : undefined)),
  'its vowels': some((char) => (/[aeiou]/i.test(char) ? utf8 : undefined)),
  'in three ways in turn': some((_char, i) => [(char: string) => units(char), utf8, twice][i % 3]),
  'with a percent sign inside a word': then(insertPercent),
  'with every percent sign doubled': then((text) => text.replaceAll('%', '%%')),
  'behind a percentage': then((text) => `100% ${text}`),
  'behind an encoded percentage': then((text) => `100%25 ${text}`),
  'with NUL behind it': then((text) => `${text}%00`),
  'in numbers of markup without their semicolons': (text, path) =>
    signs((char) => `&#${char.codePointAt(0)};`)(text, path).replace(/;(?!\d)/g, ''),
  'in names of markup': (text) => text.replace(/[@\\=:.,+_]/g, (char) => names[char]!),
  'in escapes of JSON, twice': signs((char) => units(char).replaceAll('%', '\\\\')),
  'in escapes of Python': signs((char) => `\\U${char.codePointAt(0)!.toString(16).padStart(8, '0')}`),
  'in escapes with braces': signs((char) => `\\u{${char.codePointAt(0)!.toString(16)}}`),
  'in escaped bytes': signs((char) => utf8(char).replaceAll('%', '\\x')),
  'in octal bytes': signs((char) =>
    [...Buffer.from(char)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  ),
  'in quoted-printable': quoted,
  'in UTF-7': (text) => text.replace(/\+|[^A-Za-z0-9/ +]+/g, shift),
  'as style sheets do': signs((char) => `\\${char.codePointAt(0)!.toString(16).padStart(6, '0')}`),
  'as directories do': signs((char) => (char < '\u0080' ? utf8(char).replaceAll('%', '\\').toLowerCase() : char)),
  'in names of XML': signs((char) => `_x${char.charCodeAt(0).toString(16).padStart(4, '0')}_`),
  'with an invisible character': then((text) => text.replace('%', '%E2%80%8B%')),
};

/** Returns a text with everything that a reader of it could decode. */
export function decodeAll(text: string): string {
  let plain = text;
  for (let before = ''; before !== plain; ) {
    before = plain;
    plain = Object.entries(names)
      .reduce((rest, [char, name]) => rest.replaceAll(name, char), plain)
      .replace(/&#(\d{1,6})/g, (_all, code) => String.fromCodePoint(Number(code)))
      .replace(/\\+(?:u|U0000)([0-9a-f]{4})|_x([0-9a-f]{4})_/g, (_all, code, name) =>
        String.fromCharCode(Number.parseInt(code ?? name, 16)),
      )
      .replace(/=(?=[2-9A-F][0-9A-F])/g, '%')
      .replace(/\+([A-Za-z0-9+/]{3,})-/g, (_all, run) => unshift(run))
      .replace(/\\(0[01][0-9a-f]{4})/g, (_all, code) => String.fromCodePoint(Number.parseInt(code, 16)))
      .replace(/\\([2-7][0-9a-f])/g, '%$1')
      .replace(/\\u\{([0-9a-f]+)\}/g, (_all, code) => String.fromCodePoint(Number.parseInt(code, 16)))
      .replace(/\\x/g, '%')
      .replace(/\\([0-3][0-7]{2})/g, (_all, code) => `%${Number.parseInt(code, 8).toString(16).padStart(2, '0')}`)
      .replace(/%u([0-9a-f]{4})/gi, (_all, digits) => String.fromCharCode(Number.parseInt(digits, 16)))
      .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('latin1'));
  }
  return plain
    .replace(/[\u0000-\u001f]/g, '')
    .replaceAll('+', ' ')
    .toLowerCase();
}
