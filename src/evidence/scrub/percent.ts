import { percent, readEncoded } from './encoded-text.js';

/** Shows nothing in Latin-1. The digits of other bytes may be letters of a word. */
const softHyphen = 0xad;

/** The character that a byte stands for which is not part of UTF-8, as a number. */
export type LoneByte = (byte: number) => number;

const latin1: LoneByte = (byte) => (byte >= 0xa0 && byte !== softHyphen ? byte : 0xfffd);
const cutOff: LoneByte = () => 0xfffd;

/** Characters that are made of numbers in one call. */
const atOnce = 4096;

/**
 * Returns the text with its percent encoding resolved, for judging what it says: every layer, `%u0040` too, and the longer
 * forms of a character that old decoders took. What is badly encoded stays.
 */
export function decodePercent(text: string, loneByte = latin1): string {
  if (!text.includes('%')) return text;
  const { units, length } = readEncoded(text);
  let decoded = '';
  for (let from = 0; from < length; from += atOnce) {
    const piece = units.slice(from, Math.min(from + atOnce, length));
    decoded += String.fromCharCode(...piece.map((unit) => (unit < 0 ? loneByte(-unit) : unit)));
  }
  return decoded;
}

/** Returns how to read the lone bytes of a text: as letters of Latin-1 and, if there are any, as the rest of something cut off. */
export function readingsOfBytes(text: string): LoneByte[] {
  return text.includes('%') && decodePercent(text) !== decodePercent(text, cutOff) ? [latin1, cutOff] : [latin1];
}

/**
 * Splits a text at signs, however they are encoded.
 * @returns pieces and signs in turn, as they are in the text, beginning and ending with a piece
 */
export function splitAtSigns(text: string, signs: string): string[] {
  const { units, starts, length } = readEncoded(text);
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
    if (unit < 0 || !signs.includes(String.fromCharCode(unit))) continue;
    const end = i + 1 < length ? starts[i + 1]! : text.length;
    parts.push(text.slice(from, starts[i]), text.slice(starts[i], end));
    from = end;
  }
  return [...parts, text.slice(from)];
}

/** Names between percent signs that Windows fills in: these signs belong to the name. */
const variable =
  /%(?:windir|system(?:root|drive)|program(?:files(?:\(x86\))?|data|w6432)|common(?:program)?files(?:\(x86\))?|(?:local)?appdata|userprofile|allusersprofile|public|temp|tmp|path|comspec|home(?:drive|path)|computername|launcher_(?:path|args)|inetroot)%/gi;

/**
 * Returns the text with something else in place of each percent sign, of any layer, that encodes nothing and names no variable.
 * @param bytes also in place of the sign in front of a byte that is part of no character
 */
export function replaceLonePercents(text: string, by: string, bytes = false): string {
  if (!/[%\uff05\ufe6a]/.test(text)) return text;
  const { units, starts, length } = readEncoded(text);
  const named = [...text.matchAll(variable)].flatMap(({ 0: name, index }) => [index, index + name.length - 1]);
  const ofVariables = new Set(named);
  let out = '';
  let from = 0;
  for (let i = 0; i < length; i++) {
    const [unit, start] = [units[i]!, starts[i]!];
    if (!(unit === percent || (bytes && unit < 0)) || ofVariables.has(start)) continue;
    out += text.slice(from, start) + by;
    const end = i + 1 < length ? starts[i + 1]! : text.length;
    from = unit < 0 && unit !== -softHyphen ? end - 2 : end;
  }
  return out + text.slice(from);
}
