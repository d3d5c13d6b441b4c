/** Runs work one piece after the other for each key. */
export class TurnQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs the work after all earlier work of the key, also when that failed. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const result = (this.#last.get(key) ?? Promise.resolve()).then(work, work);
    const settled = result.catch(() => undefined);
    this.#last.set(key, settled);
    try {
      return await result;
    } finally {
      if (this.#last.get(key) === settled) this.#last.delete(key);
    }
  }
}
