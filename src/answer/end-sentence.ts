/** Returns words as a sentence, with its full stop; empty for no words. */
export function endSentence(words: string): string {
  const text = words.trim();
  return text === '' || /[.?!]$/.test(text) ? text : `${text}.`;
}
