/**
 * Searches one text in the bytes of a log and remembers the last hit: until a position passes it, asking again costs
 * nothing. Without that, a text that is far away or nowhere is searched to the end of the file for every event, and a
 * small file of many events takes seconds.
 */
export class Needle {
  private readonly bytes: Buffer;
  private readonly needle: Buffer;
  private readonly before: number | undefined;
  /** The needle does not occur between `#from` and `#hit`; `#hit` is the length of the bytes when none follows. */
  #from = 0;
  #hit = -1;

  /** @param before the byte in front of the needle, for a rare needle behind a common byte: the `<` of `<!` */
  constructor(bytes: Buffer, needle: Buffer, before?: number) {
    this.bytes = bytes;
    this.needle = needle;
    this.before = before;
  }

  /** Returns the offset of the next occurrence at or behind a position, -1 when there is none. */
  from(position: number): number {
    if (position > this.#hit) {
      const hit = this.#search(this.bytes, position);
      this.#hit = hit < 0 ? this.bytes.length : hit;
      this.#from = position;
    } else if (position < this.#from) {
      // Only the bytes in front of the searched ones are new.
      const end = Math.min(this.bytes.length, this.#from + this.needle.length - 1);
      const hit = this.#search(this.bytes.subarray(0, end), position);
      if (hit >= 0) this.#hit = hit;
      this.#from = position;
    }
    return this.#hit < this.bytes.length ? this.#hit : -1;
  }

  #search(bytes: Buffer, position: number): number {
    const { needle, before } = this;
    let hit = bytes.indexOf(needle, position);
    if (before !== undefined) while (hit >= 0 && bytes[hit - 1] !== before) hit = bytes.indexOf(needle, hit + 1);
    return hit;
  }
}
