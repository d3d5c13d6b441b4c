/**
 * What a terminal must not be handed raw: control characters of the second range, separators of lines, and everything
 * that steers the writing direction or shows nothing. JSON.stringify escapes only the first range.
 */
const steering = /[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu;

/** A value as indented JSON with a line end, every such character written as `\\uXXXX`: the same value to any parser. */
export function jsonText(value: unknown): string {
  const escaped = (text: string) =>
    [...Array(text.length).keys()].map((i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  return `${JSON.stringify(value, null, 2).replace(steering, escaped)}\n`;
}
