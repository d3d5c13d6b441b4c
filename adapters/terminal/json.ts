/**
 * Characters that must not reach a terminal: control characters of the second range, line separators, and everything that
 * changes the writing direction or is invisible. JSON.stringify escapes only the first range.
 */
const unsafeCharacters = /[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu;

/** Renders a value as indented JSON with a line end. Unsafe characters are escaped, which gives the same value to any parser. */
export function renderJson(value: unknown): string {
  return `${escapeUnsafe(JSON.stringify(value, null, 2))}\n`;
}

/** Renders a value as JSON on one line, for output of one object a line. */
export function renderJsonLine(value: unknown): string {
  return `${escapeUnsafe(JSON.stringify(value))}\n`;
}

function escapeUnsafe(json: string): string {
  return json.replace(unsafeCharacters, (text) =>
    [...Array(text.length).keys()].map((i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );
}
