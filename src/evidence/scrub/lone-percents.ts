import { keepInBoth } from './kept-in-both.js';
import { replaceLonePercents } from './percent.js';

/** What percent signs that encode nothing may stand for: nothing at all inside a word, also in front of a byte; or the end of a word. */
const meanings: ((text: string) => string)[] = [
  (text) => replaceLonePercents(text, ''),
  (text) => replaceLonePercents(text, '', true),
  (text) => replaceLonePercents(text, ' '),
];

/**
 * Scrubs a text once more as it reads without the percent signs that encode nothing, of which a log is full.
 * @param shown the text as it was scrubbed with them; returned unless something private is found without them
 */
export function scrubBetweenPercents(text: string, shown: string, scrub: (text: string) => string): string {
  const readings = new Set(meanings.map((read) => read(text)));
  if (readings.size === 1 && readings.has(text)) return shown;
  return meanings.reduce((before, read) => {
    const other = read(text);
    if (!readings.delete(other) || other === text) return before;
    const shownOther = scrub(other);
    if (shownOther === other) return before;
    return before === text ? shownOther : keepInBoth(other, read(before), shownOther);
  }, shown);
}
