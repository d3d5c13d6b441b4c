import { accounts, directoryNames, isBuiltInAccount, profiles, quotedUsers } from './accounts.js';
import { addresses } from './addresses.js';
import { callArguments, commandSecrets } from './commands.js';
import { cookies } from './cookies.js';
import { documentNames } from './document-names.js';
import { encodedRuns } from './encoded-runs.js';
import { HarmlessTexts } from './harmless-texts.js';
import { keepInAll } from './kept-in-all.js';
import { keepInBoth } from './kept-in-both.js';
import { keyedSecrets } from './keyed-secrets.js';
import { scrubBetweenPercents } from './lone-percents.js';
import { mails } from './mails.js';
import { markedSecrets } from './marked-secrets.js';
import { readingsOfBytes } from './percent.js';
import { labelledPersons, spokenPersons } from './persons.js';
import { makeReadable } from './readable.js';
import { mayBeEscaped, readingsOf, unescapeAll } from './readings.js';
import { mark, type Rule } from './rule.js';
import { secretWords } from './secret-words.js';
import { spacedSecrets, spokenSecrets, tableSecrets } from './spoken-secrets.js';
import { cards, schemes, tokens } from './tokens.js';
import { scrubQuery, scrubUrl, urlRule } from './urls.js';

/** A text is cut there before it is scrubbed; what is behind it is not shown. In characters. */
const longest = 16_384;

/** A URL is cut there: what is shown of it is much shorter. */
const longestUrl = 4096;

/** The rules in their order: values with their own form first, so that no later rule takes only a piece of one. */
const rules: readonly Rule[] = [
  schemes,
  cookies,
  directoryNames,
  tableSecrets,
  markedSecrets,
  spacedSecrets,
  keyedSecrets,
  commandSecrets,
  spokenSecrets,
  tokens,
  encodedRuns,
  mails,
  callArguments,
  quotedUsers,
  spokenPersons,
  labelledPersons,
  profiles,
  accounts,
  addresses,
  cards,
];

/** Texts in texts that are looked into. */
const deepest = 6;

const namesSecret = new RegExp(`${secretWords}|EXT`, 'i');
const harmlessTexts = new HarmlessTexts();
/** URLs, which are judged as such and as sentences. */
const harmlessUrls = new HarmlessTexts();
/** Parts of URLs. They are remembered apart, because they are not scrubbed as sentences are. */
const harmlessParts = new HarmlessTexts();

/** Leaves the names of documents as they are. */
const keepDocuments: Rule = (text) => text;

/** The names that IIS gives to a log and to the folder of its site, at the end of a path. */
const namedByIis = /(?:(?<![^\\/])W3SVC\d{1,10})?[\\/]fr\d{6}\.xml$/;

