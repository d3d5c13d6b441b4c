import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';

/**
 * The words that readers look for, taken from their source: every text they compare with, and for every pattern a text that it
 * matches and the beginnings of that text. So a new reader is attacked with its own words without being listed.
 */

const literal = /'((?:\\.|[^'\\\n])+)'/g;
const pattern = /(?:[=(,:?&|![]\s*|^\s*|return )\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^\\/\n[])+)\/([dgimsuvy]*)/gm;

/** All words of the TypeScript files below the folders, each once, in a stable order. */
export function wordsOf(folders: readonly string[]): string[] {
  return [...new Set(folders.flatMap(sources).flatMap(wordsOfFile))];
}

const known = new Map<string, string[]>();

function wordsOfFile(file: string): string[] {
  let words = known.get(file);
  if (!words) {
    const code = readFileSync(file, 'utf8').replace(/^import .*$|^\s*(?:\/?\*|\/\/).*$/gm, '');
    const texts = [...code.matchAll(literal)].map(([, text]) => unescapeSource(text!));
    const matched = [...code.matchAll(pattern)].flatMap(([, body]) => matchingTexts(body!));
    words = [...texts, ...matched].filter((word) => word.length > 0 && word.length <= 400);
    known.set(file, words);
  }
  return words;
}

function sources(folder: string): string[] {
  if (statSync(folder).isFile()) return [folder];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => sources(path.join(folder, name)))
    .filter((file) => file.endsWith('.ts'));
}

function unescapeSource(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\(.)/g, (_, c: string) => ({ n: '\n', r: '\r', t: '\t', 0: '\0' })[c] ?? c);
}

/** The maker of texts knows no other characters, and would look for one without end. */
const printable = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i));

/** Two texts that the pattern matches, and both cut short: what makes a pattern begin and then fail. */
function matchingTexts(body: string): string[] {
  let whole: string[];
  try {
    // The generator of texts knows no lookaround; what is inside one is part of the text as well.
    const plain = body
      .replace(/\(\?<?[=!]/g, '(?:')
      .replace(/\\b/g, '')
      .replace(/\[\^(?:\\.|[^\]\\])*\]/g, (set) => (printable.some((c) => new RegExp(set).test(c)) ? set : 'é'))
      // A repetition stays short: it is repeated as a whole anyway.
      .replace(/\{(\d+),\d*\}/g, (_, least: string) => `{${least},${Number(least) + 2}}`);
    whole = fc.sample(fc.stringMatching(new RegExp(plain)), { numRuns: 2, seed: 7 });
  } catch {
    return [];
  }
  return whole.flatMap((text) => {
    const short = text.slice(0, 200);
    return [short, short.slice(0, Math.ceil(short.length / 2))];
  });
}
