/** Fewest words, and most characters, of a sentence that a person writes. */
const fewestWords = 3;
const longestSentence = 300;
/** Lines that are looked at. */
const mostLines = 400;

/** A label with its value, a tag, a frame of a stack, a command, a date: what programs print. */
const printed =
  /^(?:[^\s:]{1,40}(?:\s[^\s:]{1,30}){0,2}\s?[:：=]\s|<|at\s\S+\(|[$>#{}[\]|+-]{1,3}\s?\S*$|\d{4}-\d\d-\d\d|\S+\\\S+>)/;
/** The title of an error page, and a row of its tables. */
const pageTitle = /^HTTP\s\S{1,10}\s\d{3}|\t| {3,}/i;
/** Headings under which IIS lists what may help: everything below is the page's. */
const listOfPage =
  /^(?:most likely causes|things you can try|common (?:causes|solutions)|detailed error information|troubleshooting steps|more information)\b/i;

/**
 * Returns the sentences of a text that a person may have written, without what programs print around them.
 * @param fewest words of a sentence at least
 */
export function spokenSentences(text: string, fewest = fewestWords): string[] {
  const found: string[] = [];
  let ofPage = false;
  for (const raw of text.replace(/```[\s\S]*?(?:```|$)/g, '\n\n').split('\n', mostLines)) {
    const line = raw.replace(/^[\s>*•-]+/, '').trim();
    if (line === '') ofPage = false;
    if (listOfPage.test(line)) ofPage = true;
    if (ofPage || line === '' || isPrinted(line)) continue;
    for (const sentence of sentencesOfLine(line))
      if (sentence.length <= longestSentence && wordsIn(sentence) >= fewest) found.push(sentence);
  }
  return found;
}

/** Returns the sentences of a line. */
export function sentencesOfLine(line: string): string[] {
  return line.split(/(?<=[.!?]['")\]]?)\s+|(?<=[。？！])/);
}

function isPrinted(line: string): boolean {
  const letters = line.match(/[\p{L}\s.,'’?!-]/gu)?.length ?? 0;
  return letters / line.length < 0.75 || pageTitle.test(line) || (printed.test(line) && !/[.?!]$/.test(line));
}

function wordsIn(sentence: string): number {
  const signs = sentence.match(/[\u3040-\u30ff\u3400-\u9fff]/g)?.length ?? 0;
  return sentence.split(/\s+/).length + Math.floor(signs / 2);
}
