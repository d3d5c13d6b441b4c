import { keepInAll } from './kept-in-all.js';
import { mayBeEscaped, unescapeAll } from './readings.js';

/**
 * Returns a text with everything withheld that is withheld in one of two ways: as one of them shows it when the other finds
 * no more, else as it is read with its escapes resolved.
 */
export function keepInBoth(text: string, one: string, other: string): string {
  if (other === text || other === one) return one;
  if (one === text) return other;
  const read = mayBeEscaped(text) ? unescapeAll : (as: string) => as;
  return keepInAll([{ text: read(text), shown: [read(one), read(other)] }]);
}
