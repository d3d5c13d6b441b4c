import { readSync } from 'node:fs';
import yauzl from 'yauzl';

/** Holds the directory of thousands of entries, or a hundred packed logs. */
const windowBytes = 1024 * 1024;

/**
 * Reads a zip on disk through one window, because directory and entries follow each other and the library asks for a few bytes
 * at a time. Reading is synchronous, so it belongs in worker threads.
 */
export class ZipFileReader extends yauzl.RandomAccessReader {
  readonly #fd: number;
  #window = Buffer.alloc(0);
  #from = 0;
  #length = 0;

  constructor(fd: number) {
    super();
    this.#fd = fd;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    let failure: Error | null = null;
    try {
      this.bytes(position, length).copy(buffer, offset);
    } catch (error) {
      failure = error as Error;
    }
    queueMicrotask(() => callback(failure));
  }

  /** Returns a range of the file, valid until the next call. @throws when the file ends early */
  bytes(at: number, length: number): Buffer {
    if (at < this.#from || at + length > this.#from + this.#length) this.#fill(at, length);
    const start = at - this.#from;
    if (start + length > this.#length) throw new Error('the file ends early');
    return this.#window.subarray(start, start + length);
  }

  #fill(at: number, length: number): void {
    if (this.#window.length < length || this.#window.length === 0) {
      this.#window = Buffer.allocUnsafeSlow(Math.max(windowBytes, length));
    }
    this.#from = at;
    this.#length = 0;
    while (this.#length < this.#window.length) {
      const n = readSync(this.#fd, this.#window, this.#length, this.#window.length - this.#length, at + this.#length);
      if (n === 0) break;
      this.#length += n;
    }
  }
}
