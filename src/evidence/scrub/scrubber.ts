import { decodeMarkup } from '../markup.js';
import { accounts, directoryNames, isBuiltInAccount, profiles, quotedUsers } from './accounts.js';
import { addresses, mails } from './addresses.js';
import { callArguments, commandSecrets } from './commands.js';
import { readable } from './readable.js';
import { mark, type Rule } from './rule.js';
import { cookies, keyedSecrets, markedSecrets, spokenSecrets } from './secrets.js';
import { cards, schemes, tokens } from './tokens.js';
import { scrubQuery, scrubUrl, urlRule } from './urls.js';

/** No text that is shown is longer than this before it is cut; what is behind it is not looked at, and not shown. */
const longest = 16_384;

/** In this order: what has a form of its own first, so that no later rule takes only a piece of it. */
const inPart: readonly Rule[] = [
  schemes,
  cookies,
  markedSecrets,
  keyedSecrets,
  commandSecrets,
  spokenSecrets,
  tokens,
  mails,
  callArguments,
  quotedUsers,
  profiles,
  directoryNames,
  accounts,
  addresses,
  cards,
];

/** References of markup resolved, however often they were escaped. */
function unescaped(text: string): string {
  let plain = text;
  for (let i = 0; i < 3 && /&(?:#\w{1,8}|[a-z]{2,5});/i.test(plain); i++) plain = readable(decodeMarkup(plain));
  return plain;
}

/** W3C logs write a plus sign for a blank. */
function unplussed(text: string): string {
  return text.includes('+') && !/\s/.test(text) ? text.replaceAll('+', ' ') : text;
}

/** Short texts that hold nothing private: names of modules and stages come again in every log. */
let harmless = new Set<string>();
const mostHarmless = 4096;

/** Takes out of the texts of one file what may not be shown, puts `…` in its place, and counts the distinct values. */
export class Scrubber {
  readonly #kept = new Set<string>();
  readonly #withhold = (value: string, shown = mark): string => {
    this.withhold(value);
    return shown;
  };
  readonly #part = (part: string): string => inPart.reduce((text, rule) => rule(text, this.#withhold), part);
  readonly #urls = urlRule(this.#part);

  /** Distinct values kept back so far. */
  get count(): number {
    return this.#kept.size;
  }

  /** Notes a value that stays behind without being part of a text; empty ones and `-` are no values. */
  withhold(value: string | undefined): void {
    const trimmed = value?.trim();
    if (trimmed && trimmed !== '-' && trimmed !== mark) this.#kept.add(trimmed);
  }

  /** A user name: stays when it is part of Windows or a pool, else becomes `…`. */
  user(name: string): string {
    return isBuiltInAccount(name) ? name : this.#withhold(name);
  }

  /** A URL or path: query values, credentials, tickets and people in it are taken out, the names of the query stay. */
  url(url: string): string {
    return scrubUrl(readable(url.slice(0, longest)), this.#withhold, this.#part);
  }

  /** The part behind `?`: names stay, values become `…`. A query without `=` is one value. */
  query(query: string): string {
    return scrubQuery(readable(query.slice(0, longest)), this.#withhold, this.#part);
  }

  /** True for a short text that was looked at before, in whatever file, and holds nothing private. */
  isHarmless(text: string): boolean {
    return harmless.has(text);
  }

  /** Free text: an exception message, a description, a statement. Control and invisible characters are dropped. */
  text(input: string): string {
    if (harmless.has(input)) return input;
    const text = readable(input.length > longest ? input.slice(0, longest) : input);
    const shown = this.#plain(text);
    if (shown === input && input.length <= 160) {
      if (harmless.size >= mostHarmless) harmless = new Set();
      harmless.add(input);
    }
    return shown;
  }

  /** Text that was escaped for markup or for a log without blanks is judged as what it says. */
  #plain(text: string): string {
    for (const escaped of [unescaped(text), unplussed(text)]) {
      if (escaped === text) continue;
      const said = this.#part(this.#urls(escaped, this.#withhold));
      if (said !== escaped) return said;
    }
    return this.#part(this.#urls(text, this.#withhold));
  }

  /** The name of a file or of an entry of an archive, part by part: what people put into names stays behind. */
  fileName(name: string): string {
    if (/^[A-Za-z_.-]{0,24}\d{0,12}(?:\.[A-Za-z]{1,10}){0,2}$/.test(name)) return name;
    const clean = readable(name.slice(0, 1024));
    const shown = this.text(clean);
    // A path with a profile folder is judged as a whole; then each name in it.
    return shown
      .split(/([\\/])/)
      .map((part) => (part.length > 1 ? this.#part(part) : part))
      .join('');
  }
}
