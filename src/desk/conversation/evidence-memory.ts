import type { Reading } from '../../evidence/evidence.js';

/** How much is held: in memory only, gone with the process, never stored. */
export interface MemoryLimits {
  threads: number;
  readingsPerThread: number;
  /** Observations of all threads together: what really takes the room. */
  observations: number;
}

const usual: MemoryLimits = { threads: 500, readingsPerThread: 200, observations: 400_000 };

interface Held {
  readings: Reading[];
  /** Keys of the messages they came with, also of those that brought none. */
  messages: Set<string>;
  /** Those of them whose files the store knows, too. */
  stored: Set<string>;
}

/** What the threads have shown so far, so that a second file can confirm the first. The least recently used goes first. */
export class EvidenceMemory {
  readonly #limits: MemoryLimits;
  readonly #threads = new Map<string, Held>();

  constructor(limits: Partial<MemoryLimits> = {}) {
    this.#limits = { ...usual, ...limits };
  }

  of(thread: string): readonly Reading[] {
    return this.#threads.get(thread)?.readings ?? [];
  }

  /** Whether what came with this message is here, or has been tried to be had. */
  holds(thread: string, message: string): boolean {
    return this.#threads.get(thread)?.messages.has(message) ?? false;
  }

  /** The store knows where the files of this message are. */
  note(thread: string, message: string): void {
    this.#threads.get(thread)?.stored.add(message);
  }

  noted(thread: string): readonly string[] {
    return [...(this.#threads.get(thread)?.stored ?? [])];
  }

  /**
   * The thread's evidence with all of the new readings in it; a file dropped again replaces its earlier form. Of very
   * many only some are remembered for the next time.
   * @param message key of the message they came with
   */
  join(thread: string, fresh: readonly Reading[], message?: string): Reading[] {
    const known = fresh.filter((reading) => reading.kind !== 'unknown');
    if (known.length === 0 && message === undefined) return [...this.of(thread)];
    const held = this.#threads.get(thread);
    const messages = held?.messages ?? new Set<string>();
    if (message !== undefined) messages.add(message);
    const all = new Map(this.of(thread).map((reading) => [reading.file, reading]));
    const numbers = new Map<string, number>();
    for (const reading of known) add(reading, all, numbers);
    this.#threads.delete(thread);
    const readings = this.#remembered([...all.values()]).map(withoutTimeline);
    this.#threads.set(thread, { readings, messages, stored: held?.stored ?? new Set() });
    this.#shrink();
    return [...all.values()];
  }

  /** Logs come by the thousand and tell the same; what speaks about the server comes once, and goes last. */
  #remembered(all: readonly Reading[]): Reading[] {
    let leave = all.length - this.#limits.readingsPerThread;
    if (leave <= 0) return [...all];
    const rest = all.filter((reading) => reading.kind !== 'freb-log' || leave-- <= 0);
    return rest.slice(-this.#limits.readingsPerThread);
  }

  /** Lets go of some of a thread's readings. */
  drop(thread: string, which: (reading: Reading) => boolean): void {
    const held = this.#threads.get(thread);
    if (held) held.readings = held.readings.filter((reading) => !which(reading));
  }

  forget(thread: string): number {
    const count = this.of(thread).length;
    this.#threads.delete(thread);
    return count;
  }

  #shrink(): void {
    let observations = 0;
    for (const { readings } of this.#threads.values()) observations += size(readings);
    for (const [thread, { readings }] of this.#threads) {
      const tooMany = this.#threads.size > this.#limits.threads || observations > this.#limits.observations;
      if (!tooMany || this.#threads.size === 1) return;
      observations -= size(readings);
      this.#threads.delete(thread);
    }
  }
}

function size(readings: readonly Reading[]): number {
  return readings.reduce((sum, reading) => sum + reading.observations.length, 0);
}

/** A later export, report or listing of the same name is the newer truth. Logs only when it is the very same log. */
function replaces(fresh: Reading, old: Reading): boolean {
  if (fresh.file !== old.file || fresh.kind !== old.kind) return false;
  if (fresh.kind !== 'freb-log') return true;
  return JSON.stringify(fresh.observations) === JSON.stringify(old.observations);
}

/**
 * Puts a reading among those with other names; under a free name where another file has its own.
 * @param numbers the next number to try for a name: a hostile archive may hold thousands of files of one name
 */
function add(reading: Reading, all: Map<string, Reading>, numbers: Map<string, number>): void {
  const { file } = reading;
  const free = (name: string): boolean => {
    const held = all.get(name);
    return !held || replaces(reading, { ...held, file });
  };
  let name = file;
  if (!free(file)) {
    let n = numbers.get(file) ?? 2;
    while (!free(`${file} (${n})`)) n++;
    numbers.set(file, n + 1);
    name = `${file} (${n})`;
  }
  // Deleted first: what came last stands last.
  all.delete(name);
  all.set(name, name === file ? reading : { ...reading, file: name });
}

function withoutTimeline({ timeline: _, ...reading }: Reading): Reading {
  return reading;
}
