const windowMs = 60_000;

/** Counts the requests of each token in a minute. */
export class RequestRate {
  readonly #limit: number;
  readonly #now: () => Date;
  #begin = 0;
  #counts = new Map<string, number>();

  constructor(limit: number, now: () => Date) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Counts a request. Returns the seconds that the caller has to wait, or 0. */
  admit(name: string): number {
    const now = this.#now().getTime();
    if (now - this.#begin >= windowMs || now < this.#begin) {
      this.#begin = now;
      this.#counts = new Map();
    }
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count <= this.#limit ? 0 : Math.ceil((this.#begin + windowMs - now) / 1000);
  }
}
