import { hasReferences, unescapeCharacters, unescapeMarkup } from './escapes.js';
import { mayBeMailEncoded, unescapeMail } from './mail-encodings.js';
import { decodePercent, type LoneByte } from './percent.js';
import { makeReadable } from './readable.js';

/** Layers of escapes inside each other that are resolved. */
const mostLayers = 4;

/**
 * Returns what an escaped text may say beside what it stands for: with references of markup, escapes of programs and mail, percent
 * encoding and the plus signs of logs resolved, one after the other. Empty for a text without any.
 */
export function readingsOf(text: string, loneByte: LoneByte): string[] {
  const readings = new Set([...layersOf(text, loneByte)].flat());
  // Logs write plus signs for blanks; a sentence has blanks, so that a single plus sign in it is one.
  if (!/\s/.test(text) || /\+\S*[+%]|%\S*\+/.test(text))
    for (const one of [text, ...readings]) readings.add(one.replaceAll('+', ' '));
  readings.delete(text);
  return [...readings];
}

/** True for a text that may say something else than it stands for. */
export function mayBeEscaped(text: string): boolean {
  return /[\\%+]|_x/.test(text) || hasReferences(text) || mayBeMailEncoded(text);
}

/** Returns a text, or what is left of it, with everything resolved. */
export function unescapeAll(text: string, loneByte?: LoneByte): string {
  const plain = [...layersOf(text, loneByte)].at(-1)![2];
  return plain.replaceAll('+', ' ');
}

/** Resolves one layer of escapes after the other: first its references of markup, then its escapes of programs and mail, then all of it. */
function* layersOf(text: string, loneByte?: LoneByte): Generator<[markup: string, characters: string, all: string]> {
  for (let layer = text, i = 0; i < mostLayers; i++) {
    const markup = unescapeMarkup(layer);
    const characters = unescapeCharacters(unescapeMail(markup));
    const all = makeReadable(decodePercent(characters, loneByte));
    yield [markup, characters, all];
    if (all === layer) return;
    layer = all;
  }
}
