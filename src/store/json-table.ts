/** Most rows of a table in memory; the oldest are dropped. */
const mostRows = 5_000;

/** Rows in memory, each as JSON, so that nothing can depend on object identity. The row that was set last is the newest. */
export class JsonTable<Row> {
  readonly #rows: Map<string, string>;

  constructor(saved: readonly [string, string][] = []) {
    this.#rows = new Map(saved);
  }

  get(key: string): Row | undefined {
    const json = this.#rows.get(key);
    return json === undefined ? undefined : (JSON.parse(json) as Row);
  }

  /** Returns all rows, oldest first. */
  list(): Row[] {
    return [...this.#rows.values()].map((json) => JSON.parse(json) as Row);
  }

  keys(): string[] {
    return [...this.#rows.keys()];
  }

  /** Stores a row as the newest one. */
  set(key: string, row: Row): void {
    this.#rows.delete(key);
    this.replace(key, row);
  }

  /** Stores a row, which keeps its age. */
  replace(key: string, row: Row): void {
    this.#rows.set(key, JSON.stringify(row));
    for (const oldest of this.#rows.keys()) {
      if (this.#rows.size <= mostRows) return;
      this.#rows.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#rows.delete(key);
  }

  /** Returns what the constructor takes. */
  save(): [string, string][] {
    return [...this.#rows];
  }
}
