/** The questions of a page, to be called back with the arrow keys. They end with the page. */
export class QuestionHistory {
  readonly #asked: string[] = [];
  #at = 0;
  #draft = '';

  add(text: string): void {
    if (this.#asked.at(-1) !== text) this.#asked.push(text);
    this.#at = this.#asked.length;
  }

  /** Returns the question before the one that is shown; undefined when there is none. @param shown what is in the box */
  previous(shown: string): string | undefined {
    if (this.#at === 0) return undefined;
    if (this.#at === this.#asked.length) this.#draft = shown;
    return this.#asked[--this.#at];
  }

  /** Returns the question after the one that is shown, and in the end what was written before. */
  next(): string | undefined {
    if (this.#at === this.#asked.length) return undefined;
    return ++this.#at === this.#asked.length ? this.#draft : this.#asked[this.#at];
  }
}
