/** Messages deleted a moment ago: one that is still worked on gets no answer. In this process; the newest few thousand. */
export class Withdrawn {
  readonly #keys = new Set<string>();

  add(key: string): void {
    this.#keys.add(key);
    const oldest = this.#keys.values().next().value;
    if (this.#keys.size > 5_000 && oldest !== undefined) this.#keys.delete(oldest);
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }
}
