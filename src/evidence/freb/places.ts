/**
 * Remembers how far behind the start of an event a tag stood in earlier events. IIS writes one layout, so there are only
 * a few distances (names of providers and numbers differ in length), and a tag is mostly found without searching.
 */
export class Places {
  private readonly needle: Buffer;
  private readonly first: number;
  private readonly distances: number[] = [];

  constructor(needle: Buffer) {
    this.needle = needle;
    this.first = needle[0]!;
  }

  /** Offset of the tag, when it stands at a known distance behind `base`; -1 when it does not. */
  known(bytes: Buffer, base: number): number {
    const { distances, first } = this;
    for (let i = 0; i < distances.length; i++) {
      const at = base + distances[i]!;
      if (bytes[at] === first && this.#matches(bytes, at)) return at;
    }
    return -1;
  }

  /** Offset of the tag between `base` and `limit`, searched when it stands at no known distance; -1 when it is not there. */
  find(bytes: Buffer, base: number, limit: number): number {
    const known = this.known(bytes, base);
    if (known >= 0) return known < limit ? known : -1;
    const at = bytes.indexOf(this.needle, base);
    if (at < 0 || at >= limit) return -1;
    this.distances.push(at - base);
    // Strange logs may have many distances: then the oldest are forgotten.
    if (this.distances.length > 16) this.distances.shift();
    return at;
  }

  #matches(bytes: Buffer, at: number): boolean {
    const { needle } = this;
    for (let i = 1; i < needle.length; i++) if (bytes[at + i] !== needle[i]) return false;
    return true;
  }
}