/** Takes out of the texts of one file what may not be shown, puts `…` in its place, and counts the distinct values. */
export class Scrubber {
  readonly #withheld = new Set<string>();
  /** Parts of the text in hand, as parts and as sentences: its readings have many in common. */
  readonly #shownParts = new Map<string, string>();
  readonly #shownInUrl = new Map<string, string>();
  readonly #withhold = (value: string, shown = mark): string => {
    this.withhold(value);
    return shown;
  };
  readonly #scrubPart = (part: string): string => {
    if (harmlessParts.has(part)) return part;
    const known = this.#shownParts.get(part);
    if (known !== undefined) return known;
    const shown = rules.reduce((text, rule) => rule(text, this.#withhold), part);
    if (shown === part) harmlessParts.add(part);
    this.#shownParts.set(part, shown);
    return shown;
  };
  readonly #scrubInUrl = (part: string): string => {
    const known = this.#shownInUrl.get(part);
    if (known !== undefined) return known;
    const shown = this.#scrubSentence(part);
    this.#shownInUrl.set(part, shown);
    return shown;
  };
  readonly #urls = urlRule(this.#scrubInUrl);
  #depth = 0;
  #isQuiet = false;
  #isCounted = false;

  /** How many distinct values are withheld so far. */
  get count(): number {
    return this.#withheld.size;
  }

  /** Counts a value that is withheld without being part of a text; empty ones and `-` are no values. */
  withhold(value: string | undefined): void {
    const trimmed = value?.trim();
    if (!trimmed || trimmed === '-' || trimmed === mark || this.#isQuiet) return;
    this.#withheld.add(trimmed);
    this.#isCounted = true;
  }

  /** Returns a user name when it is part of Windows or a pool, else `…`. */
  user(name: string): string {
    return isBuiltInAccount(name) ? name : this.#withhold(name);
  }

  /** Returns a URL or path without query values, credentials, tickets and people; the names of the query stay. */
  url(url: string): string {
    if (harmlessUrls.has(url)) return url;
    const scrubbed = this.#scrubReadable(url.slice(0, longestUrl), (one) => {
      const shown = scrubUrl(one, this.#withhold, this.#scrubInUrl);
      // Its signs may be those of a sentence in its place.
      return keepInBoth(
        one,
        shown,
        this.#quietly(() => this.#scrubSentence(one)),
      );
    });
    if (scrubbed === url) harmlessUrls.add(url);
    return scrubbed;
  }

  /** Returns the part behind `?`: names stay, values become `…`. A query without `=` is one value. */
  query(query: string): string {
    return this.#scrubReadable(query, (one) => scrubQuery(one, this.#withhold, this.#scrubInUrl));
  }

  /** True for a short text that was scrubbed before, in whatever file, and holds nothing private. */
  isHarmless(text: string): boolean {
    return harmlessTexts.has(text);
  }

  /** Scrubs free text: an exception message, a description, a statement. Drops control and invisible characters. */
  text(input: string): string {
    if (harmlessTexts.has(input)) return input;
    const shown = this.#scrubReadable(input, (one) => this.#scrubSentence(one));
    if (shown === input) harmlessTexts.add(input);
    return shown;
  }

  /** Scrubs a text of a log as a person reads it, and as it reads without the percent signs that encode nothing. */
  #scrubReadable(input: string, scrub: (text: string) => string): string {
    const text = makeReadable(input.length > longest ? input.slice(0, longest) : input);
    this.#isCounted = false;
    const asItStands = scrub(text);
    const shown = this.#quietly(() => scrubBetweenPercents(text, asItStands, scrub));
    this.#shownParts.clear();
    this.#shownInUrl.clear();
    if (shown !== text && !this.#isCounted) this.withhold(text);
    return shown;
  }

  /** Scrubs a text again in another way; what is withheld is counted in one of them only. */
  #quietly(scrub: () => string): string {
    const before = this.#isQuiet;
    this.#isQuiet = true;
    try {
      return scrub();
    } finally {
      this.#isQuiet = before;
    }
  }

  /** Scrubs a text in each way it may be read, because it was escaped or encoded. One that holds too many texts is withheld. */
  #scrubSentence(text: string, documents: Rule = documentNames): string {
    if (this.#depth >= deepest) return this.#withhold(text);
    this.#depth++;
    try {
      const asItStands = this.#scrubWithQueries(text, documents);
      return mayBeEscaped(text) ? this.#scrubEscaped(text, asItStands, documents) : asItStands;
    } finally {
      this.#depth--;
    }
  }

  /** Withholds also what is private in another reading of the text; it is shown as it stands when there is no more. */
  #scrubEscaped(text: string, asItStands: string, documents: Rule): string {
    const [first, second] = readingsOfBytes(text).map((loneByte) => {
      const readings = readingsOf(text, loneByte).flatMap((one) => this.#scrubDecoded(one, documents));
      return {
        text: unescapeAll(text, loneByte),
        shown: [asItStands, ...readings].map((one) => unescapeAll(one, loneByte)),
      };
    });
    if (first === undefined) return asItStands;
    const kept = keepInAll(second ? [first, second] : [first]);
    return kept === first.shown[0] || kept === first.text ? asItStands : kept;
  }

  /** A URL or a value of a query ends at a blank, where a private one, or a name of a directory, may go on: it is judged as a part of the sentence, too. */
  #scrubWithQueries(text: string, documents: Rule): string {
    const shown = this.#scrubReading(text, documents);
    return shown !== text && /[?&#]|\b(?:CN|OU|UID)\s?=/i.test(text)
      ? keepInBoth(text, shown, this.#scrubPart(text))
      : shown;
  }

  /** A URL that was decoded ends at a blank inside it, so that what it holds is judged as a sentence, too. */
  #scrubDecoded(text: string, documents: Rule): string[] {
    const shown = this.#scrubReading(text, documents);
    return /[/?&]/.test(text) ? [shown, this.#scrubPart(text)] : [shown];
  }

  #scrubReading(text: string, documents: Rule): string {
    return documents(this.#scrubPart(this.#urls(text, this.#withhold)), this.#withhold);
  }

  /** Scrubs the name of a file or of an entry of an archive, part by part. */
  fileName(name: string): string {
    if (/^[A-Za-z_.-]{0,24}\d{0,12}(?:\.[A-Za-z]{1,10}){0,2}$/.test(name) && !namesSecret.test(name)) return name;
    const log = namedByIis.exec(name)?.[0];
    if (log !== undefined) return this.#scrubPath(name.slice(0, -log.length), 'folder') + log;
    return this.#scrubPath(name, 'file');
  }

  /** Scrubs a path with a profile folder as a whole, then each name in it. What its sender called the file itself may be a document's name. */
  #scrubPath(path: string, kind: 'folder' | 'file'): string {
    const shown = this.#scrubReadable(path.slice(0, 1024), (one) => this.#scrubSentence(one, keepDocuments));
    const folders = kind === 'folder' ? shown : (/^.*[\\/]/s.exec(shown)?.[0] ?? '');
    return (this.#scrubSentence(folders) + shown.slice(folders.length))
      .split(/([\\/])/)
      .map((part) => (part.length > 1 ? this.#scrubPart(part) : part))
      .join('');
  }
}
