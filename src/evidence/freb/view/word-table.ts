import type { TraceField } from './trace-view.js';

/** The strings and fields of a view, each once, and about how many bytes they take on the wire. */
export class WordTable {
  readonly words: string[] = [];
  readonly fields: TraceField[] = [];
  bytes = 0;
  readonly #places = new Map<string, number>();
  readonly #fieldPlaces = new Map<string, number>();

  /** Returns the place of a string; -1 for none. */
  place(word: string | null | undefined): number {
    if (word === undefined || word === null) return -1;
    let at = this.#places.get(word);
    if (at === undefined) {
      at = this.words.push(word) - 1;
      this.#places.set(word, at);
      this.bytes += Buffer.byteLength(JSON.stringify(word)) + 1;
    }
    return at;
  }

  /** Returns the place of a field. */
  fieldPlace(field: TraceField): number {
    const key = `${field.name},${field.value},${field.means},${field.withheld ? 1 : 0}`;
    let at = this.#fieldPlaces.get(key);
    if (at === undefined) {
      at = this.fields.push(field) - 1;
      this.#fieldPlaces.set(key, at);
      this.bytes += JSON.stringify(field).length + 1;
    }
    return at;
  }
}
