import { Needle } from './needle.js';

/**
 * Remembers how far behind the start of an event a tag stood in earlier events. IIS writes one layout, so there are only
 * a few distances (names of providers and numbers differ in length), and a tag is mostly found without searching.
 */
export class TagDistances {
  private readonly bytes: Buffer;
  private readonly needle: Buffer;
  private readonly first: number;
  private readonly searched: Needle;
  private readonly distances: number[] = [];

  constructor(bytes: Buffer, needle: Buffer) {
    this.bytes = bytes;
    this.needle = needle;
    this.first = needle[0]!;
    this.searched = new Needle(bytes, needle);
  }

  /** Offset of the tag, when it stands at a known distance behind `base`; -1 when it does not. */
  known(base: number): number {
    const { bytes, distances, first } = this;
    for (let i = 0; i < distances.length; i++) {
      const at = base + distances[i]!;
      if (bytes[at] === first && this.#matches(at)) return at;
    }
    return -1;
  }

  /** Offset of the tag between `base` and `limit`, searched when it stands at no known distance; -1 when it is not there. */
  find(base: number, limit: number): number {
    const known = this.known(base);
    if (known >= 0) return known < limit ? known : -1;
    const at = this.searched.from(base);
    if (at < 0 || at >= limit) return -1;
    this.distances.push(at - base);
    // Strange logs may have many distances: then the oldest are forgotten.
    if (this.distances.length > 16) this.distances.shift();
    return at;
  }

  #matches(at: number): boolean {
    const { bytes, needle } = this;
    for (let i = 1; i < needle.length; i++) if (bytes[at + i] !== needle[i]) return false;
    return true;
  }
}
