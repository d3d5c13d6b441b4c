import { segments, stem } from '../parse/words.js';

/** How many places features are hashed into; two that meet by chance cost little. A power of two. */
export const featureSpace = 2 ** 18;

/** What each kind of feature weighs before a vector is scaled to length 1. */
const weights = { word: 1, stem: 0.6, pair: 0.6, skip: 0.3, gram: 0.28, sign: 0.2, signs: 0.8, mark: 1.2 } as const;

/** Returns the place of a feature's name: FNV-1a over its UTF-16 units. */
function placeOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) & (featureSpace - 1);
}

/** Returns the place of a stem. */
export const stemPlace = (root: string) => placeOf(`s ${root}`);

/** Chinese, Japanese: written without blanks, so pieces of one to three signs stand for words. */
const cjk = /[\u3040-\u30ff\u3400-\u9fff]+/g;

/** Words of a question that are looked at. */
const mostWords = 60;

/**
 * Returns the features of a folded text by their places: words, their stems, pairs of stems, pieces of three and four letters.
 * @param marks what was parsed or is known of the thread (`status 500.19`, `in right`), one feature each
 */
export function featuresOf(text: string, marks: readonly string[] = []): Map<number, number> {
  const found = new Map<number, number>();
  const add = (name: string, weight: number) => {
    const place = placeOf(name);
    if (weight > (found.get(place) ?? 0)) found.set(place, weight);
  };
  const roots: string[] = [];
  for (const word of segments(text.replace(cjk, ' ')).slice(0, mostWords)) {
    const root = stem(word);
    add(`w ${word}`, weights.word);
    add(`s ${root}`, weights.stem);
    if (roots.length > 0) add(`p ${roots.at(-1)} ${root}`, weights.pair);
    if (roots.length > 1) add(`k ${roots.at(-2)} ${root}`, weights.skip);
    roots.push(root);
    if (word.length <= 2) continue;
    const padded = `<${word}>`;
    for (let size = 3; size <= 4; size++)
      for (let i = 0; i + size <= padded.length; i++) add(`g ${padded.slice(i, i + size)}`, weights.gram);
  }
  for (const [run] of text.matchAll(cjk))
    for (let size = 1; size <= 3; size++)
      for (let i = 0; i + size <= run.length; i++)
        add(`c ${run.slice(i, i + size)}`, size === 1 ? weights.sign : weights.signs);
  for (const mark of marks) add(`m ${mark}`, weights.mark);
  return found;
}
