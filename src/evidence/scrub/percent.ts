/** An encoded text as it is read: what each place says, and where it begins in the text as it stands. */
interface Reading {
  units: number[];
  starts: number[];
}

const percent = 0x25;
/** Percent signs of other widths, which some programs read as one. */
const widePercents: ReadonlySet<number> = new Set([0xff05, 0xfe6a]);

/** What a byte that is no part of UTF-8 stands for. */
export type LoneByte = (byte: number) => string;

const latin1: LoneByte = (byte) => (byte >= 0xa0 && byte !== 0xad ? String.fromCharCode(byte) : '\ufffd');
const cutOff: LoneByte = () => '\ufffd';

/**
 * Returns the text with its percent encoding resolved, for judging what it says: every layer, `%u0040` too, and the longer
 * forms of a character that old decoders took. What is badly encoded stays.
 */
export function decodePercent(text: string, loneByte = latin1): string {
  if (!text.includes('%')) return text;
  return readEncoded(text)
    .units.map((unit) => (unit < 0 ? loneByte(-unit) : String.fromCharCode(unit)))
    .join('');
}

/** Returns how to read the lone bytes of a text: as letters of Latin-1 and, if there are any, as the rest of something cut off. */
export function readingsOfBytes(text: string): LoneByte[] {
  return text.includes('%') && decodePercent(text) !== decodePercent(text, cutOff) ? [latin1, cutOff] : [latin1];
}

/**
 * Splits a text at signs, however they are encoded.
 * @returns pieces and signs in turn, as they stand in the text, beginning and ending with a piece
 */
export function splitAtSigns(text: string, signs: string): string[] {
  const { units, starts } = readEncoded(text);
  const parts: string[] = [];
  let from = 0;
  units.forEach((unit, i) => {
    if (unit < 0 || !signs.includes(String.fromCharCode(unit))) return;
    const end = starts[i + 1] ?? text.length;
    parts.push(text.slice(from, starts[i]), text.slice(starts[i], end));
    from = end;
  });
  return [...parts, text.slice(from)];
}

/**
 * Reads from left to right and puts in one unit for each encoding once it is complete, so that one pass resolves all layers:
 * `%2540` becomes `%`, `4`, `0` and then `@`. A byte beyond ASCII is a negative number until it completes a character.
 */
function readEncoded(text: string): Reading {
  const reading: Reading = { units: [], starts: [] };
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    reading.units.push(widePercents.has(unit) ? percent : unit);
    reading.starts.push(at);
    while (completeUnit(reading));
  }
  return reading;
}

/** Replaces an encoding at the end by what it stands for. Returns false when there is none. */
function completeUnit(reading: Reading): boolean {
  const { units } = reading;
  const last = units.length - 1;
  if (units[last - 2] === percent) {
    const byte = hexValue(units, last - 1);
    if (byte === undefined) return false;
    putUnit(reading, last - 2, byte < 0x80 ? byte : -byte);
    completeCharacter(reading);
    return true;
  }
  if (units[last - 5] !== percent || !/^[uU]$/.test(String.fromCharCode(units[last - 4] ?? 0))) return false;
  const code = hexValue(units, last - 3);
  if (code === undefined) return false;
  putUnit(reading, last - 5, code);
  return true;
}

/** Joins the bytes at the end when they are a whole character of UTF-8. */
function completeCharacter(reading: Reading): void {
  const { units } = reading;
  const last = units.length - 1;
  let code = 0;
  for (let i = last; i > last - 4 && (units[i] ?? 0) < 0; i--) {
    const byte = -(units[i] as number);
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

/** Puts a character in place of everything from a place on. One beyond 16 bits takes two units. */
function putUnit({ units, starts }: Reading, at: number, code: number): void {
  const start = starts[at] as number;
  units.length = at;
  starts.length = at;
  const whole = widePercents.has(code) ? percent : code;
  const codes = whole > 0xffff && whole <= 0x10ffff ? String.fromCodePoint(whole) : undefined;
  for (const unit of codes ? [codes.charCodeAt(0), codes.charCodeAt(1)] : [whole]) {
    units.push(unit);
    starts.push(start);
  }
}

/** Returns the value of the hexadecimal digits from a place to the end. */
function hexValue(units: readonly number[], from: number): number | undefined {
  let value = 0;
  for (let i = from; i < units.length; i++) {
    const digit = hexDigit(units[i] as number);
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
