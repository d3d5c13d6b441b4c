import type { LogFile } from './ports.js';

/** Looks after which a log that does not grow is read although it has no end: its worker process died, or the disk was full. */
const looksUntilStable = 3;
/** Bytes at the end of a log that hold its closing tag. */
const tailBytes = 64;

/** Remembers the logs that have no end yet. Counts looks, not time, because clocks jump. */
export class SettlingFiles {
  readonly #waiting = new Map<string, { size: number; changedAt: number; looks: number }>();

  /** True when the log is worth reading: it has changed since the last look, or did not for long enough. */
  shouldRead({ path, size, changedAt }: LogFile): boolean {
    const waiting = this.#waiting.get(path);
    if (!waiting || waiting.size !== size || waiting.changedAt !== changedAt) return true;
    waiting.looks++;
    return waiting.looks >= looksUntilStable;
  }

  /** True when the log is complete, or has not grown for long enough. Else it is asked for again. */
  isReady({ path, size, changedAt }: LogFile, bytes: Uint8Array): boolean {
    const waiting = this.#waiting.get(path);
    if (hasEnd(bytes) || (waiting?.size === size && waiting.looks >= looksUntilStable)) {
      this.#waiting.delete(path);
      return true;
    }
    this.#waiting.set(path, { size, changedAt, looks: 0 });
    return false;
  }

  /** Forgets logs that are gone. */
  keepOnly(paths: ReadonlySet<string>): void {
    for (const path of this.#waiting.keys()) if (!paths.has(path)) this.#waiting.delete(path);
  }
}

/** True when the closing tag is there; IIS writes it last. */
export function hasEnd(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.slice(-tailBytes)).toString('latin1').includes('</failedRequest>');
}
