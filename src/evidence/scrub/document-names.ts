import { isPlainWord } from './plain-words.js';
import { mark, type Rule } from './rule.js';

const endings = 'pdf|docx?|docm|dotx?|xls[xmb]?|pptx?|csv|rtf|od[tsp]|msg|eml|vcf|ics';

/**
 * The ending of a document: people name these after people and customers. The files of a site (pages, scripts, styles, images,
 * assemblies, configurations) are named by its authors, and a diagnosis needs their names.
 */
const documentEnding = new RegExp(`\\.(?:${endings})$`, 'iu');

/** Behind a separator a name may hold blanks; in a sentence it is one word. */
const inPath = new RegExp(`(?<=[\\\\/])([^\\\\/:*?"'<>|\\r\\n]{1,200})(\\.(?:${endings}))(?![\\p{L}\\p{N}])`, 'giu');
const alone = new RegExp(
  `(?<![\\p{L}\\p{N}_.\\\\/-])([\\p{L}\\p{N}_-][\\p{L}\\p{N}_.-]{0,100})(\\.(?:${endings}))(?![\\p{L}\\p{N}])`,
  'giu',
);

/** Returns the ending of a document's name that may name a person; undefined for other names, and for those of plain words. */
export function privateDocument(name: string): string | undefined {
  const ending = documentEnding.exec(name)?.[0];
  return ending === undefined || staysShown(name.slice(0, -ending.length)) ? undefined : ending;
}

function staysShown(base: string): boolean {
  return base === '' || base.includes(mark) || isPlainWord(base);
}

/** The name of a document, in a path or alone: its ending stays, which handlers and types go by. */
export const documentNames: Rule = (text, withhold) => {
  if (!text.includes('.')) return text;
  const hide = (all: string, base: string, ending: string) => (staysShown(base) ? all : withhold(base, mark) + ending);
  return text.replace(inPath, hide).replace(alone, hide);
};
