import { Needle } from './needle.js';

/** Strange logs may have many distances: then the oldest are forgotten. */
const mostDistances = 16;

/**
 * Finds a tag at the distances from the start of an event at which it stood in earlier events. IIS writes one layout, so
 * there are only a few distances (names of providers and numbers differ in length), and mostly nothing is searched.
 */
export class TagDistances {
  private readonly bytes: Buffer;
  private readonly tag: Buffer;
  private readonly firstByte: number;
  private readonly search: Needle;
  private readonly distances: number[] = [];

  constructor(bytes: Buffer, tag: Buffer) {
    this.bytes = bytes;
    this.tag = tag;
    this.firstByte = tag[0]!;
    this.search = new Needle(bytes, tag);
  }

  /** Returns the offset of the tag between `from` and `to`; -1 when it is not there. Searches only at an unknown distance. */
  find(from: number, to: number): number {
    const { bytes, distances, firstByte } = this;
    for (let i = 0; i < distances.length; i++) {
      const at = from + distances[i]!;
      if (bytes[at] === firstByte && this.#standsAt(at)) return at < to ? at : -1;
    }
    const at = this.search.from(from);
    if (at < 0 || at >= to) return -1;
    distances.push(at - from);
    if (distances.length > mostDistances) distances.shift();
    return at;
  }

  #standsAt(at: number): boolean {
    const { bytes, tag } = this;
    for (let i = 1; i < tag.length; i++) if (bytes[at + i] !== tag[i]) return false;
    return true;
  }
}
