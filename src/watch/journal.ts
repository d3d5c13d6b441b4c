import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { type WatchRecord, WatchState } from './records.js';

/** Bytes that may be added before the journal is written again, beside as many as it had then. */
const spareBytes = 1024 * 1024;

/**
 * The state of a watcher in a file of JSON lines. A line holds the records that belong together: all of them count, or, where
 * the process died while it wrote, none.
 */
export class Journal {
  readonly state = new WatchState();
  readonly #path: string;
  #file: number;
  #bytes: number;
  #compactBytes = 0;
  #isSecured = true;
  /** Lines that could not be read and were left out. */
  readonly damagedLines: number;

  /** Opens the journal of a folder that exists, or begins one. The caller holds the folder's lock. */
  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'a+', 0o600);
    const { bytes, damaged } = this.#replay();
    this.damagedLines = damaged;
    // An append behind half a line would damage the next one too.
    ftruncateSync(this.#file, bytes);
    this.#bytes = bytes;
    this.#compact();
  }

  /** Stores records that belong together, then applies them. Throws, and changes nothing, when the disk refuses. */
  commit(records: readonly WatchRecord[]): void {
    if (records.length === 0) return;
    try {
      this.#bytes += writeWhole(this.#file, `${JSON.stringify(records)}\n`);
    } catch (error) {
      ftruncateSync(this.#file, this.#bytes);
      throw error;
    }
    this.#isSecured = false;
    for (const record of records) this.state.apply(record);
    if (this.#bytes > 2 * this.#compactBytes + spareBytes) this.#compact();
  }

  /** Secures what was stored since the last time against a power cut. A look that found nothing leaves the disk alone. */
  sync(): void {
    if (this.#isSecured) return;
    fsyncSync(this.#file);
    this.#isSecured = true;
  }

  close(): void {
    closeSync(this.#file);
  }

  #replay(): { bytes: number; damaged: number } {
    const text = readFileSync(this.#path);
    const end = text.lastIndexOf(10) + 1;
    let damaged = 0;
    for (let at = 0; at < end; ) {
      const next = text.indexOf(10, at) + 1;
      const records = readLine(text.toString('utf8', at, next));
      if (records === undefined) damaged++;
      for (const record of records ?? []) this.state.apply(record);
      at = next;
    }
    return { bytes: end, damaged };
  }

  /** Writes the state to a new file, which then takes the place of the old one. A full disk leaves the old one in use. */
  #compact(): void {
    let bytes = 0;
    const next = `${this.#path}.new`;
    try {
      const file = openSync(next, 'w', 0o600);
      try {
        for (const record of this.state.records()) bytes += writeWhole(file, `${JSON.stringify([record])}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    } catch {
      this.#compactBytes = this.#bytes;
      return;
    }
    // Windows does not replace a file that is open.
    closeSync(this.#file);
    try {
      renameSync(next, this.#path);
      this.#bytes = bytes;
    } finally {
      this.#compactBytes = this.#bytes;
      this.#file = openSync(this.#path, 'a+', 0o600);
    }
  }
}

/** Writes a text to its end. Returns how many bytes that were. */
function writeWhole(file: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  return bytes.length;
}

function readLine(line: string): WatchRecord[] | undefined {
  try {
    const records: unknown = JSON.parse(line);
    return Array.isArray(records) ? (records as WatchRecord[]) : undefined;
  } catch {
    return undefined;
  }
}
