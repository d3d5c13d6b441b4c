/** An encoded text as it is read: what each place says (a lone byte is a negative number), and where it begins in the text as it stands. */
export interface EncodedText {
  units: Int32Array;
  starts: Uint32Array;
  length: number;
}

export const percent = 0x25;
/** Percent signs of other widths, which some programs read as one. */
const widePercents: ReadonlySet<number> = new Set([0xff05, 0xfe6a]);

/**
 * Reads from left to right and puts in one unit for each encoding once it is complete, so that one pass resolves all layers:
 * `%2540` becomes `%`, `4`, `0` and then `@`. A byte beyond ASCII is a negative number until it completes a character.
 */
export function readEncoded(text: string): EncodedText {
  const reading = { units: new Int32Array(text.length), starts: new Uint32Array(text.length), length: 0 };
  for (let at = 0; at < text.length; at++) {
    addUnit(reading, text.charCodeAt(at), at);
    while (completeUnit(reading));
  }
  return reading;
}

/** Adds what a place says. A character beyond 16 bits takes two units. */
function addUnit(reading: EncodedText, code: number, start: number): void {
  if (code > 0xffff && code <= 0x10ffff) {
    const pair = String.fromCodePoint(code);
    addUnit(reading, pair.charCodeAt(0), start);
    addUnit(reading, pair.charCodeAt(1), start);
    return;
  }
  reading.units[reading.length] = widePercents.has(code) ? percent : code;
  reading.starts[reading.length++] = start;
}

/** Puts a character in place of everything from a place on. */
function putUnit(reading: EncodedText, at: number, code: number): void {
  reading.length = at;
  addUnit(reading, code, reading.starts[at]!);
}

/** Replaces an encoding at the end by what it stands for. Returns false when there is none. */
function completeUnit(reading: EncodedText): boolean {
  const { units, length } = reading;
  const last = length - 1;
  if (units[last - 2] === percent) {
    const byte = hexValue(units, last - 1, length);
    if (byte === undefined) return false;
    putUnit(reading, last - 2, byte < 0x80 ? byte : -byte);
    completeCharacter(reading);
    return true;
  }
  // `%u0040` and `%U0040`.
  if (units[last - 5] !== percent || (units[last - 4]! | 0x20) !== 0x75) return false;
  const code = hexValue(units, last - 3, length);
  if (code === undefined) return false;
  putUnit(reading, last - 5, code);
  return true;
}

/** Joins the bytes at the end when they are a whole character of UTF-8. */
function completeCharacter(reading: EncodedText): void {
  const { units } = reading;
  const last = reading.length - 1;
  let code = 0;
  for (let i = last; i > last - 4 && (units[i] ?? 0) < 0; i--) {
    const byte = -units[i]!;
    const more = last - i;
    if (byte < 0xc0) {
      code |= (byte & 0x3f) << (6 * more);
      continue;
    }
    const length = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    if (more === length) putUnit(reading, i, code | ((byte & (0x3f >> length)) << (6 * more)));
    return;
  }
}

/** Returns the value of the hexadecimal digits between two places. */
function hexValue(units: Int32Array, from: number, to: number): number | undefined {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = hexDigit(units[i]!);
    if (digit === undefined) return undefined;
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(unit: number): number | undefined {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}
