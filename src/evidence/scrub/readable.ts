/** Control characters of both ranges, without line break and tab. */
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Characters that show nothing. They change the writing direction, or split a word that reads as one. */
const invisible = /\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;

/** Letters and signs of full width, and small signs, which read like those of ASCII. */
const fullWidth = /[\uff01-\uff5e]/g;
const smallSigns = /[\ufe50-\ufe6b]/g;
/** The full stop of Chinese and Japanese, and digits of Arabic. */
const eastStop = /(?<=\d)[\u3002\uff61](?=\d)/g;
const arabicDigits = /[\u0660-\u0669\u06f0-\u06f9]/g;
/** An accent that no letter of its own has. */
const strayAccent = /(?<=\p{Script=Latin})\p{Mn}+/gu;

/** Letters and digits in the styles of formulas, which read like those of ASCII. */
const styledLetters = /[\u{1d400}-\u{1d7ff}]/gu;

/** Letters of Greek and Cyrillic that look like Latin ones, each followed by the Latin one. */
const lookAlikes = new Map(
  Array.from(
    'аaеeоoрpсcуyхxѕsіiјjһhԁdԝwԛqνvοoαaρpιiκkτtАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJΑAΒBΕEΗHΙIΚKΜMΝNΟOΡPΤTΧX'.matchAll(
      /(.)(.)/gu,
    ),
    ([, like = '', latin = '']) => [like, latin] as const,
  ),
);
const mixedWord = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{2,}/gu;

/** Returns a word of two alphabets in Latin letters, which is how a person reads it. */
function inOneAlphabet(word: string): string {
  if (!/\p{Script=Latin}/u.test(word) || !/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word)) return word;
  return word.replace(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu, (one) => lookAlikes.get(one) ?? one);
}

/** True for a text of ASCII and the mark of what was withheld: most texts, and nothing in them reads in another way. */
function isPlain(text: string): boolean {
  return /^[\t\n\r -~…]*$/.test(text);
}

/** An encoded character is no letter beside an accent, or in a word: its digits are read together with its sign. */
const encoded = /(%u[0-9a-f]{4}|%[0-9a-f]{2})/i;

/** Returns the text as a person reads it: without invisible characters, and with one form of the letters of ASCII. */
export function makeReadable(text: string): string {
  if (isPlain(text)) return text;
  const visible = text.replace(control, '').replace(invisible, '');
  if (!visible.includes('%')) return inOneForm(visible);
  return visible
    .split(encoded)
    .map((piece, i) => (i % 2 === 1 ? piece : inOneForm(piece)))
    .join('');
}

function inOneForm(text: string): string {
  if (isPlain(text)) return text;
  return text
    .normalize('NFC')
    .replace(strayAccent, '')
    .replace(arabicDigits, (one) => String(one.charCodeAt(0) % 16))
    .replace(fullWidth, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replace(smallSigns, (one) => one.normalize('NFKC'))
    .replace(eastStop, '.')
    .replace(styledLetters, (one) => one.normalize('NFKC'))
    .replace(mixedWord, inOneAlphabet);
}

/** Returns the text without accents, at the same length, so that a place in one is the same place in the other. */
export function foldAccents(text: string): string {
  if (isPlain(text)) return text;
  return text.replace(/[\u00c0-\u024f\u0370-\u04ff\u1e00-\u1fff]/g, (one) => one.normalize('NFD')[0] as string);
}
