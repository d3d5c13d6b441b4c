/** Returns the words of a search, in lower case. */
export function splitWords(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Returns whether a text has all of these words, in any order and case. */
export function includesWords(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}
