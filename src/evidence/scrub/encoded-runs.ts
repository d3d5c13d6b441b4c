import type { Rule } from './rule.js';

/** Long enough that a word or a number does not read as text by chance. */
const base64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}/g;
const hexadecimal = /(?<![0-9A-Za-z])(?:0x)?(?:[0-9a-f]{2}[ :-]?){7,}[0-9a-f]{2}(?![0-9A-Za-z])/gi;
/** Least share of bytes of a dump that are text: the others end its lines, or say how long a text is. */
const textInDump = 0.9;

/** Text that was turned into Base64 or hexadecimal bytes: what it says is not looked into. */
export const encodedRuns: Rule = (text, withhold) => {
  let shown = text;
  if (/[A-Za-z0-9+/_-]{16}/.test(shown)) shown = shown.replace(base64, (all) => (holdsText(all) ? withhold(all) : all));
  if (/(?:[0-9a-f]{2}[ :-]?){8}/i.test(shown))
    shown = shown.replace(hexadecimal, (all) => (isDumpOfText(all) ? withhold(all) : all));
  return shown;
};

/** True for Base64 of a text, whose first characters may be cut off. */
function holdsText(run: string): boolean {
  return [0, 1, 2, 3].some((cut) => {
    const bytes = Buffer.from(run.slice(cut, run.length - ((run.length - cut) % 4)), 'base64');
    return bytes.length >= 12 && isText(bytes);
  });
}

/** True for bytes of a text in UTF-8 or, as PowerShell encodes its commands, of one in UTF-16 whose letters are Latin. */
function isText(bytes: Buffer): boolean {
  const letters = bytes.filter((byte) => byte > 0);
  if (letters.length === bytes.length) {
    const text = bytes.toString('utf8');
    return /^[\t\n\r\P{C}]{6,}$/u.test(text) && !text.includes('\ufffd');
  }
  return (
    letters.length >= 6 && Math.abs(bytes.length - 2 * letters.length) <= 1 && letters.every((byte) => byte >= 0x20)
  );
}

function isDumpOfText(run: string): boolean {
  const digits = run.replace(/^0x|[ :-]/gi, '');
  if (!/[a-f]/i.test(digits)) return false;
  const bytes = Buffer.from(digits, 'hex').filter((byte) => byte > 0);
  return bytes.length >= 8 && (isText(Buffer.from(bytes)) || shareOfAscii(bytes) >= textInDump);
}

const shareOfAscii = (bytes: Uint8Array) => bytes.filter((byte) => byte >= 0x20 && byte < 0x7f).length / bytes.length;
