import { stemmer } from 'stemmer';

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Lower case, one form of each letter, straight quotes, no control characters. Keeps CJK and Cyrillic as they are. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g, ' ')
    .replace(/[’‘`´ʼ]/g, "'");
}

/** The forms of an English word become one: "break", "breaks", "breaking". Names, codes and short words stay as they are. */
export function stem(word: string): string {
  return word.length >= 4 && /^[a-z]+$/.test(word) && !/iusr|^windows$|^se[a-z]+(privilege|right)$/.test(word)
    ? stemmer(word)
    : word;
}

/**
 * A word as the segmentation of Unicode (UAX #29) sees it where there is nothing but ASCII in lower case: the same words, which a
 * test compares on the whole knowledge, at a twentieth of the time.
 */
const asciiWord = /(?=_*[a-z0-9])[a-z0-9_]+(?:(?:(?<=[a-z])[.':](?=[a-z])|(?<=[0-9])[.,;'](?=[0-9]))[a-z0-9_]+)*/g;

/** The words of a folded text, as they stand there. */
export function segments(folded: string): string[] {
  return /^[\x20-\x7e]*$/.test(folded) ? (folded.match(asciiWord) ?? []) : unicodeSegments(folded);
}

export function unicodeSegments(text: string): string[] {
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

/** The stems of the words of a text, each once. */
export const stemsOf = (text: string): Set<string> => new Set(segments(fold(text)).map(stem));
