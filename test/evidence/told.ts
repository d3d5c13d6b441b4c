/** What a sentence may name of the evidence, and the forms in which the evidence may hold it. */

const unescaped = (text: string) =>
  text
    .replace(/&#(\d{1,5});/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll('&apos;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('""', '"');

/** Returns the text as its reader sees it: markup and escapes undone, quotes of CSV single, runs of blanks as one. */
export const plain = (text: string) =>
  unescaped(unescaped(unescaped(text)))
    .replace(/\s+/g, ' ')
    .toLowerCase();

const inNumbers = (word: string) => [word, String(Number(word) + 0xc0000000)];

/** True when each word is in the text: a form may write provider and number apart, or the number with its severity bits. */
export const holdsWords = (text: string, words: string) =>
  words.split(/[,:]? /).every((word) => inNumbers(word.toLowerCase()).some((form) => text.includes(form)));

/** Returns the forms in which a code may stand: hexadecimal, decimal with and without a sign, and the number of Windows in it. */
export function codeForms(code: string): string[] {
  const value = Number(code);
  const win32 = value & 0xffff;
  const digits = value.toString(16);
  const bytes = digits.padStart(8, '0').match(/../g)!.reverse();
  return [
    bytes.join(''),
    bytes.join(' '),
    digits,
    digits.padStart(8, '0'),
    String(value),
    String(value | 0),
    String(win32),
    win32.toString(16),
  ];
}

const shapes: readonly { kind: string; shape: RegExp }[] = [
  { kind: 'stage', shape: /\b[A-Z]{2,}(?:_[A-Z0-9]{2,})+\b/g },
  { kind: 'code', shape: /\b0x[0-9a-f]+\b/gi },
  { kind: 'file', shape: /\b[\w-]+(?:\.[\w-]+)*\.(?:dll|exe|config|aspx|asp|php|js|xml|log|css|html?)\b/gi },
  { kind: 'module', shape: /\b\w+Module\w*\b/g },
  { kind: 'path', shape: /\b[A-Z]:\\[^\s"',;:)]+(?<!\.)/g },
  { kind: 'account', shape: /\b(?!IIS APPPOOL)(?:NT AUTHORITY|BUILTIN|[A-Z]{3,})\\\w+/g },
  { kind: 'line', shape: /\b[Ll]ine \d+/g },
  { kind: 'quoted', shape: /"[^"]{2,80}"/g },
  { kind: 'header', shape: /\b(?:[A-Z][a-z]+-){1,3}[A-Z][A-Za-z]+\b(?= header)/g },
  { kind: 'pool', shape: /\bpool [A-Z][\w.]+/g },
];

/** Returns what a sentence names of the evidence. */
export function claims(sentence: string): { kind: string; words: string }[] {
  return shapes.flatMap(({ kind, shape }) =>
    [...sentence.matchAll(shape)].map(([words]) => ({ kind, words: words.replace(/^"|"$|^pool /g, '') })),
  );
}

/** What sentences explain without saying that it is in the evidence. */
export const explained = new Set([
  'IIS_IUSRS',
  // What comes of a fault: a code to look for, another logon session, the rights that a fault takes.
  '0x80070542',
  '0x80070021',
  '0x3e4',
  'Replace a process level token',
  'Log on as a batch job',
  // Where to look, and what to write.
  'Authorization Policy Change',
  'PID eq <pid>',
  'Everything',
  'Wildcard',
  'Node.js',
]);
