/**
 * The bounds under which patterns look at text from outside. A pattern that starts again at every place of a text takes a
 * time that grows faster than the text; with bounds on both the text and the places it stays a matter of milliseconds.
 */

/** Events of one log that are read. IIS writes more than 500 bytes for each, so no log of 100 MB that it wrote has more. */
export const mostEvents = 200_000;
/** Fields of one event that are read; IIS writes some twenty. */
export const mostFields = 5_000;

/** No text that reaches a pattern is longer: IIS itself cuts a field of an event at less. In characters. */
const longestField = 64 * 1024;
/** Characters from the end of a longer text that stay, because error pages repeat there what happened. */
const endLength = 16 * 1024;

/** Returns a text as patterns may see it: at most 64 KB, of a longer one its beginning and its end. */
export function boundField(text: string): string {
  if (text.length <= longestField) return text;
  return `${text.slice(0, longestField - endLength - 1)}\n${text.slice(-endLength)}`;
}

/**
 * Looks for a pattern only where it can begin.
 * @param start where the pattern may begin: a global pattern that is quick to find, such as a fixed text
 * @param pattern anchored with `^`, run on the `reach` characters from each such place on
 * @param tries how many places are looked at; a text with more of them is not a page that a person would read
 */
export function matchNear(
  text: string,
  start: RegExp,
  pattern: RegExp,
  reach: number,
  tries = 100,
): RegExpExecArray | null {
  start.lastIndex = 0;
  for (let n = 0; n < tries; n++) {
    const place = start.exec(text);
    if (!place) return null;
    const found = pattern.exec(text.slice(place.index, place.index + reach));
    if (found) {
      found.index = place.index;
      return found;
    }
  }
  return null;
}
