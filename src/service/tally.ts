/** How long the log keeps quiet about what it has just told, milliseconds. */
const quietMs = 60_000;

/**
 * Tells of what strangers can bring about as often as they like: the first of a kind at once, then at most once a minute,
 * with the number since.
 */
export class Tally {
  readonly #tell: (kind: string, count: number) => void;
  readonly #now: () => number;
  readonly #kinds = new Map<string, { toldAt: number; since: number }>();

  /** @param now milliseconds of a clock that only goes forward */
  constructor(tell: (kind: string, count: number) => void, now: () => number = () => performance.now()) {
    this.#tell = tell;
    this.#now = now;
  }

  /** @param kind one of a few: never what a stranger wrote */
  note(kind: string): void {
    const known = this.#kinds.get(kind);
    const now = this.#now();
    const since = (known?.since ?? 0) + 1;
    if (known && now - known.toldAt < quietMs) {
      known.since = since;
      return;
    }
    this.#kinds.set(kind, { toldAt: now, since: 0 });
    this.#tell(kind, since);
  }
}
