import { markWithheld } from '../../evidence/scrub/kept-in-all.js';

/** Names that the schema has checked already; a scrubbed one would no longer be one of them. */
const checked: ReadonlySet<string> = new Set(
  'kind id keep level shell language schema at verdict cause copy href of'.split(' '),
);

/** One string of a report, and which of its characters are kept so far. */
export class ShownString {
  readonly text: string;
  readonly #kept: Uint8Array;
  readonly #holder: Record<string, unknown>;
  readonly #key: string;

  constructor(holder: object, key: string, text: string) {
    this.#holder = holder as Record<string, unknown>;
    this.#key = key;
    this.text = text;
    this.#kept = new Uint8Array(text.length).fill(1);
  }

  isAt(holder: object, key: string): boolean {
    return this.#holder === holder && this.#key === key;
  }

  /** Withholds the characters that a text does not keep, which has this string from a place on. */
  keepOnly(places: Uint8Array, from: number): void {
    for (let i = 0; i < this.text.length; i++) if (!places[from + i]) this.#kept[i] = 0;
  }

  /** Puts what is kept in the place of the string. */
  replace(): void {
    this.#holder[this.#key] = markWithheld(this.text, (at) => this.#kept[at] === 1);
  }
}

/** The strings of a report that a person reads, each once. */
export class ShownStrings {
  readonly all: ShownString[] = [];
  readonly #below = new Map<object, ShownString[]>();

  constructor(report: object) {
    this.below(report);
  }

  /** Returns the strings below a value of the report, in the order they are read. */
  below(value: unknown): ShownString[] {
    if (typeof value !== 'object' || value === null) return [];
    let slots = this.#below.get(value);
    if (slots === undefined) {
      slots = Object.keys(value).flatMap((key) => this.at(value, key));
      this.#below.set(value, slots);
    }
    return slots;
  }

  /** Returns the strings at a key of an object, or at a place of a list. */
  at(holder: object, key: string | number): ShownString[] {
    const value = (holder as Record<string, unknown>)[key];
    if (typeof value !== 'string') return this.below(value);
    if (checked.has(String(key))) return [];
    const known = this.#below.get(holder)?.find((slot) => slot.isAt(holder, String(key)));
    if (known) return [known];
    const slot = new ShownString(holder, String(key), value);
    this.all.push(slot);
    return [slot];
  }
}
