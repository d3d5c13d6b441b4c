/**
 * Braces in knowledge texts: `{request.app-pool|the pool}` becomes the first of the named facts that is known; the last
 * alternative may be plain words for when none is known. Upper-case braces, `{HTTP_HOST}`, are IIS's own and stay as they are.
 */
const brace = /\{([a-z][a-z0-9.-]*)((?:\|[^{}|]+)*)\}/g;

/** The facts a text may name besides observations: those that a diagnosis works out from several files. */
export const findingFacts = [
  'gpo',
  'gpo.state',
  'gpo.place',
  'gpo.apply',
  'list.wanted',
  'list.kept',
  'pool',
  'server',
  'backend.name',
  'backend.port',
  'line',
  'holders',
  'missing',
  'missing.service',
  'losers',
  'identity',
  'account',
  'file',
  'seen',
  'other',
  'others',
  'count',
] as const;

export interface Placeholder {
  names: string[];
  words: string | undefined;
}

/** Returns the braces of a text, for checking them when the knowledge is loaded. */
export function placeholders(text: string, isName: (word: string) => boolean): Placeholder[] {
  return [...text.matchAll(brace)].map((match) => splitPlaceholder(match, isName));
}

/**
 * Returns the text with its braces filled. Undefined when a fact is unknown and the text has no words for that case:
 * such a sentence is left out rather than shown with a hole.
 */
export function fillBraces(text: string, facts: (name: string) => string | undefined): string | undefined {
  let hasHole = false;
  const filled = text.replace(brace, (whole, first: string, rest: string) => {
    const words = [first, ...rest.split('|').slice(1)];
    for (const [i, word] of words.entries()) {
      const value = facts(word);
      if (value !== undefined) return value;
      if (i === words.length - 1 && i > 0) return word;
    }
    hasHole = true;
    return whole;
  });
  return hasHole ? undefined : filled;
}

/** Characters allowed in a value inside a command to paste: no quotes, no `&`, `|`, `%`, `$` or line ends. */
const safeInCommand = /^[\p{L}\p{N}\p{M} ._()+#\\:/-]{1,200}$/u;

/** Fills braces as `fillBraces` does, but a value goes into the command only when no shell could read anything into it. */
export function fillCommand(text: string, facts: (name: string) => string | undefined): string | undefined {
  return fillBraces(text, (name) => {
    const value = facts(name);
    return value !== undefined && safeInCommand.test(value) ? value : undefined;
  });
}

function splitPlaceholder(match: RegExpMatchArray, isName: (word: string) => boolean): Placeholder {
  const words = [match[1]!, ...(match[2] ?? '').split('|').slice(1)];
  const last = words[words.length - 1]!;
  const hasWords = words.length > 1 && !isName(last);
  return { names: hasWords ? words.slice(0, -1) : words, words: hasWords ? last : undefined };
}

/** Returns a sentence without its braces, the brackets around them and the blank before. */
export function dropBraces(sentence: string): string {
  return sentence.replace(/\s?\(?\{[^}]*\}\)?/g, '');
}

/** Returns a sentence for nothing in particular: braces say what they say when nothing is known, or are dropped. */
export function fillPlainly(sentence: string): string {
  return fillBraces(sentence, () => undefined) ?? dropBraces(sentence);
}

/** Returns a card's title without its braces and the spaces before them. */
export function plainTitle(title: string): string {
  return title.replace(/\s*\{[^}]*\}/g, '');
}
